import Testing

@testable import HTTP

struct FormDataTests {
    private func form(_ type: String, _ body: String, limits: Limits = Limits()) throws -> FormData {
        try FormData(Request(method: .post, path: [], headers: ["Content-Type": type], body: .bytes(Array(body.utf8))), limits: limits)
    }

    @Test func `a URL-encoded body gives its fields in order`() throws {
        let form = try form("application/x-www-form-urlencoded; charset=utf-8", "a=1&b=two+words&a=%C3%A9%26&empty=&bare&=x&&")
        #expect(form.pairs.map(\.name) == ["a", "b", "a", "empty", "bare", ""])
        #expect(form.values("a") == ["1", "é&"])
        #expect(form["b"] == "two words")
        #expect(form["empty"] == "" && form["bare"] == "" && form["none"] == nil)
    }

    @Test func `a percent sign without two digits stands for itself`() {
        #expect(FormData(urlEncoded: "a=100%&b=%zz&c=%4")["a"] == "100%")
        #expect(FormData(urlEncoded: "a=100%&b=%zz&c=%4")["b"] == "%zz")
        #expect(FormData(urlEncoded: "a=100%&b=%zz&c=%4")["c"] == "%4")
    }

    @Test func `what is no UTF-8 is repaired`() {
        #expect(FormData(urlEncoded: "a=x%FFy")["a"] == "x\u{FFFD}y")
    }

    @Test func `what was percent-encoded is decoded to the same text`() {
        let text = "a b+c&d=e%f/é\u{0}\r\n~"
        #expect(FormData(urlEncoded: "v=" + percentEncode(text))["v"] == text)
        #expect(percentEncode("a b/é") == "a%20b%2F%C3%A9")
    }

    @Test func `a query is a form`() {
        let request = Request(method: .get, path: [], query: "page=2&q=a+b")
        #expect(request.queryItems["page"] == "2" && request.queryItems["q"] == "a b")
        #expect(Request(method: .get, path: []).queryItems.pairs.isEmpty)
    }

    private let multipart = "multipart/form-data; boundary=\"x y\""

    @Test func `a multipart body gives its text and its files`() throws {
        let form = try form(
            multipart,
            """
            preamble\r\n--x y \t\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--x\r\n--x y\r
            content-disposition: form-data; name="say %22hi%22"\r\n\r\n\r\n--x y\r
            Content-Disposition: form-data; name=f; filename="a\\"b;c.png"\r\nContent-Type: image/png\r\n\r\nPNG\r
            --x y--\r\nepilogue
            """)
        #expect(form["a"] == "one\r\n--x")
        #expect(form["say \"hi\""] == "")
        let file = try #require(form.files.first)
        #expect(file.name == "f" && file.filename == "a\"b;c.png" && file.contentType == "image/png" && file.bytes == Array("PNG".utf8))
    }

    @Test(arguments: [
        "", "--x y", "--x y\r\n", "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\nv", "--x yz\r\n--x y--",
        "--x y\r\nContent-Type: text/plain\r\n\r\nv\r\n--x y--", "--x y\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x y--",
        "--x y\r\nno colon\r\n\r\nv\r\n--x y--",
    ])
    func `a multipart body that was cut or broken is refused`(body: String) {
        #expect(throws: FormError.malformed) { try form(multipart, body) }
    }

    @Test func `a multipart body without a boundary is refused`() {
        #expect(throws: FormError.malformed) { try form("multipart/form-data", "--x--") }
    }

    @Test func `any other type is refused with 415`() {
        #expect(throws: FormError.unsupportedMediaType) { try form("text/plain", "a=1") }
        #expect(throws: FormError.unsupportedMediaType) { try FormData(Request(method: .post, path: [])) }
        #expect(FormError.unsupportedMediaType.status == .unsupportedMediaType)
    }

    @Test func `too many fields are refused with 413`() {
        let limits = Limits { $0.formFields = 2 }
        let part = "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n"
        #expect(throws: FormError.tooLarge) { try form("application/x-www-form-urlencoded", "a&b&c", limits: limits) }
        #expect(throws: FormError.tooLarge) { try form(multipart, part + part + part + "--x y--", limits: limits) }
    }

    @Test func `a form that came as a file is read back, up to its limit`() throws {
        let folder = TemporaryFolder()
        let path = folder.write("body", "a=1&b=2")
        let headers: Headers = ["Content-Type": "application/x-www-form-urlencoded"]
        let request = Request(method: .post, path: [], headers: headers, body: .file(path: path, count: 7))
        #expect(try FormData(request)["b"] == "2")
        #expect(throws: FormError.tooLarge) { try FormData(request, limits: Limits { $0.formBody = 6 }) }
        let gone = Request(method: .post, path: [], headers: headers, body: .file(path: path + "-gone", count: 7))
        #expect(throws: FormError.malformed) { try FormData(gone) }
        #expect(throws: FormError.tooLarge) { try form("application/x-www-form-urlencoded", "a=1234", limits: Limits { $0.formBody = 5 }) }
    }
}
