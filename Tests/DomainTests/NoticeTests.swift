import Domain
import Testing

@Suite struct `The notice` {
    @Test func `is word for word what it has to be`() {
        let words =
            "By uploading assets, you confirm that you have the necessary legal rights to these assets, the assets do not include any user "
            + "generated content, and you are authorized to grant TikTok permission to scan and modify the assets. You may not upload any "
            + "assets that would violate TikTok's Ad Policies or Community Guidelines."
        #expect(Notice.text == words)
        #expect(Notice.version == 1)
    }

    @Test func `links its two policies, each named once in the text`() {
        #expect(Notice.links.map(\.name) == ["Ad Policies", "Community Guidelines"])
        #expect(
            Notice.links.map(\.url) == [
                "https://ads.tiktok.com/help/article/tiktok-advertising-policies", "https://www.tiktok.com/community-guidelines",
            ])
        for link in Notice.links { #expect(Notice.text.ranges(of: link.name).count == 1) }
    }

    @Test func `is acknowledged by a ticked box and nothing less`() {
        let made = Acknowledgement(checkbox: "yes", address: "127.0.0.1")
        #expect(made?.version == Notice.version)
        #expect(made?.address == "127.0.0.1")
        for box in [nil, "", "no", "false", "0", "YES "] { #expect(Acknowledgement(checkbox: box, address: "127.0.0.1") == nil) }
    }
}

@Suite struct `Text` {
    @Test(arguments: [
        ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\r\r\nb\n", "a\n\nb\n"), ("\r\n\r\n", "\n\n"), ("é\r\n😀", "é\n😀"), ("a\n\rb", "a\n\nb"),
    ])
    func `has one kind of line end`(text: String, mended: String) {
        #expect(text.withLineFeeds == mended)
        #expect(mended.withLineFeeds == mended)
    }

    @Test func `is trimmed of blanks at both ends and read line by line`() {
        #expect(" \t a b \r\n".trimmed == "a b")
        #expect(" \n ".trimmed == "")
        #expect(" a \r\n\r\n\t\rb\n".filledLines == ["a", "b"])
    }

    @Test(arguments: [("", 0), ("one", 1), ("one  two\nthree", 3), ("wait – what?", 2), ("It's 58 g!", 3), ("… !", 0)])
    func `is counted in words that say something`(text: String, words: Int) {
        #expect(text.wordCount == words)
    }
}
