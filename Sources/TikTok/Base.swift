/// What calls are sent to or with cannot be right. `description` is one line for whoever starts the program.
package struct InvalidBase: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    private init(_ description: String) {
        self.description = description
    }

    /// Without the address, which may hold a password.
    static func base(_ problem: String) -> InvalidBase { InvalidBase("TIKTOK_API_BASE \(problem).") }
    static func token(_ problem: String) -> InvalidBase { InvalidBase("TIKTOK_ACCESS_TOKEN \(problem).") }
}

/// The address under which the paths of the API stand: absolute, without userinfo, query, fragment and trailing slash.
struct Base: Sendable, Hashable {
    let address: String
    /// It leads to this computer.
    let isLocal: Bool

    /// Stricter than RFC 3986: what this passes, every URL parser on the way reads alike.
    init(_ text: String) throws(InvalidBase) {
        let isEncrypted: Bool
        let rest: Substring
        if text.lowercased().hasPrefix("https://") {
            (isEncrypted, rest) = (true, text.dropFirst(8))
        } else if text.lowercased().hasPrefix("http://") {
            (isEncrypted, rest) = (false, text.dropFirst(7))
        } else {
            throw .base("has to begin with https://")
        }
        guard !rest.contains("@") else { throw .base("may not hold a user name or password") }
        guard !rest.contains("?"), !rest.contains("#") else { throw .base("may not hold a query or fragment") }
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard path.utf8.allSatisfy(Self.isPlain) else { throw .base("holds a character that no address can hold") }
        guard let host = Self.host(of: authority) else { throw .base("has no valid host and port") }
        isLocal = Self.isLoopback(host)
        guard isEncrypted || isLocal else {
            throw .base("has to begin with https://, since the token would be readable on the way; http:// is for this computer only")
        }
        let trimmed = path.reversed().drop { $0 == "/" }.reversed()
        address = (isEncrypted ? "https://" : "http://") + authority + String(trimmed)
    }

    /// The host of `host`, `host:port`, `[v6]` or `[v6]:port`; nil when a part is missing or wrong.
    private static func host(of authority: Substring) -> Substring? {
        let host: Substring
        if authority.first == "[" {
            host = authority.prefix { $0 != "]" } + "]"
            guard host.dropFirst().dropLast().utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") }) else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            guard host.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }) else { return nil }
        }
        guard !host.isEmpty, host != "[]", authority.hasPrefix(host) else { return nil }
        let port = authority.dropFirst(host.count)
        guard port.isEmpty || port.first == ":" && (1...65_535).contains(number(port.dropFirst()) ?? 0) else { return nil }
        return host
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { number($0) }
        return parts.count == 4 && parts[0] == 127 && parts.allSatisfy { $0.map { $0 < 256 } ?? false }
    }

    /// Decimal digits only: `Int` would also take a sign.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "/-._~%".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        Unicode.Scalar(byte).isASCII && Unicode.Scalar(byte).properties.isAlphabetic || isHexDigit(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Unicode.Scalar(byte).properties.isASCIIHexDigit
    }
}

/// The access token. It leaves this room in one request header and nowhere else.
struct Token: Sendable {
    let text: String

    /// A line break in a header's value would begin another header (RFC 9110 §5.5).
    init(_ text: String) throws(InvalidBase) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .token("holds a space, a line break or another character that no token has")
        }
        self.text = text
    }

    /// The words of an answer that may quote the token it refuses. One that is too short to be a secret stays.
    func removed(from words: String) -> String {
        guard text.utf8.count >= 8, words.utf8.count >= text.utf8.count else { return words }
        var parts: [Substring] = []
        var rest = words[...]
        while let range = rest.firstRange(of: text) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return (parts + [rest]).joined(separator: "…")
    }
}
