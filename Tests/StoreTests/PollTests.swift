import Domain
import Store
import Testing

struct PollTests {
    @Test func `scripts and state are recorded together`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll(at: .at(5)))
        _ = store.news
        try await store.record(poll, status: .partialSuccess, scripts: [.number(1), .number(2)], due: .at(10), at: .at(6))
        #expect(try store.scripts(of: task).map(\.remoteID) == ["s1", "s2"])
        #expect(try store.scripts(of: task).map(\.position) == [1, 2])
        #expect(try store.scripts(of: task).map(\.created) == [.at(6), .at(6)])
        #expect(try store.task(task).state.remote?.status == .partialSuccess)
        #expect(try store.task(task).lastScript == .at(6))
        #expect(store.news == [.task(task)])
    }

    @Test func `a script that is here stays as it came, in whatever order and words it comes again`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let first = try #require(try await store.claimPoll())
        try await store.record(first, status: .partialSuccess, scripts: [.number(1)], at: .at(1))
        let second = try #require(try await store.claimPoll(at: .at(2)))
        try await store.record(
            second, status: .partialSuccess, scripts: [.number(3), .number(1, text: "Changed."), .number(3)], at: .at(2))
        let third = try #require(try await store.claimPoll(at: .at(3)))
        try await store.record(third, status: .success, scripts: [.number(2)], due: nil, at: .at(3))
        let scripts = try store.scripts(of: task)
        #expect(scripts.map(\.remoteID) == ["s1", "s3", "s2"])
        #expect(scripts.map(\.position) == [1, 2, 3])
        #expect(scripts.first?.text == RemoteScript.number(1).text)
        #expect(try store.task(task).state == .succeeded(RemoteTask(id: "t1", status: .success), closedByPerson: false))
        #expect(try store.task(task).ended == .at(3))
    }

    @Test func `a poll without news moves neither the last script nor the end`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let first = try #require(try await store.claimPoll())
        try await store.record(first, status: .partialSuccess, scripts: [.number(1)], at: .at(1))
        let second = try #require(try await store.claimPoll(at: .at(2)))
        try await store.record(second, status: .partialSuccess, scripts: [.number(1)], at: .at(2))
        #expect(try store.task(task).lastScript == .at(1))
        #expect(try store.task(task).ended == nil)
    }

    @Test func `the same remote id under two tasks is two scripts`() async throws {
        let store = try await TestStore()
        let tasks = [try await store.runningTask(form: 1), try await store.runningTask(form: 2)]
        for _ in tasks {
            let poll = try #require(try await store.claimPoll())
            try await store.record(poll, status: .success, scripts: [.number(1)], due: nil)
        }
        for task in tasks { #expect(try store.scripts(of: task).map(\.remoteID) == ["s1"]) }
    }

    @Test func `a task is not due again while its poll runs`() async throws {
        let store = try await TestStore()
        _ = try await store.runningTask(form: 1)
        #expect(try await store.claimPoll() != nil)
        #expect(try await store.claimPoll(at: .at(20)) == nil)
    }

    @Test func `a poll that failed keeps the state and counts its attempts until one succeeds`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        for attempt in 1...3 {
            let poll = try #require(try await store.claimPoll())
            #expect(poll.attempts == attempt)
            try await store.write { transaction throws(StoreError) in
                try transaction.record(poll, .unknown(reason: "silence"), events: [], due: .start, now: .start)
            }
        }
        #expect(try store.task(task).state.name == .running)
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .processing)
        #expect(try await store.claimPoll()?.attempts == 1)
    }

    @Test func `a stalled task is asked about only when a person asks, and keeps its end`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll())
        try await store.write { transaction throws(StoreError) in
            try transaction.record(
                poll, .done(.ok, detail: ""), events: [.polled(.processing), .dayPassed], due: nil, now: .at(100))
        }
        #expect(try store.task(task).state.name == .stalled)
        #expect(try await store.claimPoll(at: .at(1_000_000_000)) == nil)
        try await store.write { transaction throws(StoreError) in try transaction.requestPoll(of: task, now: .at(200)) }
        let asked = try #require(try await store.claimPoll(at: .at(200)))
        try await store.record(asked, status: .processing, scripts: [.number(1)], due: nil, at: .at(201))
        #expect(try store.task(task).state.name == .stalled)
        #expect(try store.task(task).ended == .at(100))
        #expect(try store.scripts(of: task).count == 1)
    }

    @Test func `a poll that a person closed the task under leaves the end alone`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll())
        _ = try await store.apply(.closed, to: task, at: .at(5))
        try await store.record(poll, status: .processing, due: .at(10), at: .at(6))
        #expect(try store.task(task).state == .succeeded(RemoteTask(id: "t1", status: .submitted), closedByPerson: true))
        #expect(try store.task(task).ended == .at(5))
        #expect(try await store.claimPoll(at: .at(99)) == nil)
    }

    @Test func `a request to poll a task that cannot bring anything does nothing`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        _ = store.news
        try await store.write { transaction throws(StoreError) in try transaction.requestPoll(of: task, now: .start) }
        #expect(store.news.isEmpty)
        #expect(try await store.claimPoll() == nil)
    }

    @Test func `the worker learns when to look again`() async throws {
        let store = try await TestStore()
        func next() async throws -> (brief: Timestamp?, other: Timestamp?) {
            try await store.write { [connection = store.connection] transaction throws(StoreError) in
                try transaction.database.findNextDue(on: connection)
            }
        }
        #expect(try await next() == (nil, nil))
        _ = try await store.newTask(form: 1, at: .at(4))
        #expect(try await next() == (.at(4), nil))
        let create = try #require(try await store.claimCreate(at: .at(4)))
        try await store.record(create, .done(.ok, detail: ""), event: .created(remoteID: "t"), due: .at(9))
        #expect(try await next() == (nil, .at(9)))
        _ = try await store.submitVideos(form: 2, "a.mp4", at: .at(6))
        #expect(try await next() == (nil, .at(6)))
    }
}
