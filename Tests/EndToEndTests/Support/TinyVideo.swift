/// The smallest files of the four formats that are what they say. MP4 and QuickTime hold one real picture, so that a browser plays them:
/// H.264 whose macroblocks are sent as they are (ITU-T H.264 §7.3.5, I_PCM).
enum TinyVideo {
    /// 144 by 256 pixels, which is 9:16.
    static let mp4 = movie(brand: "isom", across: 9, up: 16, seconds: 24)
    static let mov = movie(brand: "qt  ", across: 16, up: 9, seconds: 30)

    /// - Parameters:
    ///   - across: blocks of 16 pixels.
    ///   - seconds: how long the one picture stands.
    static func movie(brand: String, across: Int, up: Int, seconds: Int) -> [UInt8] {
        let picture = Picture(across: across, up: up)
        let type = box("ftyp", Array(brand.utf8) + be(512, 4) + Array(brand.utf8))
        // The picture lies behind the 8 bytes of the last box's head.
        let offset = type.count + moov(picture, seconds: seconds, offset: 0).count + 8
        return type + moov(picture, seconds: seconds, offset: offset) + box("mdat", picture.sample)
    }

    /// A program stream's pack header and a sequence header of 144 by 256 (ISO/IEC 13818-1 §2.5.3.3, 13818-2 §6.2.2.1).
    static let mpeg: [UInt8] =
        [0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1, 1, 0x89, 0xC3, 0xF8, 0, 0, 1, 0xE0, 0, 20, 0x80, 0, 0, 0, 0, 1, 0xB3, 0x09, 0x01, 0x00, 0x13]
        + [0xFF, 0xFF, 0xE0, 0x18, 0, 0, 1, 0xB9]

    /// 256 by 144, one picture of 20 s.
    static let avi: [UInt8] = {
        let main =
            le(20_000_000) + le(0) + le(0) + le(0) + le(1) + le(0) + le(1) + le(0) + le(256) + le(144) + [UInt8](repeating: 0, count: 16)
        let stream = Array("vidsDIB ".utf8) + [UInt8](repeating: 0, count: 48)
        let format = le(40) + le(256) + le(144) + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
        let header =
            Array("hdrl".utf8) + chunk("avih", main) + chunk("LIST", Array("strl".utf8) + chunk("strh", stream) + chunk("strf", format))
        let movie = Array("movi".utf8) + chunk("00db", [UInt8](repeating: 0x80, count: 256 * 144 * 3))
        return chunk("RIFF", Array("AVI ".utf8) + chunk("LIST", header) + chunk("LIST", movie))
    }()

    private static func moov(_ picture: Picture, seconds: Int, offset: Int) -> [UInt8] {
        let matrix = be(0x10000, 4) + be(0, 12) + be(0x10000, 4) + be(0, 12) + be(0x4000_0000, 4)
        let movie =
            be(0, 12) + be(1_000, 4) + be(seconds * 1_000, 4) + be(0x10000, 4) + be(0x100, 2) + be(0, 10) + matrix + be(0, 24) + be(2, 4)
        let track =
            be(7, 4) + be(0, 8) + be(1, 4) + be(0, 4) + be(seconds * 1_000, 4) + be(0, 16) + matrix
            + be(picture.width << 16, 4) + be(picture.height << 16, 4)
        let media = be(0, 12) + be(1_000, 4) + be(seconds * 1_000, 4) + be(0x55C4, 2) + be(0, 2)
        let handler = be(0, 8) + Array("vide".utf8) + be(0, 12) + Array("VideoHandler\0".utf8)
        let reference = box("dinf", box("dref", be(0, 4) + be(1, 4) + box("url ", be(1, 4))))
        let config =
            [1, 66, 0xC0, 10, 0xFF, 0xE1] + be(picture.sequence.count, 2) + picture.sequence + [1] + be(picture.parameters.count, 2)
            + picture.parameters
        let entry =
            be(0, 6) + be(1, 2) + be(0, 16) + be(picture.width, 2) + be(picture.height, 2) + be(0x48_0000, 4) + be(0x48_0000, 4) + be(0, 4)
            + be(1, 2) + be(0, 32) + be(24, 2) + be(0xFFFF, 2) + box("avcC", config)
        let table =
            box("stsd", be(0, 4) + be(1, 4) + box("avc1", entry)) + box("stts", be(0, 4) + be(1, 4) + be(1, 4) + be(seconds * 1_000, 4))
            + box("stsc", be(0, 4) + be(1, 4) + be(1, 4) + be(1, 4) + be(1, 4))
            + box("stsz", be(0, 4) + be(0, 4) + be(1, 4) + be(picture.sample.count, 4))
            + box("stco", be(0, 4) + be(1, 4) + be(offset, 4))
        let information = box("minf", box("vmhd", be(1, 4) + be(0, 8)) + reference + box("stbl", table))
        return box(
            "moov",
            box("mvhd", movie) + box("trak", box("tkhd", track) + box("mdia", box("mdhd", media) + box("hdlr", handler) + information)))
    }

    static func box(_ type: String, _ content: [UInt8]) -> [UInt8] { be(content.count + 8, 4) + Array(type.utf8) + content }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] { Array(type.utf8) + le(content.count) + content }

    static func be(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
    }

    private static func le(_ value: Int) -> [UInt8] { be(value, 4).reversed() }
}

/// One grey picture as H.264.
private struct Picture {
    let width: Int
    let height: Int
    /// The sequence parameter set and the picture parameter set, §7.3.2.1 and §7.3.2.2.
    let sequence: [UInt8]
    let parameters: [UInt8] = [0x68, 0xCE, 0x38, 0x80]
    /// The slice behind its length of four bytes.
    let sample: [UInt8]

    init(across: Int, up: Int) {
        (width, height) = (across * 16, up * 16)
        var sps = Bits()
        for _ in 0..<5 { sps.append(golomb: 0) }
        sps.append("0")
        sps.append(golomb: across - 1)
        sps.append(golomb: up - 1)
        // frame_mbs_only_flag, direct_8x8_inference_flag, no cropping, no VUI, the stop bit.
        sps.append("11001")
        sequence = [0x67, 66, 0xC0, 10] + sps.bytes

        var slice = Bits()
        // An IDR slice of type I, its first macroblock, frame number and order all zero.
        slice.append(golomb: 0)
        slice.append(golomb: 7)
        slice.append("1" + "0000" + "1" + "0000" + "00" + "1")
        for _ in 0..<across * up {
            slice.append(golomb: 25)
            slice.align()
            slice.append(bytes: [UInt8](repeating: 0x80, count: 384))
        }
        slice.append("1")
        let unit = [0x65] + slice.bytes
        sample = TinyVideo.be(unit.count, 4) + unit
    }
}

private struct Bits {
    private(set) var bytes: [UInt8] = []
    private var free = 0

    mutating func append(_ bits: String) {
        for bit in bits {
            if free == 0 {
                bytes.append(0)
                free = 8
            }
            free -= 1
            if bit == "1" { bytes[bytes.count - 1] |= 1 << free }
        }
    }

    /// §9.1.
    mutating func append(golomb value: Int) {
        let digits = String(value + 1, radix: 2)
        append(String(repeating: "0", count: digits.count - 1) + digits)
    }

    mutating func align() { free = 0 }

    mutating func append(bytes more: [UInt8]) { bytes += more }
}
