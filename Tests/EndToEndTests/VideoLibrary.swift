import Foundation
import Testing

/// What becomes of videos after the upload: names, search, archive, a second try, and the record of who confirmed the notice.
@Suite(.program, .timeLimit(.minutes(3)))
struct VideoLibrary {
    @Test func `a video has a name that can be changed, and is found by it`() async throws {
        let client = try Program.shared.client
        try await client.upload([UploadedFile(name: "rename-me.mp4", content: TinyVideo.mp4)])
        let (path, _) = try await client.video("rename-me.mp4")
        var form = try await client.form(at: path, action: path + "/rename")
        try form.fill("name", "  Läufer im\tRegen ")
        #expect(try await client.submit(form).destination == path)
        #expect(try await client.get("/videos?q=l%C3%A4ufer+im+regen").page.rows.count == 1)
        #expect(try await client.get("/videos?q=%25").page.rows.isEmpty)
        form = try await client.form(at: path, action: path + "/rename")
        try form.fill("name", " \t ")
        let refused = try await client.submit(form)
        #expect(refused.status == 422 && refused.page.root.first { $0["name"] == "name" }?["aria-invalid"] == "true")
        #expect(try await client.get(path).page.root.first { $0.name == "h1" }?.text == "Läufer im Regen")
    }

    @Test func `an archived video leaves the list and new briefs, and comes back`() async throws {
        let client = try Program.shared.client
        try await client.upload([UploadedFile(name: "put-away.mp4", content: TinyVideo.mp4)])
        let (path, _) = try await client.video("put-away.mp4")
        let id = path.dropFirst("/videos/".count)
        func isOffered() async throws -> Bool {
            try await client.form(at: "/tasks/new").offered("media_list.video_id_list").contains(String(id))
        }
        #expect(try await isOffered())
        #expect(try await client.submit(client.form(at: path, action: path + "/archive")).destination == path)
        #expect(try await client.states(of: "put-away.mp4") == [])
        #expect(try await !isOffered())
        #expect(try await client.get("/videos?archived=1").page.rows.count { $0.mentions("put-away.mp4") } == 1)
        #expect(try await client.submit(client.form(at: path, action: path + "/restore")).destination == path)
        #expect(try await client.states(of: "put-away.mp4") == ["ready"])
        #expect(try await isOffered())
    }

    @Test func `an upload that failed is tried again, and the list is filtered by state`() async throws {
        let pair = try await Pair()
        defer { pair.app.process.kill() }
        let client = pair.app.client
        try await pair.fail("upload", code: 40905)
        var form = try await client.videoForm()
        try form.fill("video_url", "https://cdn.example.com/second-try.mp4")
        _ = try await client.submit(form).destination
        _ = try await eventually("it has failed") { try await client.states(of: "second-try.mp4") == ["failed"] ? true : nil }
        #expect(try await client.get("/videos?state=failed").page.rows.count == 1)
        #expect(try await client.get("/videos?state=ready").page.rows.isEmpty)
        let (path, page) = try await client.video("second-try.mp4")
        #expect(page.root.text.contains("40905"))
        #expect(try await client.submit(client.form(at: path, action: path + "/again")).destination == path)
        _ = try await eventually("it is ready") { try await client.get(path).page.state == "ready" ? true : nil }
        await #expect(throws: Failure.self) { try await client.form(at: path, action: path + "/again") }
    }

    @Test func `a brief waits for its video by name and goes out when it is ready`() async throws {
        let pair = try await Pair()
        var app = pair.app
        defer { app.process.kill() }
        #expect(try await pair.sandbox.terminate() == .exited(0))
        var form = try await app.client.videoForm()
        try form.fill("video_url", "https://cdn.example.com/late-lamp.mp4")
        _ = try await app.client.submit(form).destination
        var brief = try await app.client.productBrief()
        try brief.tick("media_list.video_id_list")
        let task = try await app.client.submit(brief).destination
        let waiting = try await app.client.wait(for: "waiting", at: task)
        #expect(waiting.main?.text.contains("“late-lamp.mp4” is still uploading") == true)
        let sandbox = try await Program(.sandbox(token: Pair.token, port: pair.sandbox.port, ["--pace", "1"]))
        defer { sandbox.process.kill() }
        // A start tries at once what a pause would try later.
        app = try await app.restarted()
        try await app.client.wait(for: "succeeded", at: task, within: .seconds(120))
        #expect(try await sandbox.client.get("/control/creates").text.contains("video_id_list"))
        let (_, video) = try await app.client.video("late-lamp.mp4")
        #expect(video.root.first { $0["href"] == task } != nil, "the video names the brief that uses it")
    }

