import Domain
import Store
import Testing

struct ConnectionTests {
    private let base = "https://business-api.tiktok.com/open_api/v1.3"

    private func current(_ store: TestStore) throws -> CurrentConnection? {
        try store.read { database throws(StoreError) in try database.findCurrentConnection() }
    }

    private func ensure(_ store: TestStore, app: String) async throws -> Connection.ID {
        try await store.write { [base] transaction throws(StoreError) in
            try transaction.ensureConnection(kind: .live, base: base, appID: app, now: .start)
        }
    }

    private func connection(_ store: TestStore, _ id: Connection.ID) throws -> Connection {
        try #require(try store.read { database throws(StoreError) in try database.findConnection(id) })
    }

    @Test func `one base and developer app is one connection`() async throws {
        let store = try await TestStore()
        let one = try await ensure(store, app: "1")
        #expect(try await ensure(store, app: "1") == one)
        let two = try await ensure(store, app: "2")
        #expect(two != one)
        #expect(try connection(store, two) == Connection(id: two, kind: .live, base: base, appID: "2", state: .working))
        let live = try store.read { [base] database throws(StoreError) in try database.findLiveConnections(base: base) }
        #expect(live.map(\.id) == [two, one])
        #expect(try store.read { database throws(StoreError) in try database.findLiveConnections(base: "https://elsewhere") }.isEmpty)
    }

    @Test func `another connection is used at once, and pages are told`() async throws {
        let store = try await TestStore()
        #expect(try current(store)?.connection?.kind == .sandbox)
        let live = try await ensure(store, app: "1")
        try await store.write { transaction throws(StoreError) in try transaction.useConnection(live) }
        #expect(try current(store)?.connection?.id == live)
        #expect(store.news == [.connection])
    }

    @Test func `while a question is open there is no connection to call`() async throws {
        let store = try await TestStore()
        let known = try await ensure(store, app: "1")
        try await store.write { transaction throws(StoreError) in try transaction.askAboutConnection(candidate: known) }
        #expect(try current(store) == .question(candidate: try connection(store, known)))
        #expect(try current(store)?.connection == nil)
    }

    @Test func `the same app: the connection goes on, and its token is tried`() async throws {
        let store = try await TestStore()
        let known = try await ensure(store, app: "1")
        try await store.write { transaction throws(StoreError) in
            try transaction.recordState(.needsAttention(.code(40105)), of: known)
            try transaction.askAboutConnection(candidate: known)
            try transaction.answerConnectionQuestion(isSameApp: true, newAppID: "new", now: .start)
        }
        #expect(try current(store) == .connection(try connection(store, known)))
        #expect(try connection(store, known).state == .working)
    }

    @Test func `a new app: a connection of its own with the same base, and the old one as it was`() async throws {
        let store = try await TestStore()
        let known = try await ensure(store, app: "1")
        try await store.write { transaction throws(StoreError) in
            try transaction.recordState(.needsAttention(.code(40105)), of: known)
            try transaction.askAboutConnection(candidate: known)
            try transaction.answerConnectionQuestion(isSameApp: false, newAppID: "new", now: .start)
        }
        let now = try #require(try current(store)?.connection)
        #expect(now.id != known)
        #expect((now.base, now.appID, now.kind, now.state) == (base, "new", .live, .working))
        #expect(try connection(store, known).state == .needsAttention(.code(40105)))
    }

    @Test func `an answer without a question changes nothing`() async throws {
        let store = try await TestStore()
        try await store.write { transaction throws(StoreError) in
            try transaction.answerConnectionQuestion(isSameApp: false, newAppID: "new", now: .start)
        }
        #expect(try current(store)?.connection?.id == store.connection)
        #expect(try store.count("SELECT count(*) FROM connection") == 1)
        #expect(store.news.isEmpty)
    }

    @Test func `every state comes back as it went in, and throttles in a row are counted`() async throws {
        let store = try await TestStore()
        let id = store.connection
        let states: [(ConnectionState, throttles: Int)] = [
            (.throttled(until: .at(5)), 1), (.throttled(until: .at(25)), 2), (.working, 0), (.throttled(until: .at(99)), 1),
            (.needsAttention(Refusal(code: 40118, message: "not “listed”", requestID: nil)), 0), (.needsAttention(.code(40105)), 0),
            (.working, 0),
        ]
        for (state, throttles) in states {
            let counted = try await store.write { transaction throws(StoreError) in try transaction.recordState(state, of: id) }
            #expect(counted == throttles)
            #expect(try connection(store, id).state == state)
        }
    }
}
