import Foundation
import Testing

/// The access token as an admin gives it on the page of the connection.
@Suite(.timeLimit(.minutes(3)))
struct GivenToken {
    @Test func `goes live at once, stays over a restart, is never shown again, and is taken back`() async throws {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1"]))
        let launch = try Program.Launch.serve(
            ["--pace", "1", "--creates-per-minute", "60"], environment: ["TIKTOK_API_BASE": sandbox.address.absoluteString])
        var app = try await Program(launch)
        let sample = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: sample)

        let wrong = try await app.client.submit(["action": "token", "access_token": "two words", "app_id": "x"], at: "/connection")
        #expect(wrong.status == 422 && wrong.text.contains("single word") && wrong.text.contains("is a number"))
        #expect(!wrong.text.contains("two words"))
        let given = try await app.client.submit(["action": "token", "access_token": Pair.token, "app_id": "7301"], at: "/connection")
        #expect(try given.destination == "/connection")
        try await app.client.waitForConnection("Live · 7301")
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: task)
        #expect(try await app.client.get(sample).text.contains("From the sandbox."))

        app = try await app.restarted()
        let page = try await app.client.get("/connection").text
        #expect(page.contains("Live · 7301") && page.contains("…\(Pair.token.suffix(4))"))
        for path in ["/connection", "/audit", "/", task] { #expect(try await !app.client.get(path).text.contains(Pair.token), "\(path)") }
        let back = try await app.client.submit(["action": "sandbox"], at: "/connection")
        #expect(try back.destination == "/connection")
        try await app.client.waitForConnection("Sandbox")
        let again = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: again)
        #expect(try await sandbox.client.get("/control/creates").text.matches(of: /"script_source"/).count == 1)
        #expect(try await app.terminate() == .exited(0))

        let log = app.process.output + app.process.errors
        #expect(!log.contains(Pair.token))
        let names = try FileManager.default.subpathsOfDirectory(atPath: app.data.path)
        let knowing = names.filter { name in
            (try? Data(contentsOf: app.data.appending(path: name)))?.range(of: Data(Pair.token.utf8)) != nil
        }
        #expect(knowing == ["secrets.json"])
        let mode = try FileManager.default.attributesOfItem(atPath: app.data.appending(path: "secrets.json").path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func `cannot be changed where the environment sets it`() async throws {
        let pair = try await Pair()
        let client = pair.app.client
        let page = try await client.get("/connection").text
        #expect(
            page.contains("TIKTOK_ACCESS_TOKEN") && page.contains("…\(Pair.token.suffix(4))") && !page.contains("name=\"access_token\""))
        let refused = try await client.submit(["action": "token", "access_token": "another-token-of-somebody"], at: "/connection")
        #expect(refused.status == 404)
    }

    @Test(arguments: [Pair.token, "revoked-token-that-nobody-may-see-77"])
    func `is tested by one harmless call, whose answer is said in plain words`(token: String) async throws {
        let pair = try await Pair(appToken: token)
        let client = pair.app.client
        #expect(try await client.submit(["action": "test"], at: "/connection").destination == "/connection")
        let tested = try await eventually("the answer is on the page") {
            let page = try await client.get("/connection").page
            let tested = page.element(id: "tested")
            return tested?["class"] == "outcome" ? nil : tested
        }
        #expect(tested.text.contains(token == Pair.token ? "are in order" : "token"), "\(tested.text)")
        #expect(tested["class"]?.contains(token == Pair.token ? "good" : "bad") == true)
        #expect(!tested.text.contains(token))
        let stats = try await pair.stats
        #expect(stats == Pair.Stats(uploads: 0, creates: 0, creates_refused: 0))
    }
}

extension Client {
    fileprivate func waitForConnection(_ name: String) async throws {
        _ = try await eventually("the connection is \(name)") {
            try await get("/connection").page.root.first { $0["class"] == "badge" }?.text == name ? true : nil
        }
    }
}