    @Test func `a brief whose video cannot be uploaded says which`() async throws {
        let pair = try await Pair()
        defer { pair.app.process.kill() }
        let client = pair.app.client
        // Not yet, twice, and then for good: some seconds in which the brief is written.
        for code in [40901, 40901, 40906] { try await pair.fail("upload", code: code) }
        var form = try await client.videoForm()
        try form.fill("video_url", "https://cdn.example.com/broken-lamp.mp4")
        _ = try await client.submit(form).destination
        var brief = try await client.productBrief()
        try brief.tick("media_list.video_id_list")
        let page = try await client.wait(for: "failed", at: client.submit(brief).destination)
        #expect(page.main?.text.contains("“broken-lamp.mp4” could not be uploaded.") == true)
    }

    @Test func `a video that task creation refuses is marked, and so are the briefs that wait for it`() async throws {
        var pair = try await Pair()
        pair.app.process.kill()
        // One create a minute: the second brief still waits when the first is refused.
        var launch = try Pair.app(base: pair.sandbox.address)
        launch.arguments = launch.arguments.map { $0 == "60" ? "1" : $0 }
        let app = try await Program(launch)
        pair.app = app
        defer { app.process.kill() }
        for code in [40901, 40901] { try await pair.fail("upload", code: code) }
        var form = try await app.client.videoForm()
        try form.fill("video_url", "https://cdn.example.com/rejected-lamp.mp4")
        _ = try await app.client.submit(form).destination
        var tasks: [String] = []
        for _ in 0..<2 {
            var brief = try await app.client.productBrief()
            try brief.tick("media_list.video_id_list")
            tasks.append(try await app.client.submit(brief).destination)
        }
        for task in tasks {
            let page = try await app.client.wait(for: "failed", at: task)
            #expect(page.main?.text.contains("“rejected-lamp.mp4” was rejected by the service.") == true)
        }
        #expect(try await pair.stats.creates == 0)
        #expect(try await app.client.states(of: "rejected-lamp.mp4") == ["rejected"])
        #expect(try await app.client.video("rejected-lamp.mp4").page.root.text.contains("40053"))
    }

    @Test func `every acknowledgement is listed and exported`() async throws {
        let app = try await Program(.serve(["--pace", "1", "--creates-per-minute", "60"]))
        defer { app.process.kill() }
        try await app.client.upload([UploadedFile(name: "=1+1, \"quoted\".mp4", content: TinyVideo.mp4)])
        let task = try await app.client.askForScripts()
        let page = try await app.client.get("/acknowledgements").page
        let rows = page.root.all { $0.name == "tr" }.dropFirst().map {
            $0.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { $0.contains("this computer") && $0.contains("version 1") && $0.contains("127.0.0.1") })
        #expect(page.root.first { $0["href"] == task } != nil)
        let file = try await app.client.get("/acknowledgements.csv")
        #expect(file["Content-Type"] == "text/csv; charset=utf-8" && file["Content-Disposition"]?.contains("attachment") == true)
        let lines = file.text.split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines.contains { $0.hasSuffix(",this computer,127.0.0.1,1,video,\"'=1+1, \"\"quoted\"\".mp4\",/videos/1") })
        // That they left is written down, and nothing went wrong.
        #expect(try await app.client.get("/audit").page.main?.mentions("the acknowledgements") == true)
        #expect(!app.process.errors.contains("level=error"))
    }
}

extension Pair {
    /// Lets a call of this kind fail with a code; several come one after another.
    func fail(_ endpoint: String, code: Int) async throws {
        let fault = #"{"endpoint": "\#(endpoint)", "kind": "code", "code": \#(code)}"#
        let answer = try await Exchange(
            method: "POST", target: "/control/faults",
            headers: [("Host", "127.0.0.1:\(sandbox.port)"), ("Content-Type", "application/json")], body: Array(fault.utf8)
        ).perform(port: sandbox.port)
        guard answer.status == 204 else { throw Failure("/control/faults: \(answer.status) \(answer.text)") }
    }
}
