import Foundation
import Testing

/// From a file on somebody's desk to the stock library.
@Suite(.program, .timeLimit(.minutes(3)))
struct VideoFiles {
    @Test(arguments: [
        ("lamp-a.mp4", "video/mp4", "0:24 · 9:16 · 144 × 256"), ("lamp-b.mov", "video/quicktime", "0:30 · 16:9 · 256 × 144"),
        ("lamp-c.mpeg", "video/mpeg", "9:16 · 144 × 256"), ("lamp-d.avi", "video/x-msvideo", "0:20 · 16:9 · 256 × 144"),
    ])
    func `a file of each format is read, served and taken in by the service`(name: String, type: String, facts: String) async throws {
        let client = try Program.shared.client
        let files = ["mp4": TinyVideo.mp4, "mov": TinyVideo.mov, "mpeg": TinyVideo.mpeg, "avi": TinyVideo.avi]
        let content = try #require(files[String(name.split(separator: ".")[1])])
        try await client.upload([UploadedFile(name: name, content: content)])
        #expect(try await client.video(name).page.root.text.contains(facts))
        let served = try await client.get(client.media(of: name))
        #expect(served.status == 200 && served["Content-Type"] == type && served.body == content)
        #expect(served["X-Content-Type-Options"] == "nosniff")
    }

