import Domain
import Store
import Testing

/// The program was killed, and starts again.
struct RecoverTests {
    @Test func `killed after the brief was accepted, it is still queued`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        try await store.recover(at: .at(60))
        #expect(try await store.claimCreate(at: .at(60))?.task == task)
    }

    @Test func `killed in the middle of a create, the task is unconfirmed and not claimed again`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        _ = try await store.claimCreate(at: .at(10))
        try await store.recover(at: .at(3_600))
        #expect(try store.task(task).state == .unconfirmed(reason: "the program ended during the call"))
        #expect(try await store.claimCreate(at: .at(7_200)) == nil)
        let call = try #require(try store.calls(of: task).first)
        #expect(call.result == .unknown(reason: "the program ended during the call"))
        #expect(call.ended == .at(40))
    }

    @Test func `sent again by a person, an unconfirmed task goes out once more`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        _ = try await store.claimCreate()
        try await store.recover(at: .at(60))
        #expect(try await store.apply(.sentAgain, to: task, at: .at(70)) == .queued)
        #expect(try await store.claimCreate(at: .at(70))?.attempts == 2)
        #expect(try await store.claimCreate(at: .at(70)) == nil)
    }

    @Test func `killed soon after the call began, it counts until now and not longer`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        _ = try await store.claimCreate(at: .at(10))
        try await store.recover(at: .at(12))
        #expect(try store.calls(of: task).first?.ended == .at(12))
    }

    @Test func `killed in the middle of a poll, the task is asked about at once and the call is closed`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        _ = try await store.claimPoll(at: .at(5))
        try await store.recover(at: .at(6))
        #expect(try store.calls(of: task).allSatisfy { $0.ended != nil })
        #expect(try await store.claimPoll(at: .at(6))?.task == task)
    }

    @Test func `killed in the middle of an upload, it is made again, three times at most`() async throws {
        let store = try await TestStore()
        let video = try await store.newVideo(form: 1)
        let task = try await store.newTask(form: 2, videos: [video])
        for start in 1...3 {
            #expect(try await store.claimUpload(at: .at(Double(start)))?.attempts == start)
            #expect(try store.task(task).state == .waiting)
            try await store.recover(at: .at(Double(start)))
        }
        #expect(try store.video(video).state == .failed(.noAnswer(reason: "the program ended during the call")))
        #expect(try store.task(task).state == .failed(.videoUnusable))
        #expect(try await store.claimUpload(at: .at(99)) == nil)
    }

    @Test func `killed after the answer was recorded, nothing is changed`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .success, scripts: [.number(1)], due: nil)
        let before = (try store.task(task), try store.scripts(of: task), try store.calls(of: task))
        try await store.recover(at: .at(60))
        #expect(try store.task(task) == before.0)
        #expect(try store.scripts(of: task) == before.1)
        #expect(try store.calls(of: task) == before.2)
    }

    @Test func `a clock that was set back keeps nothing waiting after a start`() async throws {
        let store = try await TestStore()
        let running = try await store.runningTask(form: 1)
        let queued = try await store.newTask(form: 2, at: .at(3_600))
        let video = try await store.submitVideos(form: 3, "a.mp4", at: .at(3_600))
        _ = try await store.claimPoll(at: .at(3_600))
        try await store.recover(at: .at(10))
        #expect(try await store.claimPoll(at: .at(10))?.task == running)
        #expect(try await store.claimCreate(at: .at(10))?.task == queued)
        #expect(try await store.claimUpload(at: .at(10)) != nil)
        guard case .new = video else { throw TestStore.NotNew() }
        #expect(try store.calls(of: running).allSatisfy { $0.ended.map { $0 >= .start } ?? true })
    }

    @Test func `a start with nothing in the middle announces nothing`() async throws {
        let store = try await TestStore()
        _ = try await store.newTask(form: 1)
        _ = store.news
        try await store.recover(at: .at(1))
        #expect(store.news.isEmpty)
    }
}
