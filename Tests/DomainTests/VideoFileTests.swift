import Domain
import Testing

/// What a file is by its content.
struct VideoFileTests {
    private func inspect(_ bytes: [UInt8], size: Int? = nil) throws(VideoInspection.Mistake) -> VideoInspection {
        try VideoInspection(size: size ?? bytes.count) { count, offset in
            let known = Array(bytes.dropFirst(offset).prefix(count))
            // Beyond what is given, a file of zeros.
            let zeros = max(0, min(count, (size ?? bytes.count) - offset) - known.count)
            return known + [UInt8](repeating: 0, count: zeros)
        }
    }

    private func be(_ value: Int, _ count: Int = 4) -> [UInt8] {
        (0..<count).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
    }

    private func box(_ type: String, _ content: [UInt8]...) -> [UInt8] {
        let content = content.flatMap { $0 }
        return be(content.count + 8) + Array(type.utf8) + content
    }

    private func mvhd(scale: Int, units: Int, isLong: Bool = false) -> [UInt8] {
        let times = isLong ? [1, 0, 0, 0] + be(0, 16) + be(scale) + be(units, 8) : be(0, 12) + be(scale) + be(units)
        return box("mvhd", times, be(0, 80))
    }

    private func trak(_ width: Int, _ height: Int, matrix: [Int] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]) -> [UInt8] {
        box("trak", box("tkhd", be(7), be(0, 36), matrix.flatMap { be($0) }, be(width << 16), be(height << 16)))
    }

    private func mp4(_ boxes: [UInt8]...) -> [UInt8] {
        box("ftyp", Array("isom".utf8), be(512)) + box("moov", boxes.flatMap { $0 }) + box("mdat", be(0, 64))
    }

    @Test func `a movie tells its size and length, wherever its index stands`() throws {
        let index = box("moov", mvhd(scale: 600, units: 14_400), trak(0, 0), trak(1080, 1920))
        let data = box("mdat", be(0, 64))
        let type = box("ftyp", Array("isom".utf8), be(512))
        for bytes in [type + index + data, type + data + index, type + box("free", be(0)) + index + data] {
            let found = try inspect(bytes)
            #expect(found.format == .mp4 && found.facts == VideoFacts(width: 1080, height: 1920, duration: .seconds(24)))
        }
    }

    @Test func `a phone's quarter turn is applied, a mirror is not taken for one`() throws {
        let turned = trak(1920, 1080, matrix: [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x4000_0000])
        #expect(try inspect(mp4(turned)).facts.ratio == "9:16")
        let mirrored = trak(1920, 1080, matrix: [-0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000])
        #expect(try inspect(mp4(mirrored)).facts.ratio == "16:9")
    }

    @Test func `lengths of eight bytes are read, unknown ones are none`() throws {
        #expect(try inspect(mp4(mvhd(scale: 1_000, units: 61_500, isLong: true))).facts.duration == .milliseconds(61_500))
        for (scale, units) in [(0, 100), (1_000, 0), (1_000, 0xFFFF_FFFF)] {
            #expect(try inspect(mp4(mvhd(scale: scale, units: units))).facts.duration == nil)
        }
        // A box whose own length has eight bytes, and one that goes on to the end of the file.
        let data = be(1) + Array("mdat".utf8) + be(16 + 32, 8) + be(0, 32)
        let open = be(0) + Array("mdat".utf8) + be(0, 32)
        let start = box("ftyp", Array("qt  ".utf8), be(0)) + data + box("moov", mvhd(scale: 1, units: 30)) + open
        #expect(try inspect(start).format == .mov)
        #expect(try inspect(start).facts.duration == .seconds(30))
    }

    @Test func `an old QuickTime file has no type and is one all the same`() throws {
        let bytes = box("wide") + box("mdat", be(0, 16)) + box("moov", trak(640, 480))
        #expect(try inspect(bytes).format == .mov)
        #expect(try inspect(bytes).facts.ratio == "1.33:1")
    }

    @Test func `a movie cut anywhere behind its type is known to be cut, or has lost nothing that counts`() throws {
        let whole = mp4(mvhd(scale: 1_000, units: 24_000), trak(1080, 1920))
        for end in 20..<whole.count {
            // Where a box ends, nobody can see that another would follow.
            let isBetweenBoxes = [20, whole.count - 72].contains(where: { (0..<8).contains(end - $0) })
            if isBetweenBoxes { continue }
            #expect(throws: VideoInspection.Mistake.cutOff, "\(end)") { try inspect(Array(whole[..<end])) }
        }
    }

    @Test func `no file, however broken, does more than be refused`() {
        var generator = Steady(state: 42)
        let whole = mp4(mvhd(scale: 1_000, units: 24_000), trak(1080, 1920))
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes[Int.random(in: 8..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? inspect(bytes)
        }
    }

    @Test func `MPEG streams tell their size, wherever the picture begins`() throws {
        let pack: [UInt8] = [0, 0, 1, 0xBA]
        let sequence: [UInt8] = [0, 0, 1, 0xB3, 0x2D, 0x02, 0x40, 0x13]
        for gap in [0, 20, 65_530, 65_536, 131_070] {
            let found = try inspect(pack + [UInt8](repeating: 0xFF, count: gap) + sequence + be(0, 16))
            #expect(found.format == .mpeg && found.facts.width == 720 && found.facts.height == 576, "\(gap)")
        }
        #expect(try inspect(sequence + be(0, 16)).facts.width == 720)
        #expect(try inspect(pack + be(0, 100)).facts == VideoFacts())
    }

    @Test func `AVI tells size and length, and when it is cut`() throws {
        func le(_ value: Int) -> [UInt8] { be(value).reversed() }
        let header = le(40_000) + le(0) + le(0) + le(0) + le(500) + le(0) + le(1) + le(0) + le(1280) + le(720) + be(0, 16)
        let list = Array("LIST".utf8) + le(4 + 8 + 56) + Array("hdrl".utf8) + Array("avih".utf8) + le(56) + header
        let bytes = Array("RIFF".utf8) + le(4 + list.count) + Array("AVI ".utf8) + list
        let found = try inspect(bytes)
        #expect(found.format == .avi && found.facts == VideoFacts(width: 1280, height: 720, duration: .seconds(20)))
        #expect(throws: VideoInspection.Mistake.cutOff) { try inspect(Array(bytes.dropLast())) }
    }

    @Test func `what is no video is named`() {
        let cases: [([UInt8], VideoInspection.Mistake)] = [
            ([], .empty), (Array("Dear colleague,\n".utf8), .notAVideo("text")), (Array("<!doctype html>".utf8), .notAVideo("text")),
            ([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], .notAVideo("a PNG image")),
            ([0x1A, 0x45, 0xDF, 0xA3], .notAVideo("a WebM or Matroska video")),
            (box("ftyp", Array("heic".utf8), be(0)), .notAVideo("a HEIC image")), (box("ftyp", Array("M4A ".utf8)), .notAVideo("a sound")),
            ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], .notAVideo(nil)),
            (Array("RIFF".utf8) + be(0) + Array("WAVE".utf8), .notAVideo(nil)),
        ]
        for (bytes, mistake) in cases { #expect(throws: mistake) { try inspect(bytes) } }
        #expect(throws: VideoInspection.Mistake.tooLarge) { try inspect(mp4(), size: MediaFile.limit + 1) }
        #expect(throws: VideoInspection.Mistake.unreadable) { try VideoInspection(size: 10) { _, _ in nil } }
    }

    @Test func `a file of the largest size is read in pieces`() throws {
        let bytes = box("ftyp", Array("isom".utf8), be(0)) + be(MediaFile.limit - 16) + Array("mdat".utf8)
        var read = 0
        let found = try VideoInspection(size: MediaFile.limit) { count, offset in
            read += count
            #expect(count <= 65_536)
            return Array((bytes + [UInt8](repeating: 0, count: 65_536)).dropFirst(offset).prefix(count))
        }
        #expect(found.format == .mp4 && read < 65_536)
    }
}

