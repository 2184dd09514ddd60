/// What a file is by its content: the signatures of the formats that the service takes, and what their containers tell. No I/O: whoever has
/// the file gives a way to read it.
package struct VideoInspection: Sendable, Hashable {
    package enum Mistake: Error, Hashable {
        case empty
        case tooLarge
        /// `text`, `a PNG image`; nil when it is nothing that is known.
        case notAVideo(String?)
        /// The container names more than there is.
        case cutOff
        case unreadable
    }

    package let format: VideoFormat
    package let facts: VideoFacts

    /// - Parameters:
    ///   - size: of the whole file, in bytes.
    ///   - read: up to `count` bytes from `offset` on; nil when the file cannot be read. Never asked for more than 64 KiB at once.
    package init(size: Int, read: @escaping (_ count: Int, _ offset: Int) -> [UInt8]?) throws(Mistake) {
        guard size > 0 else { throw .empty }
        guard size <= MediaFile.limit else { throw .tooLarge }
        guard let start = read(4_096, 0) else { throw .unreadable }
        var file = FileBytes(size: size, read: read)
        if ISOMedia.begins(start) {
            let media = try ISOMedia(&file)
            (format, facts) = (media.format, media.facts)
        } else if MPEGStream.begins(start) {
            (format, facts) = (.mpeg, MPEGStream.facts(&file))
        } else if AVI.begins(start) {
            (format, facts) = (.avi, try AVI.facts(&file))
        } else {
            throw .notAVideo(Self.other(start))
        }
        if file.isBroken { throw .unreadable }
    }

    /// What people mistake for a video most often.
    private static func other(_ start: [UInt8]) -> String? {
        let signatures: [(String, [UInt8])] = [
            ("a PNG image", [0x89, 0x50, 0x4E, 0x47]), ("a JPEG image", [0xFF, 0xD8, 0xFF]), ("a GIF image", Array("GIF8".utf8)),
            ("a WebM or Matroska video", [0x1A, 0x45, 0xDF, 0xA3]), ("a PDF", Array("%PDF".utf8)),
            ("a ZIP archive", Array("PK\u{3}\u{4}".utf8)),
            ("an MP3 sound", Array("ID3".utf8)), ("a Windows Media video", [0x30, 0x26, 0xB2, 0x75]), ("a Flash video", Array("FLV".utf8)),
        ]
        if let known = signatures.first(where: { start.starts(with: $0.1) }) { return known.0 }
        let isText = start.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return isText ? "text" : nil
    }
}

/// A file of known size; numbers in it are read in either byte order.
struct FileBytes {
    let size: Int
    private let source: (_ count: Int, _ offset: Int) -> [UInt8]?
    /// A read has failed; what came of it means nothing.
    private(set) var isBroken = false

    init(size: Int, read: @escaping (_ count: Int, _ offset: Int) -> [UInt8]?) {
        self.size = size
        source = read
    }

    /// Exactly `count` bytes, or nil beyond the end.
    mutating func read(_ count: Int, at offset: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0, offset <= size - count else { return nil }
        guard let bytes = source(count, offset), bytes.count == count else {
            isBroken = true
            return nil
        }
        return bytes
    }
}

extension [UInt8] {
    func bigEndian(_ count: Int, at offset: Int) -> UInt64 {
        self[offset..<offset + count].reduce(0) { $0 << 8 | UInt64($1) }
    }

    func littleEndian(_ count: Int, at offset: Int) -> UInt64 {
        self[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func tag(at offset: Int) -> String {
        String(decoding: self[offset..<offset + 4], as: Unicode.ASCII.self)
    }
}
