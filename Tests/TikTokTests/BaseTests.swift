import Testing

@testable import TikTok

@Suite struct `The base address and the token` {
    @Test(arguments: [
        ("https://business-api.tiktok.com/open_api/v1.3", "https://business-api.tiktok.com/open_api/v1.3"),
        ("https://business-api.tiktok.com/open_api/v1.3/", "https://business-api.tiktok.com/open_api/v1.3"),
        ("HTTPS://api.example.com", "https://api.example.com"), ("https://api.example.com:8443//", "https://api.example.com:8443"),
        ("http://127.0.0.1:9090/open_api/v1.3", "http://127.0.0.1:9090/open_api/v1.3"), ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://localhost:1", "http://localhost:1"), ("http://[::1]:65535/x", "http://[::1]:65535/x"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"), ("https://a.example/%7Ex", "https://a.example/%7Ex"),
    ])
    func `https, and http on this computer, are taken without the trailing slash`(text: String, address: String) throws {
        #expect(try Base(text).address == address)
    }

    @Test(arguments: [
        "", "https://", "https:///x", "api.example.com", "ftp://a.example", "file:///etc/passwd", "http://a.example", "http://10.0.0.1",
        "http://127.0.0.1.evil.example", "http://127.0.0.256", "http://127.1", "http://localhost.evil.example", "http://[::2]",
        "http://127.0.0.1@evil.example", "https://user:password@a.example", "https://a.example?x=1", "https://a.example/#x",
        "https://a.example:0", "https://a.example:65536", "https://a.example:+80", "https://a.example:", "https://a.example:x",
        "https://a b.example", "https://a.example/ x", "https://a.example\r\nX: y", "https://bücher.example",
        "https://a.example\\@b.example",
        "https://[::1", "https://[]", "https://[::1]x", "http://+127.0.0.1", "https://a.example/\u{0}",
    ])
    func `anything else is refused in one line that names the setting`(text: String) {
        let error = #expect(throws: InvalidBase.self) { try Base(text) }
        #expect(error?.description.hasPrefix("TIKTOK_API_BASE ") == true)
        #expect(error?.description.contains("\n") == false)
        #expect(error?.description.contains("password@") == false)
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a b", "a\tb", "a\u{0}", "a\u{7F}", "é", "token\n"])
    func `a token that would not fit one header line is refused, and not shown`(token: String) {
        let error = #expect(throws: InvalidBase.self) { try Client(base: "https://a.example", token: token) }
        #expect(error?.description.hasPrefix("TIKTOK_ACCESS_TOKEN ") == true)
        #expect(error?.description.contains("Evil") == false)
    }
}
