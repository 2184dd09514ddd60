/// A container that the service takes, told by content and not by name.
package enum VideoFormat: String, Sendable, Hashable, CaseIterable {
    case mp4, mov, mpeg, avi

    package var contentType: String {
        switch self {
        case .mp4: "video/mp4"
        case .mov: "video/quicktime"
        case .mpeg: "video/mpeg"
        case .avi: "video/x-msvideo"
        }
    }
}

/// What a container says of its picture; nil where it says nothing.
package struct VideoFacts: Sendable, Hashable {
    /// In pixels, as shown: a phone's rotation is applied.
    package var width: Int?
    package var height: Int?
    package var duration: Duration?

    package init(width: Int? = nil, height: Int? = nil, duration: Duration? = nil) {
        self.width = width
        self.height = height
        self.duration = duration
    }

    /// `9:16`, `16:9`, `1:1`; any other as `1.25:1`. Nil when the size is unknown.
    package var ratio: String? {
        guard let width, let height, width > 0, height > 0 else { return nil }
        if let known = Self.ratios.first(where: { Self.isClose(width, height, $0.0, $0.1) }) { return "\(known.0):\(known.1)" }
        let hundredths = (width * 100 + height / 2) / height
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100):1"
    }

    /// What the service would not take, or what gives worse scripts: known before anything is sent.
    /// - Parameter size: in bytes; nil when unknown.
    package func warnings(size: Int?) -> [String] {
        var warnings: [String] = []
        if let width, let height, let ratio, !Self.ratios.contains(where: { Self.isClose(width, height, $0.0, $0.1) }) {
            warnings.append("It is \(ratio); the service takes 9:16, 16:9 and 1:1.")
        }
        if let duration, duration < .seconds(15) || duration > .seconds(60) {
            warnings.append("It runs \(duration.wholeSeconds) s; 15 to 60 s give the best scripts.")
        }
        if let size, size > Self.recommendedSize { warnings.append("It has more than 10 MB, which is better not exceeded.") }
        return warnings
    }

    package static let recommendedSize = 10 * 1_048_576

    private static let ratios = [(9, 16), (16, 9), (1, 1)]

    /// Within two percent: encoders round to blocks, so that 1080 lines may be 1088.
    private static func isClose(_ width: Int, _ height: Int, _ across: Int, _ up: Int) -> Bool {
        abs(width * up - height * across) * 50 <= height * across
    }
}

/// A file of the data folder, as the service fetches it from `/media/KEY/NAME`.
package struct MediaFile: Sendable, Hashable {
    /// The largest file that is taken, in bytes.
    package static let limit = 512 * 1_048_576
    /// For how long after the upload has ended anyone who knows the address may fetch it.
    package static let openAfterReady = Duration.seconds(24 * 60 * 60)

    /// Cannot be guessed; the file's name in the folder.
    package let key: String
    /// The last segment of its address: plain letters, digits and hyphens, and the format's ending.
    package let name: String
    package let format: VideoFormat
    package let size: Int

    package init(key: String, name: String, format: VideoFormat, size: Int) {
        self.key = key
        self.name = name
        self.format = format
        self.size = size
    }

    package var path: String { "/media/\(key)/\(name)" }

    /// - Parameter title: what people call the video by; of what an address cannot hold, nothing stays but hyphens.
    package static func name(for title: String, format: VideoFormat) -> String {
        var slug = ""
        var stem = Substring(title)
        if let dot = stem.lastIndex(of: "."), stem[dot...].count <= 5 { stem = stem[..<dot] }
        for byte in stem.lowercased().utf8 {
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 0x80 && (character.isLetter || character.isNumber)
            if isPlain { slug.append(character) } else if !slug.isEmpty, !slug.hasSuffix("-") { slug.append("-") }
        }
        let short = slug.prefix(60).split(separator: "-").joined(separator: "-")
        return "\(short.isEmpty ? "video" : short).\(format.rawValue)"
    }
}
