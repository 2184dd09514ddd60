/// The target of a request line (RFC 9112 §3.2): origin-form, absolute-form, or the asterisk of OPTIONS.
struct RequestTarget {
    private(set) var path: [String] = []
    private(set) var query: String?
    private(set) var authority: String?
    private(set) var isAsterisk = false

    init(_ target: Span<UInt8>, method: Method) throws(Rejection) {
        if target.equals("*") {
            guard method == .options else { throw Rejection(.badRequest) }
            isAsterisk = true
            return
        }
        var start = 0
        if target[0] != ASCII.slash { start = try takeOrigin(target) }
        var end = target.count
        var hasBackslash = false
        for index in target.indices {
            let byte = target[index]
            guard Self.isAllowed(byte) else { throw Rejection(.badRequest) }
            if byte == UInt8(ascii: "?"), index >= start { end = min(end, index) }
            if byte == ASCII.backslash, index < end { hasBackslash = true }
        }
        // No browser sends a backslash in a path; some file systems and proxies take it for a slash.
        guard !hasBackslash else { throw Rejection(.badRequest) }
        try split(path: target.extracting(start..<end))
        if end < target.count { query = target.extracting(end + 1..<target.count).text }
    }

    /// RFC 9112 §3.2.2. Returns where the path begins, behind the authority.
    private mutating func takeOrigin(_ target: Span<UInt8>) throws(Rejection) -> Int {
        for scheme: StaticString in ["http://", "https://"] {
            let start = scheme.utf8CodeUnitCount
            guard target.count >= start, target.extracting(first: start).equalsIgnoringCase(scheme) else { continue }
            var end = start
            while end < target.count, target[end] != ASCII.slash, target[end] != UInt8(ascii: "?") { end += 1 }
            let name = target.extracting(start..<end)
            guard Self.isAuthority(name) else { throw Rejection(.badRequest) }
            authority = name.text
            return end
        }
        throw Rejection(.badRequest)
    }

    /// Splits first and decodes then, each once: an encoded slash is a character of its segment.
    private mutating func split(path: Span<UInt8>) throws(Rejection) {
        guard path.count > 1 else { return }
        var start = 1
        for index in 1...path.count where index == path.count || path[index] == ASCII.slash {
            guard let text = pathDecode(path.extracting(start..<index)) else { throw Rejection(.badRequest) }
            self.path.append(text)
            start = index + 1
        }
    }

    /// RFC 3986 allows less than this, but browsers leave `|`, `^`, `{` and `}` as they were typed. What they always encode is refused.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.quote, UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"): false
        default: byte > ASCII.space && byte < ASCII.delete
        }
    }

    /// A host and perhaps a port, as in Host (RFC 9110 §7.2): a name, an IPv4 address or an IPv6 address in brackets. No user
    /// information (RFC 9110 §4.2.4).
    static func isAuthority(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        var end = 0
        if text[0] == UInt8(ascii: "[") {
            end = 1
            while end < text.count, hexDigit(text[end]) != nil || text[end] == ASCII.colon || text[end] == ASCII.dot { end += 1 }
            guard end >= 3, end < text.count, text[end] == UInt8(ascii: "]") else { return false }
            end += 1
        } else {
            while end < text.count, isNameByte(text[end]) { end += 1 }
            guard end > 0 else { return false }
        }
        if end == text.count { return true }
        guard text[end] == ASCII.colon, text.count - end <= 6 else { return false }
        for index in end + 1..<text.count where !ASCII.isDigit(text[index]) { return false }
        return true
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), ASCII.dot, UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: ASCII.isLetterOrDigit(byte)
        }
    }
}