struct VideoFactsTests {
    @Test(arguments: [
        (1080, 1920, "9:16"), (1088, 1920, "9:16"), (1920, 1080, "16:9"), (640, 640, "1:1"), (640, 480, "1.33:1"), (100, 1_000, "0.10:1"),
    ])
    func `a ratio is told as people know it`(width: Int, height: Int, ratio: String) {
        #expect(VideoFacts(width: width, height: height).ratio == ratio)
    }

    @Test func `what the service minds is said, and nothing of what is unknown`() {
        #expect(VideoFacts().warnings(size: nil).isEmpty)
        #expect(VideoFacts(width: 1080, height: 1920, duration: .seconds(15)).warnings(size: 10_485_760).isEmpty)
        #expect(VideoFacts(duration: .seconds(60)).warnings(size: nil).isEmpty)
        #expect(VideoFacts(width: 640, height: 480, duration: .milliseconds(14_999)).warnings(size: 10_485_761).count == 3)
        #expect(VideoFacts(duration: .milliseconds(60_001)).warnings(size: nil).count == 1)
    }
}

struct VideoNameTests {
    @Test(arguments: [
        ("Lamp in the rain.MOV", "lamp-in-the-rain.mp4"), ("../../etc/passwd", "etc-passwd.mp4"), ("夜.mp4", "video.mp4"), ("", "video.mp4"),
        ("ALL%20 \"caps\" & 'more'.mpeg", "all-20-caps-more.mp4"), ("clip.final.avi", "clip-final.mp4"), ("rejected.mp4", "rejected.mp4"),
    ])
    func `an address holds plain characters only and says what the file is`(title: String, name: String) {
        #expect(MediaFile.name(for: title, format: .mp4) == name)
    }

