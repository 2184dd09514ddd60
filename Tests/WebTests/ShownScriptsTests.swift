import Domain
import HTTP
import Store
import Testing

@testable import Web

@Suite struct `The list of all scripts` {
    let test: TestSite

    init() async throws {
        test = try TestSite()
        _ = try await test.connect()
    }

    private func add(_ id: String) async throws {
        try await test.write { transaction throws(StoreError) in
            _ = try transaction.database.run(
                "INSERT INTO script (connection_id, remote_id, title, text, created) VALUES (1, ?1, ?1, 'Walk on.', 1)", id)
        }
    }

    private func titles(_ path: String = "/scripts", session: String? = nil) async -> [String] {
        Markup(Array(await test.send(.get(path, session: session)).text.utf8)).all("strong").map { $0.attributes["id"] ?? "" }
    }

    @Test func `shows every change, whoever made it`() async throws {
        try await add("first")
        #expect(await titles() == ["t1"])
        #expect(await titles() == ["t1"])
        try await add("second")
        #expect(await titles() == ["t2", "t1"])
        #expect(await titles("/scripts?before=2") == ["t1"])
        try test.writeBehindItsBack("UPDATE script SET title = 'third' WHERE id = 1")
        #expect(await test.send(.get("/scripts?before=2")).text.contains("third"))
        #expect(await test.send(.get("/scripts")).text.contains("third"))
        try test.writeBehindItsBack("UPDATE script SET trashed = 1 WHERE id = 2")
        #expect(await titles() == ["t1"])
    }

    @Test func `is the same for two members, but for what is theirs`() async throws {
        try await add("first")
        let ada = try await test.signIn(try await test.addMember(.admin, name: "Ada Lovelace"))
        let ben = try await test.signIn(try await test.addMember(.writer, name: "Ben Writer"))
        for (session, own, other) in [(ada, "Ada Lovelace", "Ben Writer"), (ben, "Ben Writer", "Ada Lovelace")] {
            let page = await test.send(.get("/scripts", session: session)).text
            #expect(page.contains(own) && !page.contains(other))
            #expect(page.contains(try test.formToken(session: session)))
            #expect(await titles(session: session) == ["t1"])
        }
        let tokens = (try test.formToken(session: ada), try test.formToken(session: ben))
        #expect(await !test.send(.get("/scripts", session: ben)).text.contains(tokens.0))
        #expect(await !test.send(.get("/scripts", session: ada)).text.contains(tokens.1))
    }

    @Test func `has its buttons for who may sort, whoever looked before`() async throws {
        try await add("first")
        let ada = try await test.signIn(try await test.addMember(.admin, name: "Ada Lovelace"))
        let ben = try await test.signIn(try await test.addMember(.viewer, name: "Ben Viewer"))
        for _ in 1...2 {
            #expect(await test.send(.get("/scripts", session: ada)).text.contains("name=\"star\""))
            #expect(await !test.send(.get("/scripts", session: ben)).text.contains("name=\"star\""))
        }
    }

    @Test func `weighs 30 kB at most, with fifty scripts on it`() async throws {
        for number in 1...51 { try await add("number \(number)") }
        try test.writeBehindItsBack(
            "UPDATE script SET title = 'Noch eine Runde durch den Regen', text = 'Du wolltest längst umkehren. ' || hex(zeroblob(200))")
        let page = await test.send(.get("/scripts")).text
        #expect(page.utf8.count <= 30_000 && page.split(separator: "<li id=").count == 51, "\(page.utf8.count)")
    }
}
