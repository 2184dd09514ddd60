import Domain

extension VideoInspection.Mistake {
    /// - Parameter name: of the file, as the person knows it.
    func words(for name: String, size: Int) -> String {
        let shown = "“\(name.beginning(60))”"
        return switch self {
        case .empty: "\(shown) is empty: it has no bytes. Choose the file again."
        case .tooLarge: "\(shown) has \(size.inMegabytes). At most \(MediaFile.limit.inMegabytes) are taken."
        case .notAVideo(let other?): "\(shown) is \(other), whatever its name says. The service takes .mp4, .mov, .mpeg and .avi videos."
        case .notAVideo(nil): "\(shown) is no video that the service takes: .mp4, .mov, .mpeg and .avi are."
        case .cutOff: "\(shown) ends in the middle: some of it got lost. Upload the whole file."
        case .unreadable: "\(shown) could not be read back from the disk. Try again."
        }
    }
}

extension Int {
    /// Bytes as `3.2 MB`, `512 MB`, `18 kB`; a megabyte is 1,048,576 bytes.
    var inMegabytes: String {
        if self < 1_024 { return "\(self) bytes" }
        if self < 1_048_576 { return "\((self + 512) / 1_024) kB" }
        let tenths = (self * 10 + 524_288) / 1_048_576
        return tenths < 100 && tenths % 10 != 0 ? "\(tenths / 10).\(tenths % 10) MB" : "\((tenths + 5) / 10) MB"
    }
}

extension VideoFacts {
    /// `0:24 · 9:16 · 1080 × 1920`; empty when nothing is known.
    var words: String {
        var parts: [String] = []
        if let duration {
            let seconds = (duration.wholeMilliseconds + 500) / 1_000
            parts.append("\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)")
        }
        if let ratio { parts.append(ratio) }
        if let width, let height { parts.append("\(width) × \(height)") }
        return parts.joined(separator: " · ")
    }

    /// What a browser measured of an address: `1080 1920 24000`, in pixels and milliseconds, 0 for unknown. Only a hint to people, so what
    /// makes no sense is left out.
    init(measured text: Substring) {
        let numbers = text.split(separator: " ").map { Int($0) ?? 0 }
        self.init()
        guard numbers.count == 3 else { return }
        if (1...100_000).contains(numbers[0]), (1...100_000).contains(numbers[1]) { (width, height) = (numbers[0], numbers[1]) }
        if (1...1_000_000_000).contains(numbers[2]) { duration = .milliseconds(numbers[2]) }
    }
}
