import Testing

/// The program may end at any moment: what was asked for is done after the next start, and done once.
@Suite(.timeLimit(.minutes(5)))
struct Interruptions {
    @Test func `killed while tasks run, it ends them after the next start, and each was asked for once`() async throws {
        var pair = try await Pair(pace: 4)
        let tasks = [try await pair.app.client.askForScripts(), try await pair.app.client.askForScripts()]
        for task in tasks { try await pair.app.client.wait(for: "running", "succeeded", at: task) }
        pair.app = try await pair.app.restarted()
        for task in tasks {
            let page = try await pair.app.client.wait(for: "succeeded", at: task)
            #expect(page.scripts.count == 3)
        }
        #expect(try await pair.stats == Pair.Stats(uploads: 0, creates: 2, creates_refused: 0))
        let body = try await pair.creates
        #expect(body.matches(of: /"price"\s*:\s*39\.90\s*[,}]/).count == 2)
    }

    @Test func `what was answered with a task is there after a kill at once`() async throws {
        var app = try await Program(.serve())
        for _ in 0..<3 {
            let task = try await app.client.askForScripts()
            app = try await app.restarted()
            #expect(try await app.client.get(task).page.main?.mentions("Trail Lamp 300") == true)
        }
    }

    @Test func `killed while the service is away, it sends its queue once the service is back`() async throws {
        let pair = try await Pair()
        var app = pair.app
        #expect(try await pair.sandbox.terminate() == .exited(0))
        let task = try await app.client.askForScripts()
        // The first try has to be over: a kill in the middle of a call leaves it unconfirmed, which another test looks at.
        try await Task.sleep(for: .seconds(1))
        try await app.client.wait(for: "queued", at: task)
        app = try await app.restarted()
        #expect(["queued", "sending"].contains(try await app.client.get(task).page.state))
        let sandbox = try await Program(.sandbox(token: Pair.token, port: pair.sandbox.port, ["--pace", "2"]))
        try await app.client.wait(for: "succeeded", at: task, within: .seconds(150))
        #expect(try await sandbox.client.get("/control/creates").text.matches(of: /"script_source"/).count == 1)
    }

    @Test func `the sandbox inside goes on with its tasks after a kill`() async throws {
        var app = try await Program(.serve(["--pace", "6"]))
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "running", at: task)
        app = try await app.restarted()
        #expect(try await app.client.wait(for: "succeeded", at: task).scripts.count == 3)
    }
}

extension InTheBrowser {
    @Suite struct Stop {
        @Test func `SIGTERM ends the program with 0 while a page listens to its events`() async throws {
            let app = try await Program(.serve(["--pace", "30"]))
            let task = try await app.client.askForScripts()
            try await Browser.open { browser in
                try await browser.go(to: app.url(task))
                _ = try await eventually("the page's event stream is open", within: .seconds(20)) {
                    try await browser.networkEvents().contains { $0.contains("text/event-stream") } ? true : nil
                }
                #expect(try await app.terminate(within: .seconds(8)) == .exited(0))
            }
        }
    }
}
