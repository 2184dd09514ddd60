import Domain
import Testing

@Suite struct `The address of an asset` {
    @Test(arguments: [
        "https://cdn.example.com/lamp.jpg", "http://cdn.example.com/lamp.jpg", "HTTPS://cdn.example.com",
        "https://a.example/a%20b.jpg?x=1&y=%C3%BC#t",
        "https://user@a.example/x", "https://[2001:db8::1]:8443/x", "https://a.example/~a/(b)!'*,;=:@$+",
    ])
    func `is absolute and already encoded`(text: String) throws {
        #expect(try AssetURL(text).text == text)
    }

    @Test(arguments: [
        "", "lamp.jpg", "/lamp.jpg", "//a.example/x", "ftp://a.example/x", "file:///x", "data:image/png;base64,AA", "https:a.example",
        "https://",
        "https:///x", "https://?x", "http://:80/x", "https://user@/x", "javascript:alert(1)",
    ])
    func `that names no host on the web is refused`(text: String) {
        #expect(throws: AssetURL.Mistake.notAbsolute) { try AssetURL(text) }
    }

    @Test(arguments: [
        ("https://a.example/a b.jpg", "https://a.example/a%20b.jpg"), ("https://a.example/ü.jpg", "https://a.example/%C3%BC.jpg"),
        ("https://a.example/100%.jpg", "https://a.example/100%25.jpg"), ("https://a.example/%2", "https://a.example/%252"),
        ("https://a.example/%zz%41", "https://a.example/%25zz%41"), ("https://a.example/😀", "https://a.example/%F0%9F%98%80"),
        ("https://a.example/\"<>\\^`{|}", "https://a.example/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("https://a.example/a\u{1}\u{7F}", "https://a.example/a%01%7F"),
    ])
    func `that is not encoded is offered as it should be`(text: String, offer: String) throws {
        #expect(throws: AssetURL.Mistake.notEncoded(offer: offer)) { try AssetURL(text) }
        #expect(try AssetURL(offer).text == offer)
    }

    @Test func `has 2,048 characters at most`() throws {
        let longest = "https://a.example/" + letters(2_048 - 18)
        #expect(try AssetURL(longest).text == longest)
        #expect(throws: AssetURL.Mistake.tooLong) { try AssetURL(longest + "a") }
    }

    @Test(arguments: [
        "https://a.example/v.mp4", "https://a.example/v.MOV?sig=1.txt", "https://a.example/v.mpeg#x.html", "https://a.example/v.avi",
        "https://a.example/v",
        "https://a.example/v.1080p", "https://a.example/", "https://cdn.example.md?v=1", "https://files.zip/",
    ])
    func `of a video may end in anything that could be one`(text: String) throws {
        #expect(try AssetURL(video: text).text == text)
    }

    @Test(arguments: [
        ("https://a.example/v.txt", ".txt"), ("https://a.example/v.GIF", ".gif"), ("https://a.example/v.mp4.zip?x", ".zip"),
        ("https://a.example/v.webm/", ".webm"), ("https://a.example/v.html#a", ".html"),
    ])
    func `of a video may not end in what is none`(text: String, format: String) {
        #expect(throws: AssetURL.Mistake.notAVideo(format: format)) { try AssetURL(video: text) }
    }

    @Test(arguments: [
        ("https://a.example/x/v.mp4?y=/z", "v.mp4"), ("https://a.example/x/", "x"), ("https://a.example", "a.example"),
    ])
    func `is known by its file name`(text: String, name: String) throws {
        #expect(try AssetURL(text).fileName == name)
    }

    @Test func `that is refused is shown shortened, with what to do`() {
        let long = "https://a.example/" + letters(100) + " b"
        let found = mistakes(productForm([.images: long]))
        #expect(found.count == 1)
        #expect(found[0].message.hasPrefix("“https://a.example/" + letters(41) + "…” holds characters"))
    }
}