    @Test func `an address has a length that every system takes`() {
        let name = MediaFile.name(for: String(repeating: "long name ", count: 50), format: .mpeg)
        #expect(name.utf8.count <= 66 && name.hasSuffix(".mpeg") && !name.contains("-."))
    }

    @Test func `a name is one line of at most 200 characters, and keeps its ending`() throws {
        #expect(Video.name(from: " a\tb\u{0}\r\nc ") == "a b c")
        #expect(Video.name(from: " \u{202E}\n") == nil)
        #expect(Video.name(from: "👩‍🎬 clip.mp4") == "👩‍🎬 clip.mp4")
        let long = try #require(Video.name(from: String(repeating: "👩‍🎬", count: 100) + ".mp4"))
        #expect(long.utf16.count <= Video.nameLimit && long.hasSuffix("👩‍🎬….mp4"))
        #expect(Video.name(ofFile: "C:\\clips\\a%22b%0D%0Ac.mp4") == "a\"b c.mp4")
        #expect(Video.name(ofFile: "///") == "video")
    }

    @Test func `the service may come for a file until a day after it has it`() throws {
        let source = Video.Source.file(MediaFile(key: "k", name: "a.mp4", format: .mp4, size: 1))
        func isOpen(_ state: VideoState, ready: Int64?, now: Int64) -> Bool {
            Video(
                id: Video.ID(1), connection: Connection.ID(1), source: source, name: "a", facts: VideoFacts(), state: state,
                member: .thisComputer, created: Timestamp(milliseconds: 0), ready: ready.map { Timestamp(milliseconds: $0) }
            ).isOpen(at: Timestamp(milliseconds: now))
        }
        let day: Int64 = 86_400_000
        #expect(isOpen(.queued, ready: nil, now: 90 * day))
        #expect(isOpen(.ready(remoteID: "v"), ready: 5, now: 4 + day) && !isOpen(.ready(remoteID: "v"), ready: 5, now: 5 + day))
        // Sent again, it is fetched again.
        #expect(isOpen(.sending, ready: 5, now: 9 * day))
    }

    @Test func `an origin is what a header can hold`() throws {
        #expect(try AssetURL("https://user:key@CDN.example.com:8443/a.mp4?x@y").origin == "https://CDN.example.com:8443")
        #expect(try AssetURL("https://a;script-src'*'/x.mp4").origin == nil)
        #expect(try AssetURL("https://a,b/x.mp4").origin == nil)
    }
}

/// Random, and the same at each run (xorshift64).
private struct Steady: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
