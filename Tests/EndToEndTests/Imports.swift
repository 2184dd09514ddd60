import Testing

/// Scripts of the account that were made elsewhere.
@Suite(.timeLimit(.minutes(3)))
struct Imports {
    @Test func `an app brings in what another one had written, and a second time nothing`() async throws {
        let pair = try await Pair()
        let client = pair.app.client
        let made = try await client.wait(for: "succeeded", at: client.askForScripts()).scripts
        let second = try await Program(Pair.app(base: pair.sandbox.address))
        let other = second.client

        _ = try await other.submit(action("start", on: other)).destination
        let first = try await ended(on: other)
        #expect(first.element(id: "run-added")?.text == "\(made.count)")
        let list = try await other.get("/scripts").page
        let imported =
            list.element(id: "results")?.all { $0.name == "a" }.compactMap { $0["href"] }.filter { $0.contains(/^\/scripts\/\d+$/) } ?? []
        #expect(imported.count == made.count)
        let script = try await other.get(try #require(imported.first)).page
        #expect(script.root.text.contains("imported from the account"))
        #expect(script.root.text.contains("not stated"))
        #expect(script.root.first { $0["class"] == "script" }?["lang"] == "")
        let titles = try await pair.app.client.get("/scripts").page.root.all { $0.name == "strong" }.map(\.text)
        #expect(titles.contains(script.root.first { $0.name == "h1" }?.text ?? "none"))

        _ = try await other.submit(action("start", on: other)).destination
        let again = try await ended(on: other)
        #expect(again.element(id: "run-added")?.text == "0")
        #expect(again.element(id: "run-changed")?.text == "0")
    }

    private func action(_ name: String, on client: Client) async throws -> Form {
        var form = try await client.form(at: "/scripts/import")
        form.forge("action", name)
        return form
    }

    private func ended(on client: Client) async throws -> Page {
        try await eventually("the import ends") {
            let page = try await client.get("/scripts/import").page
            return page.element(id: "run-state")?.text == "done" ? page : nil
        }
    }
}
