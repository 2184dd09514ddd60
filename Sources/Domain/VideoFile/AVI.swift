/// AVI: a RIFF file whose list `hdrl` begins with the main header `avih` (Microsoft's AVI RIFF File Reference). Numbers are little-endian.
enum AVI {
    static func begins(_ start: [UInt8]) -> Bool {
        start.count >= 12 && start.tag(at: 0) == "RIFF" && start.tag(at: 8) == "AVI "
    }

    static func facts(_ file: inout FileBytes) throws(VideoInspection.Mistake) -> VideoFacts {
        guard let riff = file.read(12, at: 0), Int(riff.littleEndian(4, at: 4)) + 8 <= file.size else { throw .cutOff }
        // RIFF, LIST of hdrl, avih: the format fixes their order.
        guard let list = file.read(20, at: 12), list.tag(at: 0) == "LIST", list.tag(at: 8) == "hdrl", list.tag(at: 12) == "avih",
            let header = file.read(40, at: 32)
        else { return VideoFacts() }
        let (frameTime, frames) = (header.littleEndian(4, at: 0), header.littleEndian(4, at: 16))
        let (width, height) = (Int(header.littleEndian(4, at: 32)), Int(header.littleEndian(4, at: 36)))
        var facts = VideoFacts()
        if width > 0, height > 0, width < 100_000, height < 100_000 { (facts.width, facts.height) = (width, height) }
        if frameTime > 0, frames > 0 { facts.duration = .milliseconds(Int64(frameTime * frames / 1_000)) }
        return facts
    }
}
