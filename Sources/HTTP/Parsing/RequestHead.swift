/// Request line and header fields, and what they say about the body and the connection.
struct RequestHead {
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    /// The longest there is beside the target in a request line: two spaces, `OPTIONS` and `HTTP/1.1`, with some room for the unknown
    /// methods that are to get 501.
    static let besideTarget = 64

    /// Without its body, and with an empty `peer`.
    private(set) var request = Request(method: .get, path: [], peer: "")
    /// HTTP/1.1; else HTTP/1.0.
    private(set) var isVersion11 = true
    private(set) var framing = Framing.none
    private(set) var keepsAlive = true
    private(set) var expectsContinue = false
    /// `OPTIONS *`: about the server, not about a resource (RFC 9110 §9.3.7).
    private(set) var isServerWide = false
    /// Of an absolute-form target: it stands in place of Host (RFC 9112 §3.2.2).
    private var authority: ArraySlice<UInt8>?

    init() {}

    /// RFC 9112 §3: method, one space, target, one space, version.
    init(requestLine line: ArraySlice<UInt8>, limits: Limits) throws(Rejection) {
        let parts = line.split(separator: ASCII.space, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(ASCII.isToken), !parts[1].isEmpty else {
            throw Rejection(.badRequest)
        }
        isVersion11 = try Self.isVersion11(parts[2])
        guard let method = Method(parts[0]) else { throw Rejection(.notImplemented) }
        guard parts[1].count <= limits.target else { throw Rejection(.uriTooLong) }
        let target = try RequestTarget(parts[1], method: method)
        request = Request(method: method, path: target.path, query: target.query, peer: "")
        request.headers.reserve(bytes: 1_024, fields: 20)
        isServerWide = target.isAsterisk
        authority = target.authority
    }

    /// RFC 9112 §2.3. A version with another major number, and a minor one that does not exist, is 505.
    private static func isVersion11(_ text: ArraySlice<UInt8>) throws(Rejection) -> Bool {
        guard text.count == 8, text.starts(with: "HTTP/".utf8), ASCII.isDigit(text[text.startIndex + 5]),
            text[text.startIndex + 6] == UInt8(ascii: "."), ASCII.isDigit(text[text.startIndex + 7])
        else { throw Rejection(.badRequest) }
        if text.elementsEqual("HTTP/1.1".utf8) { return true }
        if text.elementsEqual("HTTP/1.0".utf8) { return false }
        throw Rejection(.versionNotSupported)
    }

    mutating func append(field line: ArraySlice<UInt8>) throws(Rejection) {
        let (name, value) = try Self.split(field: line)
        request.headers.append(line: line, name: name.indices, value: value.indices)
    }

    /// RFC 9112 §5: name, colon, value. White space in front of the colon (§5.1) and a folded line (§5.2) fail with the name, since
    /// neither is a token; control bytes were refused with the line.
    static func split(field line: ArraySlice<UInt8>) throws(Rejection) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(of: ASCII.colon), colon > line.startIndex, line[..<colon].allSatisfy(ASCII.isToken) else {
            throw Rejection(.badRequest)
        }
        return (line[..<colon], ASCII.trim(line[(colon + 1)...]))
    }

    /// Draws the conclusions once all fields are there.
    mutating func finish(limits: Limits) throws(Rejection) {
        var fields = FramingFields()
        try request.headers.forEach { name, value throws(Rejection) in try fields.note(name, value) }
        try settleHost(fields)
        framing = try Self.framing(fields, isVersion11: isVersion11, limits: limits)
        // RFC 9112 §9.3.
        keepsAlive = isVersion11 ? !fields.close : fields.keepAlive && !fields.close
        // RFC 9110 §10.1.1: an expectation of HTTP/1.0 is ignored.
        if isVersion11, let expectation = fields.expectation {
            guard equalsIgnoringCase(expectation, "100-continue") else { throw Rejection(.expectationFailed) }
            expectsContinue = framing != .none && framing != .length(0)
        }
    }

    /// RFC 9112 §3.2: one Host, and a sound one; HTTP/1.0 may have none.
    private mutating func settleHost(_ fields: FramingFields) throws(Rejection) {
        guard fields.hosts <= 1, fields.hosts == 1 || !isVersion11 else { throw Rejection(.badRequest) }
        if let host = fields.host, !RequestTarget.isAuthority(host) { throw Rejection(.badRequest) }
        if let authority { request.headers["Host"] = String(decoding: authority, as: UTF8.self) }
    }

    /// RFC 9112 §6.3.
    private static func framing(_ fields: FramingFields, isVersion11: Bool, limits: Limits) throws(Rejection) -> Framing {
        if let codings = fields.codings {
            // §6.1: with Content-Length, or in HTTP/1.0, it is an attack or a fault. There is no third reading.
            guard isVersion11, fields.length == nil else { throw Rejection(.badRequest) }
            let list = codings.split(separator: ASCII.comma, omittingEmptySubsequences: false).map(ASCII.trim)
            let chunked = list.filter { equalsIgnoringCase($0, "chunked") }
            guard chunked.count == 1, list.last == chunked.last else { throw Rejection(.badRequest) }
            guard list.count == 1 else { throw Rejection(.notImplemented) }
            return .chunked
        }
        guard let length = fields.length else { return .none }
        // RFC 9110 §8.6: digits. A repeated field, even with one value, was made by something between that we need not trust.
        guard !length.isEmpty, length.allSatisfy(ASCII.isDigit) else { throw Rejection(.badRequest) }
        var count = 0
        for digit in length {
            count = count * 10 + Int(digit - UInt8(ascii: "0"))
            guard count <= limits.body else { throw Rejection(.contentTooLarge) }
        }
        return .length(count)
    }
}

/// The fields that say where a request ends and what becomes of the connection.
private struct FramingFields {
    var hosts = 0
    var host: ArraySlice<UInt8>?
    var length: ArraySlice<UInt8>?
    var codings: ArraySlice<UInt8>?
    var expectation: ArraySlice<UInt8>?
    var close = false
    var keepAlive = false

    mutating func note(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(Rejection) {
        // The length tells most fields apart without a comparison.
        switch name.count {
        case 4 where equalsIgnoringCase(name, "Host"):
            hosts += 1
            host = value
        case 6 where equalsIgnoringCase(name, "Expect"):
            expectation = Self.joined(expectation, value)
        case 10 where equalsIgnoringCase(name, "Connection"):
            for option in value.split(separator: ASCII.comma).map(ASCII.trim) {
                if equalsIgnoringCase(option, "close") { close = true }
                if equalsIgnoringCase(option, "keep-alive") { keepAlive = true }
            }
        case 14 where equalsIgnoringCase(name, "Content-Length"):
            guard length == nil else { throw Rejection(.badRequest) }
            length = value
        case 17 where equalsIgnoringCase(name, "Transfer-Encoding"):
            codings = Self.joined(codings, value)
        default: break
        }
    }

    /// RFC 9110 §5.3: the values of a repeated field are one list.
    private static func joined(_ first: ArraySlice<UInt8>?, _ second: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first else { return second }
        return first + [ASCII.comma] + second
    }
}

extension Method {
    fileprivate init?(_ token: ArraySlice<UInt8>) {
        guard token.count <= 7 else { return nil }
        self.init(rawValue: String(decoding: token, as: UTF8.self))
    }
}
