import Domain
import Store
import Testing

/// What the worker takes, and what it may write afterwards.
struct ClaimTests {
    @Test func `briefs go out in the order they came, each once`() async throws {
        let store = try await TestStore()
        let tasks = [try await store.newTask(form: 1), try await store.newTask(form: 2)]
        #expect(try await store.claimCreate()?.task == tasks[0])
        #expect(try await store.claimCreate()?.task == tasks[1])
        #expect(try await store.claimCreate() == nil)
    }

    @Test func `before the call is made the task is sending and the call stands open in the log`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        _ = store.news
        let create = try #require(try await store.claimCreate(at: .at(5)))
        #expect(try store.task(task).state == .sending)
        #expect(try store.task(task).sent == .at(5))
        #expect(try store.calls(of: task) == [Call(id: create.call, endpoint: .create, started: .at(5), ended: nil, result: nil)])
        #expect(store.news == [.task(task)])
        #expect(create.attempts == 1)
        #expect(create.brief == (try store.task(task).brief))
    }

    @Test func `a brief whose next attempt is later lets the next one pass`() async throws {
        let store = try await TestStore()
        let (first, second) = (try await store.newTask(form: 1), try await store.newTask(form: 2))
        let create = try #require(try await store.claimCreate())
        try await store.record(create, .notSent(reason: "no network"), event: .turnedAway, due: .at(10))
        #expect(try store.task(first).state == .queued)
        #expect(try store.task(first).sent == nil)
        #expect(try await store.claimCreate(at: .at(9.999))?.task == second)
        #expect(try await store.claimCreate(at: .at(9.999)) == nil)
        let again = try #require(try await store.claimCreate(at: .at(10)))
        #expect(again.task == first)
        #expect(again.attempts == 2)
    }

    @Test func `each connection has its own queue`() async throws {
        let store = try await TestStore()
        _ = try await store.newTask(form: 1)
        _ = try await store.newVideo(form: 2)
        let claimed = try await store.write { transaction throws(StoreError) in
            let live = try transaction.ensureConnection(kind: .live, base: "https://api.example.com", appID: "7", now: .start)
            return (try transaction.claimCreate(on: live, now: .start), try transaction.claimUpload(on: live, now: .start))
        }
        #expect(claimed.0 == nil && claimed.1 == nil)
    }

    @Test func `an answer is recorded with its code and request id, and the first poll waits until it is due`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        let create = try #require(try await store.claimCreate())
        try await store.record(create, .done(.ok, detail: "task t1"), event: .created(remoteID: "t1"), due: .at(8), at: .at(3))
        #expect(try store.task(task).state == .running(RemoteTask(id: "t1", status: .submitted)))
        let call = try #require(try store.calls(of: task).first)
        #expect(call.ended == .at(3))
        #expect(call.result == .done(.ok, detail: "task t1"))
        #expect(try await store.claimPoll(at: .at(7.999)) == nil)
        #expect(try await store.claimPoll(at: .at(8))?.remoteID == "t1")
    }

    @Test func `every result of a call comes back as it went in`() async throws {
        let store = try await TestStore()
        let results: [CallResult] = [
            .done(Receipt(code: 20001, message: "partly", requestID: nil), detail: "SUCCESS"), .refused(.code(40002)),
            .notSent(reason: "no name"), .unknown(reason: "no answer within 20 s"),
        ]
        for (number, result) in results.enumerated() {
            let video = try await store.newVideo(form: number)
            let upload = try #require(try await store.claimUpload())
            try await store.record(upload, result, state: .failed(.noAnswer(reason: "")))
            #expect(try store.calls(of: video).map(\.result) == [result])
        }
    }

    @Test func `an answer that comes late changes neither the call nor the task`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        let create = try #require(try await store.claimCreate())
        try await store.recover(at: .at(60))
        let before = (try store.task(task), try store.calls(of: task))
        _ = store.news
        try await store.record(create, .done(.ok, detail: ""), event: .created(remoteID: "t1"), at: .at(61))
        #expect(try store.task(task) == before.0)
        #expect(try store.calls(of: task) == before.1)
        #expect(store.news.isEmpty)
    }

    @Test func `an event that does not fit the state changes nothing`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        _ = store.news
        for event: TaskEvent in [.cancelled, .videosReady, .claimed, .created(remoteID: "x"), .turnedAway, .sentAgain] {
            #expect(try await store.apply(event, to: task) == nil)
        }
        #expect(try store.task(task).state.remote?.id == "t1")
        #expect(store.news.isEmpty)
        #expect(try await store.apply(.closed, to: GenerationTask.ID(99)) == nil)
    }

    @Test func `the count of briefs ahead is the place in the queue`() async throws {
        let store = try await TestStore()
        var tasks: [GenerationTask.ID] = []
        for form in 1...3 { tasks.append(try await store.newTask(form: form)) }
        let last = try store.task(tasks[2])
        func ahead() throws -> Int { try store.read { database throws(StoreError) in try database.countTasksAhead(of: last) } }
        #expect(try ahead() == 2)
        _ = try await store.claimCreate()
        #expect(try ahead() == 1)
        _ = try await store.apply(.cancelled, to: tasks[1])
        #expect(try ahead() == 0)
        #expect(try store.read { database throws(StoreError) in try database.countQueuedTasks(of: store.connection) } == 1)
    }

    @Test func `an upload is marked as sending with an open call, and its tries are counted`() async throws {
        let store = try await TestStore()
        let video = try await store.newVideo(form: 1)
        for attempt in 1...3 {
            let upload = try #require(try await store.claimUpload(at: .at(Double(attempt))))
            #expect(upload.video == video)
            #expect(upload.attempts == attempt)
            #expect(upload.answersLost == attempt - 1)
            #expect(try store.calls(of: video).last?.ended == nil)
            #expect(try await store.claimUpload(at: .at(99)) == nil)
            try await store.record(upload, .unknown(reason: ""), state: .queued, due: .at(Double(attempt + 1)))
        }
    }
}
