import Domain
import Store
import Testing

struct CopiesTests {
    @Test func `copies are finished tasks with scripts of their own, as many as are asked for`() async throws {
        let store = try await TestStore()
        for number in 1...2 {
            _ = try await store.runningTask(form: number)
            let poll = try #require(try await store.claimPoll())
            try await store.record(poll, status: .success, scripts: [.number(1), .number(2)], due: nil)
        }
        try await store.write { transaction throws(StoreError) in
            try transaction.copyTasks(models: 2, scriptsEach: 2, copies: 1...2, scripts: 9, apart: .seconds(60))
            try transaction.copyTasks(models: 2, scriptsEach: 2, copies: 3...3, scripts: 9, apart: .seconds(60))
        }
        #expect(try store.count("SELECT count(*) FROM script") == 9)
        #expect(try store.count("SELECT count(*) FROM task") == 5)
        #expect(try store.count("SELECT count(*) FROM task WHERE state = 'succeeded'") == 5)
        #expect(try store.count("SELECT count(*) FROM call WHERE task_id = 4") == 2)
        #expect(try store.scripts(of: GenerationTask.ID(4)).map(\.position) == [1, 2])
        #expect(try store.scripts(of: GenerationTask.ID(5)).map(\.position) == [1])
        let copy = try store.task(GenerationTask.ID(3))
        let model = try store.task(GenerationTask.ID(1))
        #expect(copy.brief == model.brief && copy.created == model.created + .seconds(60))
    }

    @Test func `a long queue is counted only so far`() async throws {
        let store = try await TestStore()
        for number in 1...3 { _ = try await store.newTask(form: number) }
        let last = try store.task(try await store.newTask(form: 4))
        #expect(try store.read { database throws(StoreError) in try database.countQueuedTasks(of: store.connection) } == 4)
        #expect(try store.read { database throws(StoreError) in try database.countTasksAhead(of: last) } == 3)
    }
}
