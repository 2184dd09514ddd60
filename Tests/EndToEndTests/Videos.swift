import Testing

@Suite(.program, .timeLimit(.minutes(3)))
struct Videos {
    private static let urls = ["https://cdn.example.com/first-lamp.mp4", "https://cdn.example.com/second%20lamp.mp4"]

    @Test func `an upload without the acknowledgement is refused and keeps what was typed`() async throws {
        let client = try Program.shared.client
        let url = "https://cdn.example.com/unacknowledged.mp4"
        var form = try await client.form(at: "/videos/new")
        try form.fill("video_url", url)
        let answer = try await client.submit(form)
        #expect(answer.status == 422)
        #expect(try answer.page.form(action: "/videos/new", at: "/videos/new").values("video_url").first?.contains(url) == true)
        #expect(try await client.states(of: url) == [])
    }

    @Test func `an address that is none is refused and named`() async throws {
        let client = try Program.shared.client
        var form = try await client.form(at: "/videos/new")
        try form.fill("video_url", "https://cdn.example.com/sound.mp4\nnot an address")
        try form.tick("notice_acknowledged")
        let answer = try await client.submit(form)
        #expect(answer.status == 422)
        #expect(answer.text.contains("not an address"))
        // All or nothing: a half-taken list would be sent twice.
        #expect(try await client.states(of: "sound.mp4") == [])
    }

    @Test func `the notice stands word for word before every asset control`() async throws {
        let notice = """
            By uploading assets, you confirm that you have the necessary legal rights to these assets, the assets do not include any \
            user generated content, and you are authorized to grant TikTok permission to scan and modify the assets. You may not upload \
            any assets that would violate TikTok's Ad Policies or Community Guidelines.
            """
        let client = try Program.shared.client
        for (path, control) in [("/videos/new", "video_url"), ("/tasks/new", "media_list.image_url_list")] {
            let page = try await client.get(path).page
            let elements = page.root.all
            let words = { (element: Element) in element.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            let said = elements.lastIndex { words($0).replacing("\u{2019}", with: "'").contains(notice) }
            let asked = elements.firstIndex { $0["name"] == control }
            #expect(try #require(said, "no notice on \(path)") < #require(asked, "no \(control) on \(path)"))
            for link in ["https://ads.tiktok.com/help/article/tiktok-advertising-policies", "https://www.tiktok.com/community-guidelines"] {
                #expect(elements.contains { $0["href"] == link })
            }
        }
    }

    @Test func `several videos are uploaded at once, named in a brief, and reach the service`() async throws {
        let pair = try await Pair()
        defer { pair.app.process.kill() }
        let client = pair.app.client
        try await client.upload(Self.urls)
        #expect(try await pair.stats.uploads == 2)

        var brief = try await client.productBrief()
        try brief.fill("media_list.image_url_list", "")
        #expect(brief.offered("media_list.video_id_list").count == 2)
        try brief.tick("media_list.video_id_list")
        try await client.wait(for: "succeeded", at: client.submit(brief).destination)

        let body = try await pair.creates
        #expect(body.contains(/"video_id_list"\s*:\s*\[\s*"[^"]+"\s*,\s*"[^"]+"\s*\]/))
        #expect(!body.contains("image_url_list"))
    }
}
