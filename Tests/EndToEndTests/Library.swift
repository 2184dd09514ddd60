import Foundation
import Testing

/// Finding, bettering and sorting out scripts, through the pages.
@Suite(.program, .timeLimit(.minutes(3)))
struct Library {
    private let client: Client

    init() throws {
        client = try Program.shared.client
    }

    /// A finished task about a product of this name; its scripts' paths.
    private func scripts(about name: String, language: String = "en") async throws -> [String] {
        var form = try await client.productBrief()
        try form.fill(["product_info.name": name, "script_info.script_language": language])
        let task = try await client.submit(form).destination
        return try await client.wait(for: "succeeded", at: task).scripts
    }

    private func results(_ address: String) async throws -> [String] {
        let page = try await client.get(address).page
        return page.element(id: "results")?.all { $0.name == "a" }.compactMap { $0["href"] }.filter { $0.contains(/^\/scripts\/[0-9]+$/) }
            ?? []
    }

    /// Does something to scripts as the list's form does.
    private func sort(_ scripts: [String], back: String = "/scripts", _ fields: [(String, String)]) async throws -> Answer {
        var form = try await client.form(at: "/scripts", action: "/scripts/sort")
        form.remove("tag")
        form.remove("approval")
        form.remove("comment")
        form.remove("format")
        for script in scripts { form.add("script", String(script.split(separator: "/").last ?? "")) }
        for (name, value) in fields { form.forge(name, value) }
        return try await client.submit(form)
    }

    @Test func `words and filters in the address find scripts, marked, and the address can be shared`() async throws {
        let german = try await scripts(about: "Größenwahn Lampe", language: "de")
        _ = try await scripts(about: "Quiet Fan")
        let found = try await results("/scripts?q=grossenwahn")
        #expect(Set(found) == Set(german))
        #expect(try await results("/scripts?q=grossenwahn&language=de&source=product&product=gr%C3%B6%C3%9Fenwahn+lampe") == found)
        #expect(try await results("/scripts?q=grossenwahn&language=fr") == [])
        let page = try await client.get("/scripts?q=grossenwahn&language=de").page
        let marks = page.root.all { $0.name == "mark" }.map(\.text)
        #expect(!marks.isEmpty && marks.allSatisfy { $0.hasPrefix("Größenwahn") })
        #expect(page.root.first { $0.name == "option" && $0["value"] == "de" && $0["selected"] != nil } != nil)
        #expect(try await client.get("/scripts?q=&language=de&tone=")["Location"] == "/scripts?language=de")
        let counts = try await client.get("/scripts/counts?q=grossenwahn")
        #expect(counts["Content-Type"] == "application/json")
        #expect(counts.text.contains(#"{"count":"3","label":"German","value":"de"}"#))
        #expect(counts.text.contains(#"{"count":"0","label":"French","value":"fr"}"#))
    }

    @Test(arguments: ["from=2026-02-30", "language=tlh", "author=me", "approval=maybe", "task=x"])
    func `a filter that cannot be read is told, and loses nothing of the rest`(query: String) async throws {
        let answer = try await client.get("/scripts?q=lamp&\(query)")
        #expect(answer.status == 422)
        #expect(answer.page.root.first { $0["id"] == "q" }?["value"] == "lamp")
        #expect(answer.page.root.first { $0["class"] == "mistakes" } != nil)
    }

    @Test func `what is done to many scripts at once is taken back at once`() async throws {
        let scripts = try await scripts(about: "Bulk Lantern")
        let done = try await sort(scripts, back: "/scripts?q=bulk", [("action", "tag"), ("tag", "for <Monday> & co")]).destination
        #expect(Set(try await results("/scripts?tag=FOR+monday+co")) == Set(scripts))
        let page = try await client.get(done).page
        #expect(page.element(id: "done")?.text.contains("3 scripts") == true)
        let undo = try page.form(action: "/scripts/undo", at: done)
        _ = try await client.submit(undo).destination
        #expect(try await results("/scripts?tag=for+monday+co") == [])
        #expect(try await client.submit(undo).status == 409)

        _ = try await sort([scripts[0]], [("star", String(scripts[0].dropFirst("/scripts/".count)))]).destination
        #expect(try await results("/scripts?q=bulk&starred=1") == [scripts[0]])
        _ = try await sort(scripts, [("action", "approval"), ("approval", "approved"), ("comment", "ship it")]).destination
        #expect(try await results("/scripts?q=bulk&approval=approved").count == 3)
        #expect(try await client.get(scripts[1]).text.contains("ship it"))
    }

