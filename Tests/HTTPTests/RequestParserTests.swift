import Testing

@testable import HTTP

/// A parser that is fed text and tells in text what it saw.
struct Parsed: Equatable, CustomStringConvertible {
    var description = ""

    init(_ pieces: [String], limits: Limits = Limits()) {
        self.init(bytes: pieces.map { Array($0.utf8) }, limits: limits)
    }

    init(bytes pieces: [[UInt8]], limits: Limits = Limits()) {
        var parser = RequestParser(limits: limits)
        var body: [UInt8] = []
        for piece in pieces {
            var position = 0
            events: while true {
                switch parser.next(piece.span, &position) {
                case .needsMore: break events
                case .head:
                    let head = parser.head
                    let request = head.request
                    let query = request.query.map { "?" + $0 } ?? ""
                    description +=
                        "\(request.method.rawValue) \(request.path)\(query) \(head.framing) \(head.keepsAlive ? "keep" : "close")\n"
                case .body(let place): body += piece[place]
                case .end:
                    _ = parser.takeHead()
                    description += "[\(String(decoding: body, as: UTF8.self))]\n"
                    body = []
                case .rejected(let status):
                    description += "\(status.code)"
                    return
                }
            }
        }
    }
}

struct RequestParserTests {
    private let host = "Host: localhost\r\n"

    /// How the text ends, whether it comes at once or byte by byte.
    private func status(_ text: String, limits: Limits = Limits()) -> String {
        let whole = Parsed([text], limits: limits)
        #expect(Parsed(bytes: text.utf8.map { [$0] }, limits: limits) == whole)
        return String(whole.description.split(separator: "\n").last ?? "")
    }

    @Test func `a request cut at any byte is the same request`() {
        let text = RequestTable.good
        let whole = Parsed([text])
        #expect(
            whole.description == """
                GET ["tasks", "a b", ""]?q=1 none keep\n[]\nPOST ["x"] length(5) keep\n[hello]\nPOST [] chunked close\n[hello, world!!!]\n
                """)
        let bytes = Array(text.utf8)
        for cut in bytes.indices {
            #expect(Parsed(bytes: [Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(Parsed(bytes: bytes.map { [$0] }) == whole)
    }

    @Test func `a path is split first and decoded then, once`() throws {
        #expect(Parsed(["GET /a%2Fb/%252e//c?x=%2F HTTP/1.1\r\n\(host)\r\n"]).description.hasPrefix(#"GET ["a/b", "%2e", "", "c"]?x=%2F "#))
        #expect(Parsed(["GET / HTTP/1.1\r\n\(host)\r\n"]).description.hasPrefix("GET [] "))
        #expect(Parsed(["GET // HTTP/1.1\r\n\(host)\r\n"]).description.hasPrefix(#"GET ["", ""] "#))
        #expect(Parsed(["GET /? HTTP/1.1\r\n\(host)\r\n"]).description.hasPrefix("GET []? "))
    }

    @Test func `an absolute target takes the place of Host`() throws {
        var parser = RequestParser(limits: Limits())
        let input = Array("GET HTTP://a.example:81?q HTTP/1.1\r\nHost: b.example\r\n\r\n".utf8)
        var position = 0
        guard case .head = parser.next(input.span, &position) else {
            Issue.record("no head")
            return
        }
        #expect(parser.head.request.headers.values("host") == ["a.example:81"])
        #expect(parser.head.request.path == [] && parser.head.request.query == "q")
    }

    @Test(arguments: [
        ("HTTP/1.1", "", "keep"), ("HTTP/1.1", "Connection: close\r\n", "close"),
        ("HTTP/1.1", "Connection: a\r\nConnection: b,Close\r\n", "close"),
        ("HTTP/1.0", "", "close"), ("HTTP/1.0", "Connection: Keep-Alive\r\n", "keep"),
        ("HTTP/1.0", "Connection: keep-alive, close\r\n", "close"),
    ])
    func `the connection is kept as its version and its fields say`(version: String, field: String, kept: String) {
        #expect(Parsed(["GET / \(version)\r\n\(host)\(field)\r\n"]).description == "GET [] none \(kept)\n[]\n")
    }

    @Test(arguments: RequestTable.lines)
    func `a request line that is not as RFC 9112 has it is refused with 400`(line: String) {
        #expect(status(line) == "400")
    }

    @Test(arguments: RequestTable.versions)
    func `another version is refused with 505`(version: String) {
        #expect(status("GET / \(version)\r\n") == "505")
        #expect(status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == "505")
    }

    @Test(arguments: RequestTable.methods)
    func `an unknown method is refused with 501`(method: String) {
        #expect(status("\(method) / HTTP/1.1\r\n") == "501")
    }

    @Test(arguments: RequestTable.fields)
    func `a field that is not as RFC 9112 has it is refused with 400`(field: String) {
        #expect(status("GET / HTTP/1.1\r\n\(host)\(field)\r\n") == "400")
    }

    @Test(arguments: RequestTable.hosts)
    func `a Host that is missing, repeated or malformed is refused with 400`(field: String) {
        #expect(status("GET / HTTP/1.1\r\n\(field)\r\n") == "400")
    }

    @Test func `HTTP 1.0 needs no Host`() {
        #expect(status("GET / HTTP/1.0\r\n\r\n") == "[]")
        #expect(status("GET / HTTP/1.0\r\nHost: a b\r\n\r\n") == "400")
    }

