import Foundation
import Testing

/// The sandbox and each live developer app keep to themselves, and a token that nobody knows sends nothing before a person has spoken.
@Suite(.timeLimit(.minutes(3)))
struct Connections {
    @Test func `going from the sandbox to live mixes nothing`() async throws {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1"]))
        var launch = try Program.Launch.serve(["--pace", "1", "--creates-per-minute", "60"])
        var app = try await Program(launch)
        let video = "https://cdn.example.com/only-on-the-sandbox.mp4"
        try await app.client.upload([video])
        let task = try await app.client.askForScripts()
        let script = try #require(try await app.client.wait(for: "succeeded", at: task).scripts.first)
        #expect(try await app.client.get("/tasks/new").text.contains("only-on-the-sandbox.mp4"))
        #expect(try await app.terminate() == .exited(0))

        launch.environment = live(at: sandbox, token: Pair.token)
        app = try await Program(launch)
        #expect(app.process.output.contains("(live)"))
        #expect(try await !app.client.get("/tasks/new").text.contains("only-on-the-sandbox.mp4"))
        #expect(try await app.client.get(task).text.contains("From the sandbox."))
        #expect(try await app.client.get(script).text.contains("sample, not written by TikTok"))

        let second = try await app.client.askForScripts()
        let written = try await app.client.wait(for: "succeeded", at: second)
        let text = try await app.client.get(try #require(written.scripts.first)).text
        #expect(!text.contains("sample, not written by TikTok"))
    }

    @Test(arguments: ["same", "new"])
    func `a token that nobody knows sends nothing before a person has said whose it is`(answer: String) async throws {
        let other = "another-token-that-nobody-may-see-22"
        var sandbox = try await Program(.sandbox(token: Pair.token, port: Program.Launch.steadyPort, ["--pace", "1"]))
        var launch = try Program.Launch.serve(["--creates-per-minute", "60"])
        launch.environment = live(at: sandbox, token: Pair.token)
        var app = try await Program(launch)
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: task)
        #expect(try await app.terminate() == .exited(0))
        #expect(try await sandbox.terminate() == .exited(0))

        // The same address, so the same connections; another token, so nobody can tell which developer app.
        sandbox = try await Program(.sandbox(token: other, port: sandbox.port, ["--pace", "1"]))
        launch.environment = live(at: sandbox, token: other)
        app = try await Program(launch)
        #expect(try await app.client.get("/").text.contains("the same developer app, or a new one?"))
        let refused = try await app.client.submit(app.client.productBrief())
        #expect(refused.status == 422)
        #expect(try refused.page.form(action: "/tasks/new", at: "/tasks/new").values("product_info.name") == ["Trail Lamp 300"])

        var form = try await app.client.form(at: "/connection")
        form.forge("action", answer)
        #expect(try await app.client.submit(form).destination == "/connection")
        let second = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: second)
        #expect(try await app.client.get(task).text.contains("From another connection.") == (answer == "new"))
        #expect(try await sandbox.client.get("/control/creates").text.matches(of: /"script_source"/).count == 1)

        // Answered once: the next start knows the token.
        app = try await app.restarted()
        #expect(try await !app.client.get("/").text.contains("the same developer app, or a new one?"))
    }

    private func live(at sandbox: Program, token: String) -> [String: String] {
        ["TIKTOK_ACCESS_TOKEN": token, "TIKTOK_API_BASE": sandbox.address.absoluteString]
    }
}