    @Test func `a way back that leads elsewhere is not taken`() async throws {
        let scripts = try await scripts(about: "Way Back")
        for hostile in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"] {
            var form = try await client.form(at: "/scripts", action: "/scripts/sort")
            form.remove("back")
            form.forge("back", hostile)
            form.forge("star", String(scripts[0].dropFirst("/scripts/".count)))
            let location = try #require(try await client.submit(form)["Location"])
            #expect(location.hasPrefix("/scripts"))
        }
    }

    @Test func `the trash hides a script everywhere and gives it back`() async throws {
        let scripts = try await scripts(about: "Doomed Lantern")
        _ = try await sort([scripts[0]], [("action", "trash")]).destination
        #expect(try await !results("/scripts?q=doomed").contains(scripts[0]))
        #expect(try await client.get("/scripts/trash").text.contains("At the service nothing is deleted"))
        #expect(try await client.get(scripts[0]).text.contains("in the trash"))
        #expect(try await client.get(scripts[0] + "/edit").status == 404)
        #expect(try await client.get("/api/v1" + scripts[0]).status == 404)
        _ = try await sort([scripts[0]], [("action", "restore")]).destination
        #expect(try await results("/scripts?q=doomed").contains(scripts[0]))
    }

    @Test func `two people who edit at once are told, and nothing is overwritten`() async throws {
        let script = try await scripts(about: "Shared Lantern")[0]
        var hers = try await client.form(at: script + "/edit")
        var his = hers
        try hers.fill(["text": "Her words stand.", "reason": "clearer"])
        try his.fill(["title": "His title", "text": "His words wait."])
        #expect(try await client.submit(hers).destination == script)

        let answer = try await client.submit(his)
        #expect(answer.status == 409)
        let told = answer.page
        #expect(told.root.text.contains("Somebody saved another version"))
        #expect(told.element(id: "text")?.text == "His words wait.")
        #expect(told.root.all { $0.name == "del" }.map(\.text).joined().contains("Her"))
        #expect(try await client.get(script).text.contains("Her words stand."))

        // Saying so once more puts his on top; hers stays.
        let again = try told.form(action: script + "/edit", at: script)
        #expect(try await client.submit(again).destination == script)
        let versions = try await client.get(script + "/versions?from=2&to=3").page
        #expect(versions.root.all { $0.name == "ins" }.map(\.text).joined().contains("His"))
        let restore = try versions.form(action: script + "/restore", at: script)
        _ = try await client.submit(restore).destination
        let page = try await client.get(script).page
        #expect(
            page.element(
                id: script.dropFirst().split(separator: "/").map { $0 == "scripts" ? "script" : String($0) }.joined(separator: "-"))?[
                    "data-revision"] == "yellow")
    }

    @Test func `an edit that cannot be kept comes back as it was typed`() async throws {
        let script = try await scripts(about: "Empty Lantern")[0]
        var form = try await client.form(at: script + "/edit")
        try form.fill(["title": " ", "text": "Words & <b>more</b>", "reason": String(repeating: "x", count: 501)])
        let answer = try await client.submit(form)
        #expect(answer.status == 422)
        #expect(answer.page.element(id: "text")?.text == "Words & <b>more</b>")
        #expect(answer.text.contains("Write the title."))
        #expect(answer.text.contains("Shorten the reason to 500"))
    }

    @Test func `more like this begins from the script's brief`() async throws {
        let script = try await scripts(about: "Model Lantern", language: "de")[0]
        let page = try await client.get("/tasks/new?like=\(script.dropFirst("/scripts/".count))").page
        #expect(page.element(id: "product_info.name")?["value"] == "Model Lantern")
        #expect(page.root.text.contains("not"))
        #expect(page.element(id: "notice_acknowledged")?["checked"] == nil)

        var form = try await client.form(at: "/tasks/new")
        try form.fill([
            "script_source": "CUSTOM", "custom_prompt": "A runner loses the trail at dusk, then switches the lamp on.",
            "script_generation_count": "1",
        ])
        let task = try await client.submit(form).destination
        let prompted = try #require(try await client.wait(for: "succeeded", at: task).scripts.first)
        #expect(try await client.get(prompted).text.contains("not stated"))
        let like = try await client.get("/tasks/new?like=\(prompted.dropFirst("/scripts/".count))").page
        let prompt = try #require(like.element(id: "custom_prompt")?.text)
        #expect(prompt.contains("A runner loses the trail") && prompt.contains("in the manner of this one"))
        #expect(like.root.text.contains("in English"))
    }
}
