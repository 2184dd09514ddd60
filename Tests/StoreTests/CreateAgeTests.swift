import Domain
import Store
import Testing

/// The log of calls is the memory of the rate limit.
struct CreateAgeTests {
    private func ages(_ store: TestStore, at now: Timestamp) throws -> [Duration] {
        try store.read { database throws(StoreError) in try database.findCreateAges(of: store.connection, now: now) }.sorted()
    }

    /// Sends a brief at a time and ends its call two seconds later.
    private func send(form: Int, _ store: TestStore, at seconds: Double, _ result: CallResult = .done(.ok, detail: "")) async throws {
        _ = try await store.newTask(form: form)
        let create = try #require(try await store.claimCreate(at: .at(seconds)))
        try await store.record(create, result, event: .created(remoteID: "t\(form)"), at: .at(seconds + 2))
    }

    @Test func `an age counts from the end of the call, and the sixtieth second is over`() async throws {
        let store = try await TestStore()
        try await send(form: 1, store, at: 0)
        try await send(form: 2, store, at: 30)
        #expect(try ages(store, at: .at(40)) == [.seconds(8), .seconds(38)])
        #expect(try ages(store, at: .at(61.999)) == [.milliseconds(29_999), .milliseconds(59_999)])
        #expect(try ages(store, at: .at(62)) == [.seconds(30)])
    }

    @Test func `a call that still runs has the age zero`() async throws {
        let store = try await TestStore()
        _ = try await store.newTask(form: 1)
        _ = try await store.claimCreate()
        #expect(try ages(store, at: .at(500)) == [.zero])
    }

    @Test func `a refused and a lost call count, one that never left does not`() async throws {
        let store = try await TestStore()
        try await send(form: 1, store, at: 0, .refused(.code(40002)))
        try await send(form: 2, store, at: 0, .unknown(reason: ""))
        try await send(form: 3, store, at: 0, .notSent(reason: ""))
        #expect(try ages(store, at: .at(2)) == [.zero, .zero])
    }

    @Test func `other calls and other connections do not count`() async throws {
        let store = try await TestStore()
        _ = try await store.newVideo(form: 1)
        _ = try await store.claimUpload()
        try await send(form: 2, store, at: 0)
        _ = try await store.claimPoll(at: .at(2))
        #expect(try ages(store, at: .at(2)) == [.zero])
        let others = try await store.write { transaction throws(StoreError) in
            let live = try transaction.ensureConnection(kind: .live, base: "https://api.example.com", appID: "7", now: .start)
            return try transaction.database.findCreateAges(of: live, now: .at(2))
        }
        #expect(others.isEmpty)
    }

    @Test func `a clock that was set back makes a call young, not a debt`() async throws {
        let store = try await TestStore()
        try await send(form: 1, store, at: 3_600)
        #expect(try ages(store, at: .at(0)) == [.zero])
    }

    @Test func `a killed call counts for as long as it could have run`() async throws {
        let store = try await TestStore()
        _ = try await store.newTask(form: 1)
        _ = try await store.claimCreate()
        try await store.recover(at: .at(45))
        #expect(try ages(store, at: .at(45)) == [.seconds(15)])
        #expect(try ages(store, at: .at(90)) == [])
    }
}
