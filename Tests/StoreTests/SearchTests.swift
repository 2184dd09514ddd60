import Domain
import Testing

@testable import Store

/// The search for the scripts of a brief whose answer was lost.
struct SearchTests {
    /// A task that was sent at 100 s and whose answer was lost.
    private func lostTask(_ store: TestStore, form: Int = 1) async throws -> GenerationTask {
        let id = try await store.newTask(form: form)
        let create = try #require(try await store.claimCreate(at: .at(100)))
        try await store.record(create, .unknown(reason: "lost"), event: .answerLost(reason: "lost"), at: .at(101))
        return try store.task(id)
    }

    /// Walks the list if a walk is due.
    private func walk(_ store: TestStore, at now: Timestamp, _ ids: Int..., pages: Int = 1) async throws -> Bool {
        let claimed = try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.claimListing(on: connection, now: now)
        }
        guard let claimed else { return false }
        try await record(store, claimed, .listed(ids.map { .number($0) }, pages: pages), at: now)
        return true
    }

    private func record(_ store: TestStore, _ listing: ClaimedListing, _ progress: ListingProgress, at now: Timestamp) async throws {
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.record(listing, .done(.ok, detail: ""), progress: progress, on: connection, now: now)
        }
    }

    private func refresh(_ store: TestStore, at now: Timestamp) async throws {
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.refreshListing(on: connection, now: now)
        }
    }

    private func search(_ store: TestStore, _ task: GenerationTask) throws -> ScriptSearch {
        try store.read { database throws(StoreError) in try database.findSearch(for: task) }
    }

    @Test func `comes after the time a task usually needs, and then ever later`() async throws {
        let store = try await TestStore()
        let task = try await lostTask(store)
        #expect(try search(store, task).next == .at(160))
        #expect(try await !walk(store, at: .at(159)))
        #expect(try await walk(store, at: .at(160)))
        #expect(try search(store, task).last == .at(160))
        #expect(try search(store, task).next == .at(160 + 120))
        #expect(try await walk(store, at: .at(280)))
        #expect(try await walk(store, at: .at(280 + 600)))
        #expect(try await walk(store, at: .at(880 + 3_600)))
        #expect(try search(store, task).next == nil)
        // A person may ask for more.
        try await store.write { transaction throws(StoreError) in try transaction.requestSearch(for: task.id, now: .at(9_000)) }
        #expect(try search(store, task).next == .at(9_000))
    }

    @Test func `a walk that waits to try again is not begun anew`() async throws {
        let store = try await TestStore()
        try await refresh(store, at: .at(0))
        let listing = try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.claimListing(on: connection, now: .at(0))
        }
        try await record(store, try #require(listing), .again(due: .at(30)), at: .at(1))
        try await refresh(store, at: .at(2))
        #expect(try await !walk(store, at: .at(2)))
        #expect(try await walk(store, at: .at(30)))
    }

    @Test func `offers what has appeared since the brief was sent and no task of ours knows`() async throws {
        let store = try await TestStore()
        let other = try await store.runningTask(form: 9)
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .success, scripts: [.number(1)])
        #expect(try store.task(other).state.name == .succeeded)
        try await refresh(store, at: .at(50))
        #expect(try await walk(store, at: .at(50), 1, 2))
        let task = try await lostTask(store)
        try await store.write { transaction throws(StoreError) in try transaction.requestSearch(for: task.id, now: .at(110)) }
        #expect(try await walk(store, at: .at(110), 1, 2, 3, 4))
        let found = try search(store, task)
        #expect(found.candidates.map(\.remoteID) == ["s3", "s4"])
        #expect(found.candidates[0].text == RemoteScript.number(3).text)
        #expect(!found.waitsForOthers && found.trouble == nil)
    }

    @Test func `keeps back what may belong to a brief that is being written`() async throws {
        let store = try await TestStore()
        let task = try await lostTask(store)
        try await store.write { transaction throws(StoreError) in try transaction.requestSearch(for: task.id, now: .at(110)) }
        #expect(try await walk(store, at: .at(110), 1))
        _ = try await store.newTask(form: 2)
        let create = try #require(try await store.claimCreate(at: .at(120)))
        try await store.record(create, .done(.ok, detail: ""), event: .created(remoteID: "t2"), at: .at(121))
        try await store.write { transaction throws(StoreError) in try transaction.requestSearch(for: task.id, now: .at(130)) }
        #expect(try await walk(store, at: .at(130), 1, 2))
        #expect(try search(store, task).candidates.map(\.remoteID) == ["s1"])
        #expect(try search(store, task).waitsForOthers)
        let poll = try #require(try await store.claimPoll(at: .at(140)))
        try await store.record(poll, status: .success, scripts: [.number(2)], at: .at(140))
        #expect(try search(store, task).candidates.map(\.remoteID) == ["s1"])
        #expect(try !search(store, task).waitsForOthers)
    }

    @Test func `ends when a person adopts some, and those are offered to nobody else`() async throws {
        let store = try await TestStore()
        let (first, second) = (try await lostTask(store, form: 1), try await lostTask(store, form: 2))
        try await store.write { transaction throws(StoreError) in try transaction.requestSearch(for: first.id, now: .at(110)) }
        #expect(try await walk(store, at: .at(110), 1, 2, 3))
        #expect(try search(store, second).candidates.count == 3)
        let adopted = try await store.write { transaction throws(StoreError) in
            try transaction.adopt(["s1", "s3", "nonsense"], for: first.id, now: .at(120))
        }
        #expect(adopted == 2)
        #expect(try store.scripts(of: first.id).map(\.remoteID) == ["s1", "s3"])
        #expect(try store.task(first.id).state == .succeeded(.adopted, closedByPerson: true))
        #expect(try search(store, first).next == nil)
        #expect(try search(store, second).candidates.map(\.remoteID) == ["s2"])
        // Late, or twice, it does nothing.
        let again = try await store.write { transaction throws(StoreError) in
            try transaction.adopt(["s2"], for: first.id, now: .at(121))
        }
        #expect(again == 0)
        let nothing = try await store.write { transaction throws(StoreError) in try transaction.adopt([], for: second.id, now: .at(121)) }
        #expect(nothing == 0)
        #expect(try store.task(second.id).state.name == .unconfirmed)
    }

    @Test func `is over when the brief is sent again`() async throws {
        let store = try await TestStore()
        let task = try await lostTask(store)
        #expect(try await store.apply(.sentAgain, to: task.id, at: .at(120)) == .queued)
        #expect(try await !walk(store, at: .at(10_000)))
    }

    @Test func `goes on with the page it was at after a crash, and gives up what cannot be read`() async throws {
        let store = try await TestStore()
        let task = try await lostTask(store)
        #expect(try await walk(store, at: .at(160), 1, pages: 3))
        let second = try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.claimListing(on: connection, now: .at(161))
        }
        #expect(second?.page == 2)
        try await store.recover(at: .at(200))
        for attempt in 2...RemoteCommand.mostAttempts {
            let claimed = try await store.write { [connection = store.connection] transaction throws(StoreError) in
                try transaction.claimListing(on: connection, now: .at(300))
            }
            let listing = try #require(claimed)
            #expect(listing.page == 2 && listing.attempts == attempt)
            try await record(store, listing, .again(due: .at(300)), at: .at(300))
        }
        #expect(try search(store, task).trouble != nil)
    }

    @Test func `the picture of what is there is renewed after an hour, not before`() async throws {
        let store = try await TestStore()
        try await refresh(store, at: .at(0))
        try await refresh(store, at: .at(1))
        #expect(try await walk(store, at: .at(1), 1, 2))
        #expect(try await !walk(store, at: .at(1)))
        try await refresh(store, at: .at(3_600))
        #expect(try await !walk(store, at: .at(3_600)))
        try await refresh(store, at: .at(3_602))
        #expect(try await walk(store, at: .at(3_602), 1, 2, 3))
        // Words are kept only while somebody looks for them.
        #expect(try store.count("SELECT count(*) FROM listed_script WHERE text IS NOT NULL") == 0)
        #expect(try store.count("SELECT count(*) FROM listed_script") == 3)
    }
}
