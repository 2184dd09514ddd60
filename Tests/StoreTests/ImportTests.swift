import Domain
import Store
import Testing

struct ImportTests {
    private func request(_ store: TestStore, fromStart: Bool = true) async throws {
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.requestImport(on: connection, fromStart: fromStart, by: Member.thisComputer.id, now: .start)
        }
    }

    private func claim(_ store: TestStore, at now: Timestamp) async throws -> ClaimedImport? {
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.claimImport(on: connection, now: now)
        }
    }

    private func record(
        _ store: TestStore, _ claimed: ClaimedImport, _ progress: ListingProgress, _ result: CallResult = .done(.ok, detail: ""),
        at now: Timestamp
    ) async throws {
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.record(claimed, result, progress: progress, on: connection, now: now)
        }
    }

    private func run(_ store: TestStore) throws -> ScriptImport {
        try #require(try store.read { database throws(StoreError) in try database.findImport(on: store.connection) })
    }

    /// A whole walk over one page of these.
    private func bringIn(_ store: TestStore, _ scripts: [RemoteScript], at now: Timestamp) async throws {
        try await request(store)
        let page = try #require(try await claim(store, at: now))
        try await record(store, page, .listed(scripts, pages: 1), at: now)
        #expect(try run(store).state == .done)
    }

    @Test func `a walk goes page by page, and what is new is kept without a language or a task`() async throws {
        let store = try await TestStore()
        try await request(store)
        try await request(store)
        let first = try #require(try await claim(store, at: .at(1)))
        #expect(first.page == 1)
        #expect(try await claim(store, at: .at(1)) == nil)
        try await record(store, first, .listed([.number(1), .number(2)], pages: 2), at: .at(2))
        #expect(try await claim(store, at: .at(2)) == nil)
        let second = try #require(try await claim(store, at: .at(3)))
        #expect(second.page == 2)
        try await record(store, second, .listed([.number(2), .number(3)], pages: 2), at: .at(4))
        let run = try run(store)
        #expect((run.state, run.seen, run.added, run.changed) == (.done, 4, 3, 0))
        let all = try store.read { database throws(StoreError) in try database.findScripts(limit: 9) }
        #expect(all.map(\.script.remoteID) == ["s3", "s2", "s1"])
        #expect(all.allSatisfy { $0.language == nil && $0.source == nil && $0.script.task == nil && $0.kind == .sandbox })
        var query = ScriptQuery()
        (query.source, query.language) = (.account, .notStated)
        #expect(try store.find(query).count == 3)
        try await store.checkIndex()
    }

    @Test func `a known script gets a version only when the service's text is another one`() async throws {
        let store = try await TestStore()
        let ids = try await store.deliver(form: 1, [.number(1), .number(2), .number(3)])
        _ = try await store.edit(ids[1], from: 1, "our own words", title: "Script 2")
        try await store.sort([ids[2]], .trash)
        try await bringIn(store, [.number(1), .number(2), .number(3, text: "other")], at: .at(5))
        #expect((try run(store).added, try run(store).changed) == (0, 0))
        #expect(try store.record(ids[1]).script.text == "our own words")

        try await bringIn(store, [.number(1, text: "new at the service"), .number(2, text: "new as well")], at: .at(9))
        #expect(try run(store).changed == 2)
        let versions = try store.versions(of: ids[1])
        #expect(versions.map(\.text) == [RemoteScript.number(2).text, "our own words", "new as well"])
        #expect(versions.last?.origin == .service)
        #expect(versions.last?.member == nil)
        try await bringIn(store, [.number(1, text: "new at the service")], at: .at(20))
        #expect(try run(store).changed == 0)
    }

    @Test func `a walk that broke off or was stopped goes on at its page`() async throws {
        let store = try await TestStore()
        try await request(store)
        let first = try #require(try await claim(store, at: .at(1)))
        try await record(store, first, .listed([.number(1)], pages: 3), at: .at(1))
        var now = Timestamp.at(2)
        for attempt in 1...ScriptImport.mostAttempts {
            let page = try #require(try await claim(store, at: now))
            #expect((page.page, page.attempts) == (2, attempt))
            try await record(store, page, .again(due: now + .seconds(1)), .notSent(reason: "no network"), at: now)
            now = now + .seconds(2)
        }
        #expect(try run(store).state == .failed)
        #expect(try run(store).canGoOn)
        try await request(store, fromStart: false)
        let again = try #require(try await claim(store, at: now))
        #expect(again.page == 2)
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.stopImport(on: connection, now: .at(60))
        }
        // The answer of the call that ran meanwhile is kept.
        try await record(store, again, .listed([.number(2)], pages: 3), at: .at(61))
        #expect(try run(store).state == .stopped)
        #expect(try store.read { database throws(StoreError) in try database.findScripts(limit: 9) }.count == 2)
        try await request(store, fromStart: false)
        #expect(try await claim(store, at: .at(70))?.page == 3)
    }

    @Test func `a start goes on with what the last run was in the middle of`() async throws {
        let store = try await TestStore()
        try await request(store)
        _ = try #require(try await claim(store, at: .at(1)))
        try await store.recover(at: .at(100))
        #expect(try await claim(store, at: .at(100))?.page == 1)
    }

    @Test func `a script that was imported before its task told of it becomes the task's`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        try await bringIn(store, [.number(1)], at: .at(1))
        let poll = try #require(try await store.claimPoll(at: .at(2)))
        try await store.record(poll, status: .success, scripts: [.number(1), .number(2)], at: .at(2))
        let scripts = try store.scripts(of: task)
        #expect(scripts.map(\.remoteID) == ["s1", "s2"])
        #expect(scripts.map(\.position) == [1, 2])
        #expect(try store.count("SELECT count(*) FROM script") == 2)
        var query = ScriptQuery()
        query.language = .stated(.english)
        #expect(try store.find(query).count == 2)
        try await store.checkIndex()
    }
}
