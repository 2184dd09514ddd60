/// The target of a request line (RFC 9112 §3.2): origin-form, absolute-form, or the asterisk of OPTIONS.
struct RequestTarget {
    private(set) var path: [String] = []
    private(set) var query: String?
    private(set) var authority: ArraySlice<UInt8>?
    private(set) var isAsterisk = false

    init(_ target: ArraySlice<UInt8>, method: Method) throws(Rejection) {
        if target.elementsEqual("*".utf8) {
            guard method == .options else { throw Rejection(.badRequest) }
            isAsterisk = true
            return
        }
        guard target.allSatisfy(Self.isAllowed) else { throw Rejection(.badRequest) }
        var rest = target
        if rest.first != ASCII.slash { rest = try takeOrigin(rest) }
        let end = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        try split(path: rest[..<end])
        if end < rest.endIndex { query = String(decoding: rest[(end + 1)...], as: UTF8.self) }
    }

    /// RFC 9112 §3.2.2. Returns what stands behind the authority.
    private mutating func takeOrigin(_ target: ArraySlice<UInt8>) throws(Rejection) -> ArraySlice<UInt8> {
        for scheme in ["http://", "https://"] where equalsIgnoringCase(target.prefix(scheme.utf8.count), scheme) {
            let rest = target.dropFirst(scheme.utf8.count)
            let end = rest.firstIndex { $0 == ASCII.slash || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            guard Self.isAuthority(rest[..<end]) else { throw Rejection(.badRequest) }
            authority = rest[..<end]
            return rest[end...]
        }
        throw Rejection(.badRequest)
    }

    /// Splits first and decodes then, each once: an encoded slash is a character of its segment.
    private mutating func split(path: ArraySlice<UInt8>) throws(Rejection) {
        guard path.count > 1 else { return }
        for segment in path.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false) {
            // No browser sends a backslash in a path; some file systems and proxies take it for a slash.
            guard !segment.contains(ASCII.backslash), let text = pathDecode(segment) else { throw Rejection(.badRequest) }
            self.path.append(text)
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
    static func isAuthority(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = rest[(rest.startIndex + 1)..<end]
            guard address.count >= 2, address.allSatisfy({ hexDigit($0) != nil || $0 == ASCII.colon || $0 == UInt8(ascii: ".") }) else {
                return false
            }
            rest = rest[(end + 1)...]
        } else {
            let name = rest.prefix { $0 != ASCII.colon }
            guard !name.isEmpty, name.allSatisfy({ ASCII.isLetterOrDigit($0) || "-._~".utf8.contains($0) }) else { return false }
            rest = rest[name.endIndex...]
        }
        guard let colon = rest.popFirst() else { return true }
        return colon == ASCII.colon && rest.count <= 5 && rest.allSatisfy(ASCII.isDigit)
    }
}