    @Test func `what is no video, is cut off or empty is refused by name, and nothing of it is kept`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        defer { app.process.kill() }
        let text = Array("Dear colleague,\nthis is a letter.\n".utf8)
        let files = [
            UploadedFile(name: "letter.mp4", content: text), UploadedFile(name: "half.mp4", content: Array(TinyVideo.mp4.dropLast(100))),
            UploadedFile(name: "nothing.mov", content: []), UploadedFile(name: "good.mp4", content: TinyVideo.mp4),
        ]
        let answer = try await app.client.submit(app.client.videoForm(), files)
        #expect(answer.status == 422)
        let mistakes = answer.page.root.all { $0.name == "li" && $0.first { $0["href"] == "#video_file" } != nil }.map(\.text)
        #expect(mistakes.count == 3)
        #expect(mistakes[0].contains("letter.mp4") && mistakes[0].contains("text"))
        #expect(mistakes[1].contains("half.mp4") && mistakes[1].contains("middle"))
        #expect(mistakes[2].contains("nothing.mov") && mistakes[2].contains("empty"))
        #expect(answer.page.root.first { $0["name"] == "notice_acknowledged" }?["checked"] != nil)
        #expect(try await app.client.get("/videos").page.rows.isEmpty)
        // A spool goes after the answer.
        _ = try await eventually("nothing is kept") {
            try app.files(in: "media").isEmpty && app.files(in: "spool").isEmpty ? true : nil
        }
    }

    @Test func `without the notice no file is kept`() async throws {
        let app = try await Program(.serve())
        defer { app.process.kill() }
        let form = try await app.client.form(at: "/videos/new")
        let answer = try await app.client.submit(form, [UploadedFile(name: "a.mp4", content: TinyVideo.mp4)])
        #expect(answer.status == 422 && answer.page.root.first { $0["href"] == "#notice_acknowledged" } != nil)
        #expect(try app.files(in: "media").isEmpty)
    }

    @Test func `a form that is not ours, or none, is refused whatever it carries`() async throws {
        let app = try await Program(.serve())
        defer { app.process.kill() }
        var form = try await app.client.videoForm()
        form.forge("csrf_token", "somebody-else")
        #expect(try await app.client.submit(form, [UploadedFile(name: "a.mp4", content: TinyVideo.mp4)]).status == 403)
        for (type, status) in [("multipart/form-data; boundary=x", 400), ("application/json", 415)] {
            let answer = try await Exchange(
                method: "POST", target: "/videos/new",
                headers: [("Host", app.client.host), ("Origin", "http://\(app.client.host)"), ("Content-Type", type)], zeros: 200_000
            ).perform(port: app.port)
            #expect(answer.status == status && answer.page.title?.contains("Scriptorium") == true)
        }
        // A spool goes after the answer.
        _ = try await eventually("nothing is kept") {
            try app.files(in: "media").isEmpty && app.files(in: "spool").isEmpty ? true : nil
        }
    }

    @Test func `files and addresses go in one form`() async throws {
        let client = try Program.shared.client
        var form = try await client.videoForm()
        try form.fill("video_url", "https://cdn.example.com/beside.mp4")
        _ = try await client.submit(form, [UploadedFile(name: "together.mp4", content: TinyVideo.mp4)]).destination
        for name in ["beside.mp4", "together.mp4"] {
            _ = try await eventually("\(name) is ready") { try await client.states(of: name) == ["ready"] ? true : nil }
        }
    }

    @Test func `the same file twice is two videos, the same form twice is one`() async throws {
        let client = try Program.shared.client
        let file = UploadedFile(name: "twice.mp4", content: TinyVideo.mp4)
        try await client.upload([file])
        let first = try await client.media(of: "twice.mp4")
        let form = try await client.videoForm()
        for _ in 0..<2 { #expect(try await client.submit(form, [file]).status == 303) }
        _ = try await eventually("both are ready") { try await client.states(of: "twice.mp4") == ["ready", "ready"] ? true : nil }
        #expect(try await client.media(of: "twice.mp4") != first)
        #expect(try await client.get(first).body == TinyVideo.mp4)
    }

    @Test(arguments: [
        ("sa\"y <b>hi & 'bye'.mp4", "sa\"y <b>hi & 'bye'.mp4"), ("../../etc/passwd.mp4", "passwd.mp4"),
        ("C:\\Users\\mara\\rain.mp4", "rain.mp4"), ("two\r\nlines.mp4", "two lines.mp4"), ("🔦 läuft 夜.mp4", "🔦 läuft 夜.mp4"),
        (String(repeating: "n", count: 300) + ".mp4", String(repeating: "n", count: 190)), ("\u{202E}4pm.exe", "4pm.exe"), (".mp4", ".mp4"),
    ])
    func `a name may hold anything and goes nowhere but into the page`(name: String, shown: String) async throws {
        let client = try Program.shared.client
        _ = try await client.submit(client.videoForm(), [UploadedFile(name: name, content: TinyVideo.mp4)]).destination
        let row = try #require(try await client.get("/videos").page.rows.first { $0.text.contains(shown) })
        #expect(!row.text.contains("\u{202E}") && row.first { $0.name == "b" } == nil)
        let id = try #require(row["id"]?.split(separator: "-").last)
        _ = try await eventually("\(name) is ready") { try await client.get("/videos/\(id)").page.state == "ready" ? true : nil }
        let media = try #require(try await client.get("/videos/\(id)").page.root.first { $0.text.hasPrefix("/media/") && $0.name == "dd" })
            .text
        #expect(media.wholeMatch(of: /\/media\/[0-9a-z]{26}\/[a-z0-9-]{1,60}\.mp4/) != nil)
        #expect(try await client.get(media).status == 200)
    }

    @Test func `a file is served in parts, by its tag, and by its whole address only`() async throws {
        let client = try Program.shared.client
        try await client.upload([UploadedFile(name: "parts.mp4", content: TinyVideo.mp4)])
        let path = try await client.media(of: "parts.mp4")
        let size = TinyVideo.mp4.count
        func get(_ fields: [(String, String)], method: String = "GET") async throws -> Answer {
            try await Exchange(method: method, target: path, headers: [("Host", client.host)] + fields).perform(port: client.port)
        }
        let whole = try await get([])
        #expect(whole["Accept-Ranges"] == "bytes" && whole["Content-Length"] == "\(size)")
        for (range, bytes) in [
            ("0-0", 0..<1), ("100-299", 100..<300), ("\(size - 5)-", size - 5..<size), ("-7", size - 7..<size), ("50-99999999", 50..<size),
        ] {
            let part = try await get([("Range", "bytes=\(range)")])
            #expect(part.status == 206 && part.body == Array(TinyVideo.mp4[bytes]))
            #expect(part["Content-Range"] == "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(size)")
        }
        #expect(try await get([("Range", "bytes=\(size)-")]).status == 416)
        let tag = try #require(whole["ETag"])
        #expect(try await get([("If-None-Match", tag)]).status == 304)
        #expect(try await get([("Range", "bytes=0-9"), ("If-Range", "\"other\"")]).status == 200)
        let head = try await get([], method: "HEAD")
        #expect(head.status == 200 && head["Content-Length"] == "\(size)" && head.body.isEmpty)
        #expect(try await get([], method: "POST").status == 405)

        let key = path.split(separator: "/")[1]
        for wrong in [
            "/media/", "/media/\(key)", "/media/\(key)/", "/media/\(key)/other.mp4", "/media/\(key)/PARTS.mp4",
            "/media/x\(key.dropFirst())/parts.mp4",
            "/media/../secrets.json", "/media/%2e%2e/secrets.json", "/media/..%2f\(key)/parts.mp4", "/media/incoming-\(key)/parts.mp4",
        ] {
            #expect(try await client.get(wrong).status == 404, "\(wrong)")
        }
    }
}

extension Program {
    /// The names in a folder of the data folder.
    func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: data.appending(path: folder).path).sorted()
    }
}
