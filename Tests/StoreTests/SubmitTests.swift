import Domain
import Store
import Testing

struct SubmitTests {
    @Test func `a brief becomes a queued task with all that was typed`() async throws {
        let store = try await TestStore()
        guard case .new(let id) = try await store.submit(form: 1, at: .at(7), { $0.price = "39,90" }) else { throw TestStore.NotNew() }
        let task = try store.task(id)
        #expect(task.state == .queued)
        #expect(task.created == .at(7))
        #expect(task.sent == nil)
        #expect(task.member == .thisComputer)
        #expect(task.connection == store.connection)
        #expect(task.form.price == "39,90")
        #expect(task.brief.product?.price == Price(hundredths: 3_990))
        #expect(store.news == [.task(id)])
    }

    @Test func `the same form again answers with the first one's task and changes nothing`() async throws {
        let store = try await TestStore()
        let id = try await store.newTask(form: 1)
        _ = store.news
        guard case .repeated(id) = try await store.submit(form: 1, at: .at(60)) else { throw TestStore.NotNew() }
        #expect(store.news.isEmpty)
        #expect(try store.count("SELECT count(*) FROM task") == 1)
        #expect(try store.count("SELECT count(*) FROM acknowledgement") == 1)
    }

    @Test func `a used form with other content is a conflict and stores nothing`() async throws {
        let store = try await TestStore()
        let id = try await store.newTask(form: 1)
        guard case .conflict(id) = try await store.submit(form: 1, { $0.name = "Trail Lamp 400" }) else { throw TestStore.NotNew() }
        #expect(try store.task(id).form.name == "Trail Lamp 300")
        #expect(try store.count("SELECT count(*) FROM task") == 1)
    }

    @Test func `two clicks at the same moment make one task`() async throws {
        let store = try await TestStore()
        let answers = try await withThrowingTaskGroup(of: Submitted<GenerationTask.ID>.self) { group in
            for _ in 1...8 { group.addTask { try await store.submit(form: 1) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { if case .new = $0 { true } else { false } } == 1)
        #expect(answers.count { if case .repeated = $0 { true } else { false } } == 7)
    }

    @Test func `the acknowledgement is kept with its version, time, member, address and task`() async throws {
        let store = try await TestStore()
        let id = try await store.newTask(form: 1, at: .at(3))
        #expect(
            try store.count(
                """
                SELECT count(*) FROM acknowledgement
                WHERE version = 1 AND at = 1800000003000 AND member_id = 1 AND address = '127.0.0.1' AND task_id = 1 AND video_id IS NULL
                """) == 1)
        #expect(id.rawValue == 1)
    }

    @Test func `a brief without assets needs no acknowledgement`() async throws {
        let store = try await TestStore()
        let submitted = try await store.submit(form: 1) { form in
            form.source = "CUSTOM"
            form.prompt = "A runner loses the trail."
            (form.name, form.description, form.images, form.notice) = ("", "", "", "")
        }
        guard case .new = submitted else { throw TestStore.NotNew() }
        #expect(try store.count("SELECT count(*) FROM acknowledgement") == 0)
    }

    @Test func `a brief that names a video which does not exist stores nothing at all`() async throws {
        let store = try await TestStore()
        await #expect(throws: StoreError.self) { try await store.submit(form: 1, videos: [Video.ID(99)]) }
        #expect(try store.count("SELECT count(*) FROM task") == 0)
        #expect(try store.count("SELECT count(*) FROM acknowledgement") == 0)
        #expect(store.news.isEmpty)
    }

    @Test func `each address of a form becomes a video, each with its acknowledgement`() async throws {
        let store = try await TestStore()
        guard case .new(let first) = try await store.submitVideos(form: 1, "a.mp4", "b.mp4", "a.mp4") else { throw TestStore.NotNew() }
        let videos = try store.read { database throws(StoreError) in try database.findVideos(limit: 10) }
        #expect(videos.map(\.name) == ["a.mp4", "b.mp4", "a.mp4"])
        #expect(videos.map(\.state) == [.queued, .queued, .queued])
        #expect(videos.last?.id == first)
        #expect(try store.count("SELECT count(DISTINCT video_id) FROM acknowledgement") == 3)
        #expect(store.news.count == 3)
    }

    @Test func `a form of videos is taken once, and with other addresses it is a conflict`() async throws {
        let store = try await TestStore()
        guard case .new(let id) = try await store.submitVideos(form: 1, "a.mp4", "b.mp4") else { throw TestStore.NotNew() }
        guard case .repeated(id) = try await store.submitVideos(form: 1, "a.mp4", "b.mp4") else { throw TestStore.NotNew() }
        guard case .conflict(id) = try await store.submitVideos(form: 1, "b.mp4", "a.mp4") else { throw TestStore.NotNew() }
        guard case .conflict(id) = try await store.submitVideos(form: 1, "a.mp4") else { throw TestStore.NotNew() }
        #expect(try store.count("SELECT count(*) FROM video") == 2)
    }
}
