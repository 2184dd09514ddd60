import Foundation
import Testing

/// Scripts as they leave the house.
@Suite(.program, .timeLimit(.minutes(3)))
struct Downloads {
    private static let titles = [
        "=HYPERLINK(\"http://evil.example\",\"x\")", "+1", "-2+3", "@SUM(A1)", "\tTab", "Plain, with comma", "Quote \" and <b>markup</b>",
    ]
    private static let text = "Line one\nline two, \"quoted\"\n\n=cmd|' /C calc'!A0 <script>alert(1)</script> **bold** [a](http://b) é đ"

    private let client: Client

    init() throws {
        client = try Program.shared.client
    }

    /// Scripts whose titles and texts try to be more than text.
    private func hostileScripts() async throws -> [(path: String, title: String)] {
        var found: [(String, String)] = []
        let task = try await client.askForScripts()
        let more = try await client.askForScripts()
        let last = try await client.askForScripts()
        var paths: [String] = []
        for task in [task, more, last] { paths += try await client.wait(for: "succeeded", at: task).scripts }
        for (path, title) in zip(paths, Self.titles) {
            var form = try await client.form(at: path + "/edit")
            try form.fill(["title": title, "text": Self.text])
            _ = try await client.submit(form).destination
            found.append((path, title.trimmingCharacters(in: .whitespaces)))
        }
        return found
    }

    private func run(_ python: String, _ arguments: [String], in folder: ScratchFolder) async throws -> String {
        let process = try ChildProcess(
            URL(filePath: "/usr/bin/env"), ["python3", "-c", python] + arguments, environment: ProcessInfo.processInfo.environment,
            output: folder.url)
        guard try await process.end(within: .seconds(30)) == .exited(0) else { throw Failure(process.errors) }
        return process.output
    }

    @Test func `CSV is read back by Python to the byte, and holds no formula`() async throws {
        let scripts = try await hostileScripts()
        let query = scripts.map { "script=\($0.path.dropFirst("/scripts/".count))" }.joined(separator: "&")
        let answer = try await client.get("/scripts/download?format=csv&\(query)")
        #expect(answer.status == 200)
        #expect(answer["Content-Disposition"]?.hasPrefix("attachment; filename=\"scripts-") == true)
        #expect(answer.body.starts(with: [0xEF, 0xBB, 0xBF]))
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "scripts.csv")
        try Data(answer.body).write(to: file)
        let read = try await run(
            """
            import csv, io, json, sys
            raw = open(sys.argv[1], "rb").read()
            rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\\r\\n").writerows(rows)
            assert out.getvalue().encode("utf-8-sig") == raw, "written anew, it is another file"
            print(json.dumps(rows))
            """, [file.path], in: folder)
        let rows = try JSONDecoder().decode([[String]].self, from: Data(read.utf8))
        #expect(rows.count == scripts.count + 1)
        #expect(rows[0].prefix(4) == ["id", "script_id", "title", "text"])
        for (path, title) in scripts {
            let row = try #require(rows.first { $0[0] == String(path.dropFirst("/scripts/".count)) })
            let isFormula = title.first.map { "=+-@".contains($0) } ?? false
            #expect(row[2] == (isFormula ? "'" + title : title))
            #expect(row[3] == Self.text)
            #expect(row[12].hasPrefix("AI-generated"))
            for field in row { #expect(!(field.first.map { "=+-@\t\r".contains($0) } ?? false), "\(field)") }
        }
    }

    @Test func `text, Markdown and JSON keep every word, mark it as made by AI and let no markup through`() async throws {
        let (path, title) = try #require(try await hostileScripts().last)
        let id = path.dropFirst("/scripts/".count)
        let page = try await client.get(path).page
        let remote = try #require(page.root.first { $0.name == "dd" && $0["class"] == "code" }?.text)

        let text = try await client.get("/scripts/download?script=\(id)&format=txt")
        #expect(text.text.contains(title) && text.text.contains(Self.text))
        let markdown = try await client.get("/scripts/download?script=\(id)&format=md")
        #expect(!markdown.text.contains("<script>") && !markdown.text.contains("**bold**") && !markdown.text.contains("](http"))
        #expect(markdown.text.contains("\\*\\*bold\\*\\*"))
        let json = try await client.get("/scripts/download?script=\(id)&format=json")
        let scripts = try #require(try JSONSerialization.jsonObject(with: Data(json.body)) as? [[String: Any]])
        #expect(scripts.first?["text"] as? String == Self.text)
        #expect(scripts.first?["ai_generated"] as? Bool == true)
        for answer in [text, markdown, json] {
            #expect(answer.text.contains("AI-generated") || answer.text.contains("\"ai_generated\":true"))
            #expect(answer.text.replacing("\\", with: "").contains(remote))
            #expect(answer["Content-Type"]?.contains("html") == false)
            #expect(answer["X-Content-Type-Options"] == "nosniff")
        }
        #expect(try await client.get("/scripts/download?script=\(id)&format=exe").status == 404)
    }

    @Test func `markup in titles, texts, tags and notes is text on every page`() async throws {
        let hostile = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>"
        let script = try #require(try await client.wait(for: "succeeded", at: client.askForScripts()).scripts.first)
        let id = String(script.dropFirst("/scripts/".count))
        var edit = try await client.form(at: script + "/edit")
        try edit.fill(["title": hostile, "text": hostile, "reason": hostile])
        _ = try await client.submit(edit).destination
        var note = try await client.form(at: script, action: script + "/notes")
        try note.fill("note", hostile)
        _ = try await client.submit(note).destination
        var sort = try await client.form(at: script, action: "/scripts/sort")
        for (name, value) in [("action", "tag"), ("tag", String(hostile.prefix(60)))] { sort.forge(name, value) }
        _ = try await client.submit(sort).destination

        let task = try #require(
            try await client.get(script).page.root.first { $0["href"]?.hasPrefix("/tasks/") == true && $0["href"] != "/tasks/new" }?["href"]
        )
        let paths = [
            script, script + "/edit", script + "/versions", script + "/prompter", "/scripts", "/scripts?q=alert", "/scripts/tags",
            "/scripts/print?script=\(id)", "/tasks/new?like=\(id)", task, "/",
        ]
        for path in paths {
            let answer = try await client.get(path)
            #expect(answer.status == 200, "\(path)")
            #expect(!answer.text.contains("<script>alert") && !answer.text.contains("<img src=x"), "\(path)")
        }
        #expect(try await client.get(script).page.root.text.contains(hostile))
    }
}