    @Test(arguments: RequestTable.lengths)
    func `a Content-Length that is malformed or repeated is refused with 400`(length: String) {
        #expect(status("POST / HTTP/1.1\r\n\(host)Content-Length: \(length)\r\n\r\nhello") == "400")
    }

    @Test(arguments: RequestTable.longLengths)
    func `a Content-Length over the limit is refused with 413`(length: String) {
        #expect(status("POST / HTTP/1.1\r\n\(host)Content-Length: \(length)\r\n\r\n") == "413")
    }

    @Test func `zeros in front of a Content-Length mean nothing`() {
        #expect(status("POST / HTTP/1.1\r\n\(host)Content-Length: 000000000000000000000000005\r\n\r\nhello") == "[hello]")
    }

    @Test(arguments: RequestTable.codings)
    func `only one final chunked is taken for a transfer coding`(coding: String, result: String) {
        #expect(status("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: \(coding)\r\n\r\n5\r\nhello\r\n0\r\n\r\n") == result)
    }

    @Test func `a transfer coding in HTTP 1.0 is refused`() {
        #expect(status("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == "400")
    }

    @Test(arguments: RequestTable.chunks)
    func `a chunk that is not as RFC 9112 has it is refused with 400`(chunk: String) {
        #expect(status("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(chunk)") == "400")
    }

    @Test(arguments: RequestTable.longChunks)
    func `chunks over the limit are refused with 413`(chunk: String) {
        #expect(status("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(chunk)") == "413")
    }

    @Test func `limits are kept to the byte`() {
        let limits = Limits { ($0.target, $0.headerBytes, $0.headerFields, $0.body) = (10, 64, 3, 4) }
        func get(_ target: String, _ fields: String) -> String { status("GET \(target) HTTP/1.1\r\n\(fields)\r\n", limits: limits) }
        #expect(get("/123456789", "Host: a\r\n") == "[]")
        #expect(get("/1234567890", "Host: a\r\n") == "414")
        #expect(status("GET /" + String(repeating: "a", count: 100), limits: limits) == "414")
        #expect(get("/", "Host: a\r\nA: 1\r\nB: 2\r\n") == "[]")
        #expect(get("/", "Host: a\r\nA: 1\r\nB: 2\r\nC: 3\r\n") == "431")
        #expect(get("/", "Host: a\r\nA: " + String(repeating: "a", count: 44) + "\r\n") == "[]")
        // The authority of an absolute-form target becomes a field where HTTP/1.0 sends no Host.
        #expect(status("GET http://a/ HTTP/1.0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits: limits) == "431")
        #expect(get("/", "Host: a\r\nA: " + String(repeating: "a", count: 60) + "\r\n") == "431")
        #expect(status("GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 100), limits: limits) == "431")
        #expect(status("POST / HTTP/1.1\r\n\(host)Content-Length: 4\r\n\r\n1234", limits: limits) == "[1234]")
        #expect(status("POST / HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\n", limits: limits) == "413")
        let trailers = "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n"
        #expect(status(trailers + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits: limits).hasSuffix("[]"))
        #expect(status(trailers + "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n", limits: limits) == "431")
        #expect(status(trailers + "A: " + String(repeating: "a", count: 100), limits: limits) == "431")
        #expect(status("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n1;" + String(repeating: "a", count: 300)) == "400")
    }

    @Test func `an unknown expectation is refused with 417, any in HTTP 1.0 ignored`() {
        #expect(status("POST / HTTP/1.1\r\n\(host)Expect: 200-ok\r\nContent-Length: 1\r\n\r\na") == "417")
        #expect(status("POST / HTTP/1.1\r\n\(host)Expect: 100-Continue\r\nContent-Length: 1\r\n\r\na") == "[a]")
        #expect(status("POST / HTTP/1.0\r\nExpect: 200-ok\r\nContent-Length: 1\r\n\r\na") == "[a]")
    }

    @Test func `a head that was not taken does not get into the next one`() {
        var parser = RequestParser(limits: Limits())
        let input = Array("POST /a?q HTTP/1.0\r\nHost: a\r\nContent-Length: 0\r\nX-Mine: 1\r\n\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n".utf8)
        var position = 0
        for _ in 0..<3 { _ = parser.next(input.span, &position) }
        let request = parser.head.request
        #expect(request.method == .get && request.path == ["b"] && request.query == nil)
        #expect(request.headers.fields.map(\.name) == ["Host"] && request.headers["Host"] == "b")
        #expect(parser.head.isVersion11 && parser.head.framing == .none)
    }

    @Test func `nothing is read after a rejection`() {
        var parser = RequestParser(limits: Limits())
        var position = 0
        guard case .rejected = parser.next(Array("GET\r\n".utf8).span, &position) else {
            Issue.record("taken")
            return
        }
        position = 0
        guard case .rejected(.badRequest) = parser.next(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8).span, &position) else {
            Issue.record("taken")
            return
        }
    }

    @Test func `random bytes and mutations never get past the rules`() {
        var random = SplitMix(state: 42)
        let seeds = [
            "POST /a%20b?c=d HTTP/1.1\r\nHost: a:80\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nT: x\r\n\r\n",
            "GET http://a/b HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: b\r\n\r\n",
        ].map { Array($0.utf8) }
        for round in 0..<2_000 {
            var bytes = seeds[round % 2]
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 20)], at: at)
                }
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            #expect(
                Parsed(bytes: [bytes]) == Parsed(bytes: [Array(bytes[..<cut]), Array(bytes[cut...])]),
                "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}

/// The same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
