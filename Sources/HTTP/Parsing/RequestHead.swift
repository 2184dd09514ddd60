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
    private var authority: String?
    private var fields = FramingFields()

    /// RFC 9112 §3: method, one space, target, one space, version.
    mutating func begin(with line: Span<UInt8>, limits: Limits) throws(Rejection) {
        var first = 0
        while first < line.count, ASCII.isToken(line[first]) { first += 1 }
        guard first > 0, first < line.count, line[first] == ASCII.space else { throw Rejection(.badRequest) }
        var last = first + 1
        while last < line.count, line[last] != ASCII.space { last += 1 }
        guard last > first + 1, last < line.count else { throw Rejection(.badRequest) }
        let isVersion11 = try Self.isVersion11(line.extracting(last + 1..<line.count))
        guard let method = Method(line.extracting(first: first)) else { throw Rejection(.notImplemented) }
        guard last - first - 1 <= limits.target else { throw Rejection(.uriTooLong) }
        let target = try RequestTarget(line.extracting(first + 1..<last), method: method)
        // Nothing of a head that was not taken gets into this one.
        self = RequestHead()
        (request.method, request.path, request.query) = (method, target.path, target.query)
        // Small enough for the allocator's quick path, and for most requests.
        request.headers.reserve(bytes: 896, fields: 20)
        self.isVersion11 = isVersion11
        isServerWide = target.isAsterisk
        authority = target.authority
    }

    /// RFC 9112 §2.3. A version with another major number, and a minor one that does not exist, is 505.
    private static func isVersion11(_ text: Span<UInt8>) throws(Rejection) -> Bool {
        guard text.count == 8, text.extracting(first: 5).equals("HTTP/"), ASCII.isDigit(text[5]), text[6] == UInt8(ascii: "."),
            ASCII.isDigit(text[7])
        else { throw Rejection(.badRequest) }
        switch (text[5], text[7]) {
        case (UInt8(ascii: "1"), UInt8(ascii: "1")): return true
        case (UInt8(ascii: "1"), UInt8(ascii: "0")): return false
        case _: throw Rejection(.versionNotSupported)
        }
    }

    mutating func append(field line: Span<UInt8>) throws(Rejection) {
        let (name, value) = try Self.split(field: line)
        request.headers.append(line: line, name: name, value: value)
        try fields.note(line.extracting(name), line.extracting(value))
    }

    /// RFC 9112 §5: name, colon, value. White space in front of the colon (§5.1) and a folded line (§5.2) fail with the name, since
    /// neither is a token; control bytes were refused with the line.
    /// - Returns: where they stand in the line.
    static func split(field bytes: Span<UInt8>) throws(Rejection) -> (name: Range<Int>, value: Range<Int>) {
        var colon = 0
        while colon < bytes.count, ASCII.isToken(bytes[colon]) { colon += 1 }
        guard colon > 0, colon < bytes.count, bytes[colon] == ASCII.colon else { throw Rejection(.badRequest) }
        // RFC 9110 §5.6.3: optional white space around the value.
        var (start, end) = (colon + 1, bytes.count)
        while start < end, ASCII.isBlank(bytes[start]) { start += 1 }
        while start < end, ASCII.isBlank(bytes[end - 1]) { end -= 1 }
        return (0..<colon, start..<end)
    }

    /// Draws the conclusions once all fields are there.
    mutating func finish(limits: Limits) throws(Rejection) {
        try settleHost(limits)
        framing = try Self.framing(fields, isVersion11: isVersion11, limits: limits)
        // RFC 9112 §9.3.
        keepsAlive = isVersion11 ? !fields.close : fields.keepAlive && !fields.close
        // RFC 9110 §10.1.1: an expectation of HTTP/1.0 is ignored.
        if isVersion11, let expectation = fields.expectation {
            guard expectation.lowercased() == "100-continue" else { throw Rejection(.expectationFailed) }
            expectsContinue = framing != .none && framing != .length(0)
        }
    }

    /// RFC 9112 §3.2: one Host, and a sound one; HTTP/1.0 may have none.
    private mutating func settleHost(_ limits: Limits) throws(Rejection) {
        guard fields.hosts <= 1, fields.hosts == 1 || !isVersion11 else { throw Rejection(.badRequest) }
        guard let authority else { return }
        // In HTTP/1.0 it may be one field more than were sent.
        guard fields.hosts == 1 || request.headers.count < limits.headerFields else { throw Rejection(.headerFieldsTooLarge) }
        request.headers["Host"] = authority
    }

    /// RFC 9112 §6.3.
    private static func framing(_ fields: FramingFields, isVersion11: Bool, limits: Limits) throws(Rejection) -> Framing {
        if let codings = fields.codings {
            // §6.1: with Content-Length, or in HTTP/1.0, it is an attack or a fault. There is no third reading.
            guard isVersion11, fields.length == nil else { throw Rejection(.badRequest) }
            let list = Array(codings.utf8).split(separator: ASCII.comma, omittingEmptySubsequences: false).map(ASCII.trim)
            let chunked = list.filter { $0.span.equalsIgnoringCase("chunked") }
            guard chunked.count == 1, list.last == chunked.last else { throw Rejection(.badRequest) }
            guard list.count == 1 else { throw Rejection(.notImplemented) }
            return .chunked
        }
        guard let length = fields.length else { return .none }
        // RFC 9110 §8.6: digits. A repeated field, even with one value, was made by something between that we need not trust.
        guard !length.isEmpty, length.utf8.allSatisfy(ASCII.isDigit) else { throw Rejection(.badRequest) }
        var count = 0
        for digit in length.utf8 {
            count = count * 10 + Int(digit - UInt8(ascii: "0"))
            guard count <= limits.body else { throw Rejection(.contentTooLarge) }
        }
        return .length(count)
    }
}

