/// The address of an image or a video that the service will fetch: absolute, http or https, already percent-encoded (RFC 3986).
package struct AssetURL: Hashable, Sendable, Codable {
    package enum Mistake: Error, Hashable {
        case notAbsolute
        case notEncoded(offer: String)
        case tooLong
        /// The file name says that it is no video, or one of a format the service does not take.
        case notAVideo(format: String)
    }

    /// Far beyond what a browser's address bar or a CDN's signature needs.
    package static let limit = 2_048

    package let text: String

    package init(_ text: String) throws(Mistake) {
        guard text.utf8.count <= Self.limit else { throw .tooLong }
        let rest: Substring
        switch text.prefix(8).lowercased() {
        case "https://": rest = text.dropFirst(8)
        case let start where start.hasPrefix("http://"): rest = text.dropFirst(7)
        default: throw .notAbsolute
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard let first = host.utf8.first, first != UInt8(ascii: ":") else { throw .notAbsolute }
        let encoded = Self.encoded(text)
        guard encoded == text else { throw .notEncoded(offer: encoded) }
        self.text = text
    }

    /// A video's address, also refused when its file name ends in a format that the service cannot take.
    package init(video text: String) throws(Mistake) {
        try self.init(text)
        // A host alone is no file, even one under .zip or .md.
        guard let file = segments.dropFirst().last else { return }
        if let ending = file.split(separator: ".").dropFirst().last?.lowercased(), Self.otherFormats.contains(ending) {
            throw .notAVideo(format: ".\(ending)")
        }
    }

    /// Scheme, host and port, without user information: `https://cdn.example.com`. Nil for a host that no DNS has: RFC 3986 lets a name hold
    /// what means something else in a header.
    package var origin: String? {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let authority = text.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let host = authority.split(separator: "@").last,
            host.utf8.allSatisfy({ byte in
                Unicode.Scalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte) || "-._:[]".utf8.contains(byte)
            })
        else { return nil }
        return "\(scheme)://\(host)"
    }

    /// The last segment of the path, what a person knows the file by; the host when there is none.
    package var fileName: String {
        segments.last.map(String.init) ?? text
    }

    /// The host and what stands between the slashes after it.
    private var segments: [Substring] {
        let afterScheme = text.drop { $0 != ":" }.dropFirst(3)
        return afterScheme.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    }

    private static let otherFormats: Set<String> = [
        "txt", "html", "htm", "xml", "json", "csv", "md", "gif", "jpg", "jpeg", "png", "webp", "svg", "heic", "pdf", "webm", "mkv", "flv",
        "wmv", "ogv", "m3u8", "mp3", "wav", "zip",
    ]

    /// With every byte that may not stand in a URL as `%XX`; a `%` that begins no escape becomes `%25`.
    private static func encoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let isEscape = byte == UInt8(ascii: "%") && index + 2 < bytes.count && isHex(bytes[index + 1]) && isHex(bytes[index + 2])
            if isEscape || allowed.contains(byte) {
                result.append(byte)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += Array("%\(hex.count == 1 ? "0" : "")\(hex)".utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// RFC 3986 §2.2 and §2.3.
    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=".utf8)

    private static func isHex(_ byte: UInt8) -> Bool {
        Unicode.Scalar(byte).properties.isASCIIHexDigit
    }
}
