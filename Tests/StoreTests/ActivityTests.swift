import Domain
import Testing

@testable import Store

/// The log of calls, as it is shown, counted and pruned.
struct ActivityTests {
    /// A store with three calls: a create that was refused, a poll that succeeded, and an upload whose answer was lost.
    private func busy() async throws -> (TestStore, GenerationTask.ID, Video.ID) {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll(at: .at(5)))
        try await store.record(poll, status: .partialSuccess, scripts: [.number(1)], at: .at(6))
        let second = try await store.newTask(form: 2, at: .at(7))
        let create = try #require(try await store.claimCreate(at: .at(8)))
        #expect(create.task == second)
        try await store.record(create, .refused(.code(40_002)), event: .refused(.code(40_002)), at: .at(9))
        let video = try await store.newVideo(form: 3)
        let upload = try #require(try await store.claimUpload(at: .at(10)))
        try await store.record(upload, .unknown(reason: "lost"), state: .queued, due: .at(99), at: .at(11))
        return (store, task, video)
    }

    private func activity(_ store: TestStore, _ filter: ActivityFilter, before: Call.ID? = nil, limit: Int = 50) throws -> [ActivityEntry] {
        try store.read { database throws(StoreError) in try database.findActivity(filter, before: before, limit: limit) }
    }

    @Test func `shows every call with what it was for, newest first`() async throws {
        let (store, task, video) = try await busy()
        let all = try activity(store, .all)
        #expect(all.map(\.call.endpoint) == [.upload, .create, .get, .create])
        #expect(all[0].video == video && all[0].task == nil)
        #expect(all[2].task == task && all[2].video == nil)
        #expect(all[1].call.result == .refused(.code(40_002)))
    }

    @Test func `keeps to one way of ending`() async throws {
        let (store, _, _) = try await busy()
        #expect(try activity(store, .ended(.done)).map(\.call.endpoint) == [.get, .create])
        #expect(try activity(store, .ended(.refused)).map(\.call.endpoint) == [.create])
        #expect(try activity(store, .ended(.unknown)).map(\.call.endpoint) == [.upload])
        #expect(try activity(store, .ended(.unsent)).isEmpty)
        #expect(try activity(store, .running).isEmpty)
        _ = try await store.newTask(form: 4)
        _ = try await store.claimCreate(at: .at(20))
        #expect(try activity(store, .running).map(\.call.endpoint) == [.create])
    }

    @Test func `is read page by page, each call once`() async throws {
        let (store, _, _) = try await busy()
        var ids: [Call.ID] = []
        while true {
            let page = try activity(store, .all, before: ids.last, limit: 3)
            if page.isEmpty { break }
            ids += page.map(\.call.id)
        }
        #expect(ids.map(\.rawValue) == [4, 3, 2, 1])
    }

    @Test func `counts briefs, waits and troubles`() async throws {
        let (store, _, _) = try await busy()
        let today = Int(Timestamp.start.milliseconds / 86_400_000)
        let (days, waits, troubles) = try store.read { database throws(StoreError) in
            (
                try database.countTasks(onEachOf: today...today), try database.findTimesToFirstScript(limit: 100),
                try database.countTroubles(since: .start)
            )
        }
        #expect(days == [2])
        #expect(waits == [.seconds(6)])
        #expect(
            Set(troubles) == [
                TroubleCount(result: .refused, code: 40_002, count: 1), TroubleCount(result: .unknown, code: nil, count: 1),
            ])
        #expect(try store.read { database throws(StoreError) in try database.countTroubles(since: .at(10)) }.map(\.result) == [.unknown])
    }

    @Test func `counts briefs day by day, those of no day among them`() async throws {
        let store = try await TestStore()
        let day = 86_400, today = Int(Timestamp.start.milliseconds / 86_400_000)
        let untilMidnight = day - Int(Timestamp.start.milliseconds / 1_000) % day
        #expect(try store.read { database throws(StoreError) in try database.countTasks(onEachOf: today...today + 1) } == [0, 0])
        for (form, second) in [0, untilMidnight - 1, untilMidnight, untilMidnight + 2 * day, untilMidnight + 9 * day].enumerated() {
            _ = try await store.newTask(form: form, at: .at(Double(second)))
        }
        let counts = try store.read { database throws(StoreError) in try database.countTasks(onEachOf: today - 1...today + 4) }
        #expect(counts == [0, 2, 1, 0, 1, 0])
    }

    @Test func `forgets calls after ninety days, some at a time, and none that still runs`() async throws {
        let (store, _, _) = try await busy()
        _ = try await store.newTask(form: 4)
        _ = try await store.claimCreate(at: .at(12))
        let end = Transaction.callsAreKept
        func prune(at now: Timestamp) async throws -> Bool {
            try await store.write { transaction throws(StoreError) in try transaction.pruneCalls(now: now) }
        }
        #expect(try await !prune(at: .at(5) + end))
        #expect(try activity(store, .all).map(\.call.endpoint) == [.create, .upload, .create, .get])
        #expect(try await !prune(at: .at(100) + end))
        #expect(try activity(store, .all).map(\.call.endpoint) == [.create])
        try await store.write { transaction throws(StoreError) in
            for _ in 0..<1_500 {
                let call = try transaction.beginCall(.get, connection: store.connection, now: .start)
                try transaction.endCall(call, .notSent(reason: ""), now: .start)
            }
        }
        #expect(try await prune(at: .at(5) + end))
        #expect(try activity(store, .ended(.unsent), limit: 5_000).count == 500)
        #expect(try await !prune(at: .at(5) + end))
        #expect(try activity(store, .ended(.unsent)).isEmpty)
    }
}
