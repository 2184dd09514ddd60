/// MP4 and QuickTime: a tree of boxes, each with its length and a type of four characters (ISO/IEC 14496-12 §4.2; Apple's QuickTime File
/// Format, "Atoms"). `moov` holds the durations and the tracks; it may stand before or behind the picture data.
struct ISOMedia {
    private(set) var format = VideoFormat.mp4
    private(set) var facts = VideoFacts()

    private struct Box {
        let type: String
        /// Without the header.
        let content: Range<Int>
    }

    /// What a QuickTime file of before the year 2001 may begin with in place of `ftyp`.
    private static let oldBeginnings: Set<String> = ["moov", "mdat", "wide", "free", "skip", "pnot"]
    /// Brands of the same container that are no video (ISO/IEC 23008-12; Apple's M4A, M4B).
    private static let otherBrands: [String: String] = [
        "heic": "a HEIC image", "heix": "a HEIC image", "mif1": "a HEIC image", "avif": "an AVIF image", "M4A ": "a sound",
        "M4B ": "a sound",
    ]
    /// Boxes looked at in one file: far more than any has, few enough for a hostile one.
    private static let boxLimit = 4_096

    static func begins(_ start: [UInt8]) -> Bool {
        guard start.count >= 8 else { return false }
        let type = start.tag(at: 4)
        return type == "ftyp" || oldBeginnings.contains(type) && (start[0] == 0 || type == "mdat")
    }

    init(_ file: inout FileBytes) throws(VideoInspection.Mistake) {
        format = .mov
        for box in try Self.boxes(in: 0..<file.size, of: &file, isWhole: false) {
            switch box.type {
            case "ftyp":
                guard let brand = file.read(4, at: box.content.lowerBound)?.tag(at: 0) else { throw .cutOff }
                if let other = Self.otherBrands[brand] { throw .notAVideo(other) }
                format = brand == "qt  " ? .mov : .mp4
            case "moov":
                try readMovie(box, &file)
            default:
                continue
            }
        }
    }

    private mutating func readMovie(_ movie: Box, _ file: inout FileBytes) throws(VideoInspection.Mistake) {
        for box in try Self.boxes(in: movie.content, of: &file, isWhole: true) {
            if box.type == "mvhd" { facts.duration = Self.duration(box, &file) }
            if box.type == "trak" { try readTrack(box, &file) }
        }
    }

    /// §8.2.2: version 1 has times of eight bytes. A duration of all ones is unknown.
    private static func duration(_ box: Box, _ file: inout FileBytes) -> Duration? {
        guard let head = file.read(min(32, box.content.count), at: box.content.lowerBound), head.count >= 20 else { return nil }
        let isLong = head[0] == 1
        guard !isLong || head.count >= 32 else { return nil }
        let scale = head.bigEndian(4, at: isLong ? 20 : 12)
        let units = isLong ? head.bigEndian(8, at: 24) : head.bigEndian(4, at: 16)
        guard scale > 0, units > 0, units != (isLong ? .max : UInt64(UInt32.max)) else { return nil }
        let seconds = Double(units) / Double(scale)
        return seconds < 1_000_000 ? .milliseconds(Int64(seconds * 1_000)) : nil
    }

    /// The first track with a picture gives the size.
    private mutating func readTrack(_ track: Box, _ file: inout FileBytes) throws(VideoInspection.Mistake) {
        guard facts.width == nil else { return }
        for box in try Self.boxes(in: track.content, of: &file, isWhole: true) where box.type == "tkhd" {
            // §8.3.2: matrix and size are the last 44 bytes, whatever the version; the size is 16.16 fixed point.
            guard box.content.count >= 84, let end = file.read(44, at: box.content.upperBound - 44) else { continue }
            let (width, height) = (Int(end.bigEndian(2, at: 36)), Int(end.bigEndian(2, at: 40)))
            guard width > 0, height > 0 else { continue }
            // A quarter turn has nothing on the matrix's diagonal.
            let isTurned = end.bigEndian(4, at: 0) == 0 && end.bigEndian(4, at: 16) == 0 && end.bigEndian(4, at: 4) != 0
            (facts.width, facts.height) = isTurned ? (height, width) : (width, height)
        }
    }

    /// - Parameter isWhole: the boxes have to fill the range; at the top of a file, what is no box ends the list.
    private static func boxes(
        in range: Range<Int>, of file: inout FileBytes, isWhole: Bool
    ) throws(VideoInspection.Mistake) -> [Box] {
        var boxes: [Box] = []
        var offset = range.lowerBound
        while offset + 8 <= range.upperBound, boxes.count < boxLimit {
            guard let head = file.read(8, at: offset) else { throw .unreadable }
            let type = head.tag(at: 4)
            guard type.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0xA9 }) else { break }
            var header = 8
            var length = Int(head.bigEndian(4, at: 0))
            if length == 1 {
                guard let long = file.read(8, at: offset + 8) else { throw .cutOff }
                guard let value = Int(exactly: long.bigEndian(8, at: 0)) else { throw .cutOff }
                (header, length) = (16, value)
            } else if length == 0 {
                // §4.2: to the end of the file.
                length = range.upperBound - offset
            }
            guard length >= header else { break }
            guard length <= range.upperBound - offset else { throw .cutOff }
            boxes.append(Box(type: type, content: offset + header..<offset + length))
            offset += length
        }
        return boxes
    }
}
