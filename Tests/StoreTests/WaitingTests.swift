import Domain
import Store
import Testing

/// A brief waits for its videos.
struct WaitingTests {
    private func finish(_ state: VideoState, in store: TestStore, at now: Timestamp = .start) async throws {
        let upload = try #require(try await store.claimUpload(at: now))
        try await store.record(upload, .done(.ok, detail: ""), state: state, due: .at(1_000), at: now)
    }

    @Test func `a brief goes into the queue when the last of its videos is ready`() async throws {
        let store = try await TestStore()
        let (a, b) = (try await store.newVideo(form: 1), try await store.newVideo(form: 2))
        let task = try await store.newTask(form: 3, videos: [b, a])
        #expect(try store.task(task).state == .waiting)
        try await finish(.ready(remoteID: "va"), in: store)
        #expect(try store.task(task).state == .waiting)
        #expect(try await store.claimCreate() == nil)
        _ = store.news
        try await finish(.ready(remoteID: "vb"), in: store)
        #expect(try store.task(task).state == .queued)
        // The claim, then the answer with what follows from it.
        #expect(store.news == [.video(b), .video(b), .task(task)])
        #expect(try await store.claimCreate()?.videoIDs == ["vb", "va"])
    }

    @Test func `a brief whose videos are ready is queued at once`() async throws {
        let store = try await TestStore()
        let video = try await store.readyVideo(form: 1)
        #expect(try store.task(try await store.newTask(form: 2, videos: [video])).state == .queued)
    }

    @Test func `a brief fails with its video, and its neighbours go on`() async throws {
        let store = try await TestStore()
        let (bad, good) = (try await store.newVideo(form: 1), try await store.newVideo(form: 2))
        let failing = try await store.newTask(form: 3, videos: [good, bad])
        let other = try await store.newTask(form: 4, videos: [good])
        try await finish(.failed(.refused(.code(40905))), in: store, at: .at(9))
        #expect(try store.task(failing).state == .failed(.videoUnusable))
        #expect(try store.task(failing).ended == .at(9))
        #expect(try store.task(other).state == .waiting)
        try await finish(.ready(remoteID: "v"), in: store)
        #expect(try store.task(failing).state == .failed(.videoUnusable))
        #expect(try store.task(other).state == .queued)
    }

    @Test func `an upload that is tried again leaves the brief waiting`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 2, videos: [try await store.newVideo(form: 1)])
        try await finish(.queued, in: store)
        #expect(try store.task(task).state == .waiting)
    }

    @Test func `a rejected video fails the queued briefs that name it, not the sent ones`() async throws {
        let store = try await TestStore()
        let video = try await store.readyVideo(form: 1)
        let sent = try await store.newTask(form: 2, videos: [video])
        _ = try #require(try await store.claimCreate())
        let queued = try await store.newTask(form: 3, videos: [video])
        try await store.write { transaction throws(StoreError) in try transaction.rejectVideo(video, .code(40053), now: .at(5)) }
        #expect(try store.video(video).state == .rejected(remoteID: "v1", .code(40053)))
        #expect(try store.task(queued).state == .failed(.videoUnusable))
        #expect(try store.task(sent).state == .sending)
        #expect(try store.task(try await store.newTask(form: 4, videos: [video])).state == .failed(.videoUnusable))
    }

    @Test func `a cancelled brief stays so when its video gets ready`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 2, videos: [try await store.newVideo(form: 1)])
        #expect(try await store.apply(.cancelled, to: task) == .cancelled)
        try await finish(.ready(remoteID: "v"), in: store)
        #expect(try store.task(task).state == .cancelled)
        #expect(try await store.claimCreate() == nil)
    }

    @Test func `a brief is offered the videos of its connection that are ready or on the way`() async throws {
        let store = try await TestStore()
        let ready = try await store.readyVideo(form: 1)
        _ = try await store.newVideo(form: 2)
        try await finish(.failed(.noAnswer(reason: "")), in: store)
        let queued = try await store.newVideo(form: 3)
        let other = try await store.write { transaction throws(StoreError) in
            try transaction.ensureConnection(kind: .live, base: "https://api.example.com", appID: "7", now: .start)
        }
        let (here, there) = try store.read { database throws(StoreError) in
            (try database.findUsableVideos(of: store.connection), try database.findUsableVideos(of: other))
        }
        #expect(here.map(\.id) == [queued, ready])
        #expect(there.isEmpty)
    }
}
