/// MPEG-1 and MPEG-2: a program stream (ISO/IEC 13818-1 §2.5) or the bare picture stream. A sequence header tells the size; there is no
/// duration to be read.
enum MPEGStream {
    private static let packHeader: [UInt8] = [0, 0, 1, 0xBA]
    private static let sequenceHeader: [UInt8] = [0, 0, 1, 0xB3]
    /// How far the first picture may be from the beginning.
    private static let reach = 1_048_576
    private static let piece = 65_536

    static func begins(_ start: [UInt8]) -> Bool {
        start.starts(with: packHeader) || start.starts(with: sequenceHeader)
    }

    /// ISO/IEC 13818-2 §6.2.2.1: twelve bits of width and twelve of height behind the start code.
    static func facts(_ file: inout FileBytes) -> VideoFacts {
        var offset = 0
        while offset + 8 <= min(file.size, reach) {
            guard let bytes = file.read(min(piece, file.size - offset), at: offset) else { break }
            if let found = bytes.firstRange(of: sequenceHeader)?.upperBound, found + 3 <= bytes.count {
                let size = bytes.bigEndian(3, at: found)
                let (width, height) = (Int(size >> 12), Int(size & 0xFFF))
                return width > 0 && height > 0 ? VideoFacts(width: width, height: height) : VideoFacts()
            }
            // A header may lie across two pieces.
            offset += max(1, bytes.count - 8)
        }
        return VideoFacts()
    }
}
