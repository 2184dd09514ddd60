import Testing

/// What no waiting mends stops every call, keeps the queue, and is said on every page until a person has mended it.
@Suite(.timeLimit(.minutes(3)))
struct NeedsAttention {
    @Test(arguments: [
        (40_001, "lacks a permission"), (40_006, "API address"), (40_101, "does not fit the token"), (40_105, "access token"),
        (40_118, "TikTok representative"),
    ])
    func `every page says what to do, and Try again lets the queue go on`(code: Int, words: String) async throws {
        let pair = try await Pair(pace: 1)
        let client = pair.app.client
        try await pair.sandbox.inject("{\"endpoint\":\"create\",\"kind\":\"code\",\"code\":\(code)}")
        let task = try await client.askForScripts()
        let second = try await client.askForScripts()
        _ = try await eventually("the connection needs attention") {
            try await client.get("/").text.contains("Nothing is sent:") ? true : nil
        }
        for path in ["/", "/tasks", "/tasks/new", task, "/scripts", "/videos", "/videos/new", "/connection", "/activity", "/nowhere"] {
            let page = try await client.get(path).page
            #expect(page.element(id: "attention")?.mentions(words) == true, "\(path)")
            #expect(page.element(id: "attention")?.mentions("Try again") == true, "\(path)")
        }
        for path in [task, second] {
            #expect(try await ["queued", "sending", "running", "succeeded"].contains(client.get(path).page.state))
        }
        #expect(try await client.get("/connection").page.main?.mentions("\(code)") == true)
        let before = try await pair.stats.creates
        #expect(before <= 1)
        try await client.press("/connection", at: "/connection", adding: ["action": "retry"])
        for path in [task, second] { try await client.wait(for: "succeeded", at: path) }
        #expect(try await pair.stats.creates == 2)
        #expect(try await !client.get("/").text.contains("Nothing is sent:"))
    }

    @Test func `a start with a mended token lets the queue go on`() async throws {
        var pair = try await Pair(pace: 1, appToken: "a-token-that-was-revoked-1")
        let task = try await pair.app.client.askForScripts()
        _ = try await eventually("the token is refused") {
            try await pair.app.client.get(task).page.element(id: "attention")?.mentions("access token") == true ? true : nil
        }
        #expect(try await pair.app.client.get(task).page.state == "queued")
        var launch = pair.app.launch
        launch.environment["TIKTOK_ACCESS_TOKEN"] = Pair.token
        pair.app.process.kill()
        pair.app = try await Program(launch)
        try await pair.app.client.wait(for: "succeeded", at: task)
        // Before it was known that the token is none, the brief may have been tried once.
        #expect(try await pair.stats.creates == 1)
        #expect(try await pair.stats.creates_refused <= 1)
    }
}
