/// The requests that the parser is tested with, which are the fuzzer's first corpus as well.
enum RequestTable {
    /// Three in a row.
    static let good = """
        \r\nGET /tasks/a%20b/?q=1 HTTP/1.1\r\nHost: [::1]:80\r\nX: \u{E9} \r\n\r\nPOST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello\
        POST / HTTP/1.1\r\nhost:a\r\nTRANSFER-ENCODING: Chunked\r\nConnection: x, CLOSE\r\n\r\n\
        005;a=b ; c = "d\\"\u{E9}e"\r\nhello\r\nA\r\n, world!!!\r\n0\r\nTrailer: x\r\n\r\n
        """

    /// Refused with 400, whatever follows.
    static let lines: [String] = [
        "GET / HTTP/1.1\n", "GET / HTTP/1.1\rX", "GET / HTTP/1.1\r\r\n", " GET / HTTP/1.1\r\n", "GET  / HTTP/1.1\r\n",
        "GET\t/\tHTTP/1.1\r\n",
        "GET /\r\n", "GET HTTP/1.1\r\n", "GET / HTTP/1.1 \r\n", "GET / x HTTP/1.1\r\n", "GET / http/1.1\r\n", "GET / HTTP/1.10\r\n",
        "GET / HTTP/1\r\n", "G(T / HTTP/1.1\r\n", "G\0T / HTTP/1.1\r\n", "GET /\0 HTTP/1.1\r\n", "GET /\u{7F} HTTP/1.1\r\n",
        "GET /\u{E9} HTTP/1.1\r\n", "GET /#a HTTP/1.1\r\n", "GET /a\\b HTTP/1.1\r\n", "GET /\"a\" HTTP/1.1\r\n", "GET a HTTP/1.1\r\n",
        "GET ftp://a/ HTTP/1.1\r\n", "GET http:///a HTTP/1.1\r\n", "GET http://u@a/ HTTP/1.1\r\n", "GET * HTTP/1.1\r\n",
        "GET a:80 HTTP/1.1\r\n",
        "GET /%zz HTTP/1.1\r\n", "GET /%4 HTTP/1.1\r\n", "GET /%00 HTTP/1.1\r\n", "GET /%ff HTTP/1.1\r\n", "GET /%c0%af HTTP/1.1\r\n",
        "\r\n\r\n\r\n\r\n\r\n", "\u{16}\u{3}\u{1}",
    ]

    /// Refused with 505.
    static let versions: [String] = ["HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.1"]

    /// Refused with 501.
    static let methods: [String] = ["BREW", "get", "CONNECT", "TRACE", "OPTIONSX"]

    /// Refused with 400, beside a good Host.
    static let fields: [String] = [
        "X-A : b\r\n", "X-A\t: b\r\n", "X-A: a\r\n b\r\n", " X-A: b\r\n", "Nonsense\r\n", ": v\r\n", "X(A): v\r\n", "X\u{E9}: v\r\n",
        "X\0A: v\r\n",
        "X-A: a\0b\r\n", "X-A: a\u{1}b\r\n", "X-A: a\u{7F}b\r\n", "X-A: a\rb\r\n", "X-A: a\r\r\n", "X-A: a\n", "X-A: a\nX-B: b\r\n",
    ]

    /// The fields of a request that is refused with 400.
    static let hosts: [String] = [
        "", "Host: a\r\nHost: a\r\n", "Host: a\r\nHost: b\r\n", "Host:\r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: u@a\r\n",
        "Host: a,b\r\n",
        "Host: a:8x\r\n", "Host: http://a\r\n", "Host: [::1\r\n", "Host: [::g]\r\n", "Host: []\r\n", "Host: a:123456\r\n", "Host: :80\r\n",
    ]

    /// Of a Content-Length: refused with 400.
    static let lengths: [String] = [
        "+5", "-5", "0x5", "5a", "", "5 5", "5.0", "5, 5", "5;", "\"5\"", "5\r\nContent-Length: 5", "5\r\nContent-Length: 6", "５",
    ]

    /// Of a Content-Length: refused with 413.
    static let longLengths: [String] = ["33554433", "9223372036854775808", "18446744073709551621", String(repeating: "9", count: 40)]

    /// Of a Transfer-Encoding, and what comes of a good chunked body under it.
    static let codings: [(coding: String, result: String)] = [
        ("chunked\r\nContent-Length: 5", "400"), ("identity", "400"), ("gzip", "400"), ("chunked, gzip", "400"),
        ("chunked, chunked", "400"),
        ("chunked\r\nTransfer-Encoding: chunked", "400"), ("", "400"), ("chunked,", "400"), ("\"chunked\"", "400"), ("chunked;q=1", "400"),
        ("xchunked", "400"), ("gzip, chunked", "501"), ("identity\r\nTransfer-Encoding: chunked", "501"), ("\tchunked\t", "[hello]"),
    ]

    /// Behind a head that says chunked: refused with 400.
    static let chunks: [String] = [
        "g\r\n", "\r\n", "-5\r\n", "+5\r\n", "0x5\r\n", " 5\r\n", "5 \r\n", "5_0\r\n", "5\nhello", "5\rhello", "5\0\r\n", "5;\r\n",
        "5;=a\r\n",
        "5;a=\r\n", "5;a=\"b\r\n", "5;a b\r\n", "5;a=b c\r\n", "5\r\nhello0\r\n", "5\r\nhello\n", "3\r\nhello\r\n", "5\r\nhelloX",
        "0\r\nno colon\r\n", "0\r\nX : y\r\n", "0\r\n folded\r\n", "0\r\nX: y\n",
    ]

    /// Likewise, with 413.
    static let longChunks: [String] = [
        "2000001\r\n", "7fffffffffffffff\r\n", "10000000000000005\r\n", "ffffffffffffffffffffffff\r\n", "1\r\na\r\n2000000\r\n",
    ]

    /// Every one of them, whole.
    static var requests: [String] {
        let host = "Host: localhost\r\n"
        let post = "POST / HTTP/1.1\r\n\(host)"
        var requests = [
            good, "OPTIONS * HTTP/1.1\r\n\(host)\r\n", "GET http://a.example:81/b?c HTTP/1.1\r\n\(host)Expect: 100-continue\r\n\r\n",
        ]
        requests += lines
        requests += versions.map { "GET / \($0)\r\n" }
        requests += methods.map { "\($0) / HTTP/1.1\r\n" }
        requests += fields.map { "GET / HTTP/1.1\r\n\(host)\($0)\r\n" }
        requests += hosts.map { "GET / HTTP/1.1\r\n\($0)\r\n" }
        requests += (lengths + longLengths).map { "\(post)Content-Length: \($0)\r\n\r\nhello" }
        requests += codings.map { "\(post)Transfer-Encoding: \($0.coding)\r\n\r\n5\r\nhello\r\n0\r\n\r\n" }
        requests += (chunks + longChunks).map { "\(post)Transfer-Encoding: chunked\r\n\r\n\($0)" }
        return requests
    }
}
