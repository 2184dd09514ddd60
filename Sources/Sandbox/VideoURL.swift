/// The URL of a video to upload, judged without fetching it: the sandbox reaches no network, so the file name stands for the file, but for
/// the files of the app that it is part of.
struct VideoURL {
    /// A name with "rejected" gives a video whose id create refuses later: the service does that with some bad videos.
    let isRejected: Bool

    private static let formats = ["mp4", "mov", "mpeg", "avi"]
    private static let texts = ["txt", "html", "htm", "csv", "css", "js", "xml", "md", "vtt", "srt"]

    init(_ url: String) throws(Refusal) {
        // RFC 3986 §2: reserved, unreserved and percent-encoded octets; anything else has to be encoded.
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%".unicodeScalars)
        guard url.unicodeScalars.allSatisfy(allowed.contains) else {
            throw Refusal(.wrongParameter, "video_url: it must be percent-encoded, a space as %20.")
        }
        let afterPercent = url.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
        guard afterPercent.allSatisfy({ $0.count >= 2 && $0.prefix(2).allSatisfy(\.isHexDigit) }) else {
            throw Refusal(.wrongParameter, "video_url: a % is not followed by two hexadecimal digits.")
        }
        let scheme = url.prefix { $0 != ":" }.lowercased()
        let rest = url.dropFirst(scheme.count)
        let host = rest.dropFirst(3).prefix { !"/?#".contains($0) }
        guard ["http", "https"].contains(scheme), rest.hasPrefix("://"), host.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw Refusal(.wrongParameter, "video_url: it must be an absolute http or https URL.")
        }
        let path = rest.dropFirst(3 + host.count).prefix { !"?#".contains($0) }
        let name = (path.split(separator: "/", omittingEmptySubsequences: false).last ?? "").lowercased()
        // A name without an extension may be anything, so it passes.
        if let dot = name.lastIndex(of: ".") {
            let format = String(name[name.index(after: dot)...])
            if Self.texts.contains(format) { throw Refusal(.fileIsText, "video_url: what it gives is text, not a video.") }
            guard Self.formats.contains(format) else {
                throw Refusal(.fileTypeUnsupported, "video_url: .\(format) is not supported; \(Self.formats.joined(separator: ", ")) are.")
            }
        }
        isRejected = name.contains("rejected")
    }
}