/// The fields that say where a request ends and what becomes of the connection.
private struct FramingFields {
    var hosts = 0
    var length: String?
    var codings: String?
    var expectation: String?
    var close = false
    var keepAlive = false

    mutating func note(_ name: Span<UInt8>, _ value: Span<UInt8>) throws(Rejection) {
        // The length tells most fields apart without a comparison.
        switch name.count {
        case 4 where name.equalsIgnoringCase("host"):
            guard RequestTarget.isAuthority(value) else { throw Rejection(.badRequest) }
            hosts += 1
        case 6 where name.equalsIgnoringCase("expect"):
            expectation = Self.joined(expectation, value.text)
        case 10 where name.equalsIgnoringCase("connection"):
            noteOptions(value)
        case 14 where name.equalsIgnoringCase("content-length"):
            guard length == nil else { throw Rejection(.badRequest) }
            length = value.text
        case 17 where name.equalsIgnoringCase("transfer-encoding"):
            codings = Self.joined(codings, value.text)
        default: break
        }
    }

    /// RFC 9110 §7.6.1: a list.
    private mutating func noteOptions(_ value: Span<UInt8>) {
        if value.equalsIgnoringCase("keep-alive") {
            keepAlive = true
            return
        }
        for option in Array(value.text.utf8).split(separator: ASCII.comma).map(ASCII.trim) {
            if option.span.equalsIgnoringCase("close") { close = true }
            if option.span.equalsIgnoringCase("keep-alive") { keepAlive = true }
        }
    }

    /// RFC 9110 §5.3: the values of a repeated field are one list.
    private static func joined(_ first: String?, _ second: String) -> String { first.map { "\($0),\(second)" } ?? second }
}

extension Method {
    fileprivate init?(_ token: Span<UInt8>) {
        switch token.count {
        case 3 where token.equals("GET"): self = .get
        case 3 where token.equals("PUT"): self = .put
        case 4 where token.equals("POST"): self = .post
        case 4 where token.equals("HEAD"): self = .head
        case 5 where token.equals("PATCH"): self = .patch
        case 6 where token.equals("DELETE"): self = .delete
        case 7 where token.equals("OPTIONS"): self = .options
        case _: return nil
        }
    }
}
