import Testing

@Suite(.program, .timeLimit(.minutes(3)))
struct BriefMistakes {
    private static let wrong = [
        "script_source": "PRODUCT",
        "product_info.name": String(repeating: "x", count: 301),
        "product_info.brand": "North & \"beam\" <b>",
        "product_info.price": "a lot",
        "product_info.description": "",
        "product_info.selling_points": "58 g light\n30 hours",
        "media_list.image_url_list": "lamp.jpg",
    ]

    @Test func `every mistake is shown at once, linked to its field, and nothing typed is lost`() async throws {
        let client = try Program.shared.client
        var form = try await client.form(at: "/tasks/new")
        try form.fill(Self.wrong)
        let answer = try await client.submit(form)
        #expect(answer.status == 422)

        let page = answer.page
        let again = try page.form(action: "/tasks/new", at: "/tasks/new")
        for (name, value) in Self.wrong { #expect(again.values(name) == [value]) }

        let expected: Set = [
            "product_info.name", "product_info.price", "product_info.description", "media_list.image_url_list", "notice_acknowledged",
        ]
        #expect(page.linkedFields == expected)
    }

    @Test(arguments: ["0", "9", "4.5", "four"]) func `a count that no page offers is refused`(count: String) async throws {
        let client = try Program.shared.client
        var form = try await client.productBrief()
        form.forge("script_generation_count", count)
        let answer = try await client.submit(form)
        #expect(answer.status == 422)
        #expect(answer.page.linkedFields == ["script_generation_count"])
    }

    @Test func `a brief without its token is refused`() async throws {
        let client = try Program.shared.client
        var form = try await client.productBrief()
        form.remove("csrf_token")
        #expect(try await client.submit(form).status == 403)
        form.forge("csrf_token", "guessed")
        #expect(try await client.submit(form).status == 403)
    }

    @Test(arguments: ["https://evil.example", "http://127.0.0.1:1", "null"])
    func `a brief sent from another site is refused`(origin: String) async throws {
        let client = try Program.shared.client
        let form = try await client.productBrief()
        #expect(try await client.submit(form, origin: origin).status == 403)
    }

    @Test func `a second click answers with the first one's task`() async throws {
        let client = try Program.shared.client
        let form = try await client.productBrief()
        async let first = client.submit(form)
        async let second = client.submit(form)
        let task = try await first.destination
        #expect(try await second.destination == task)
        #expect(try await client.submit(form).destination == task)
    }

    @Test func `the same submission with another text is refused and keeps that text`() async throws {
        let client = try Program.shared.client
        var form = try await client.productBrief()
        _ = try await client.submit(form).destination
        try form.fill("product_info.name", "Another lamp")
        let answer = try await client.submit(form)
        #expect(answer.status == 422)
        var again = try answer.page.form(action: "/tasks/new", at: "/tasks/new")
        #expect(again.values("product_info.name") == ["Another lamp"])
        // The page that says so brings a submission of its own.
        try again.tick("notice_acknowledged")
        #expect(try await client.submit(again).status == 303)
    }

    @Test func `a prompt keeps what only a product can have, and does not send it`() async throws {
        let pair = try await Pair()
        let client = pair.app.client
        var form = try await client.form(at: "/tasks/new")
        try form.fill([
            "script_source": "CUSTOM", "custom_prompt": "", "script_info.tone": "Like an old friend",
            "product_info.currency": "EUR", "script_generation_count": "1",
        ])
        let answer = try await client.submit(form)
        #expect(answer.status == 422)
        form = try answer.page.form(action: "/tasks/new", at: "/tasks/new")
        #expect(form.values("script_info.tone") == ["Like an old friend"])
        try form.fill("custom_prompt", "A runner loses the trail at dusk,\nthen switches the lamp on.")
        try await client.wait(for: "succeeded", at: client.submit(form).destination)
        let body = try await pair.creates
        #expect(body.contains(#"dusk,\nthen"#))
        #expect(!body.contains("script_info") && !body.contains("product_info") && !body.contains("video_duration"))
    }
}

extension Page {
    /// The fields that links of this page lead to: to the control itself or to the group of its boxes, not to the page as a whole.
    fileprivate var linkedFields: Set<String> {
        let targets = root.all { $0.name == "a" }.compactMap { $0["href"] }.filter { $0.hasPrefix("#") }
            .compactMap { element(id: String($0.dropFirst())) }
        let names = targets.map { target in Set(target.all.compactMap { $0["name"] }) }
        return names.filter { $0.count == 1 }.reduce([]) { $0.union($1) }
    }
}
