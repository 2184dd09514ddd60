import Domain
import Store
import Testing

struct PagingTests {
    @Test func `tasks come newest first, page after page, and a new one moves none of them`() async throws {
        let store = try await TestStore()
        var ids: [GenerationTask.ID] = []
        for form in 1...5 { ids.append(try await store.newTask(form: form)) }
        let first = try store.read { database throws(StoreError) in try database.findTasks(limit: 2) }
        #expect(first.map(\.id) == [ids[4], ids[3]])
        _ = try await store.newTask(form: 6)
        let second = try store.read { database throws(StoreError) in try database.findTasks(before: first.last?.id, limit: 2) }
        #expect(second.map(\.id) == [ids[2], ids[1]])
        let third = try store.read { database throws(StoreError) in try database.findTasks(before: second.last?.id, limit: 2) }
        #expect(third.map(\.id) == [ids[0]])
        #expect(try store.read { database throws(StoreError) in try database.findTasks(before: ids[0], limit: 2) }.isEmpty)
    }

    @Test func `a summary says what a list shows`() async throws {
        let store = try await TestStore()
        let id = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .partialSuccess, scripts: [.number(1), .number(2)])
        let summary = try #require(try store.read { database throws(StoreError) in try database.findTasks(limit: 1) }.first)
        #expect(summary.id == id)
        #expect(summary.title == "Trail Lamp 300")
        #expect(summary.source == .product)
        #expect(summary.language == .english)
        #expect(summary.state == .running)
        #expect((summary.scriptsHere, summary.scriptsAsked) == (2, 4))
        #expect(summary.created == .start)
        #expect(summary.member == "this computer")
        #expect((summary.connection, summary.kind) == (store.connection, .sandbox))
    }

    @Test func `videos and scripts come newest first, page after page`() async throws {
        let store = try await TestStore()
        var videos: [Video.ID] = []
        for form in 1...3 { videos.append(try await store.newVideo(form: form)) }
        _ = try await store.runningTask(form: 4)
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .success, scripts: (1...3).map { .number($0) })
        try store.read { database throws(StoreError) in
            #expect(try database.findVideos(limit: 2).map(\.id) == [videos[2], videos[1]])
            #expect(try database.findVideos(before: videos[1], limit: 2).map(\.id) == [videos[0]])
            let scripts = try database.findScripts(limit: 2)
            #expect(scripts.map(\.script.remoteID) == ["s3", "s2"])
            #expect(try database.findScripts(before: scripts.last?.script.id, limit: 2).map(\.script.remoteID) == ["s1"])
        }
    }

    @Test func `a script comes with what a page shows beside it`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .success, scripts: [.number(1)], at: .at(4))
        let record = try #require(try store.read { database throws(StoreError) in try database.findScript(Script.ID(1)) })
        #expect(
            record.script
                == Script(
                    id: Script.ID(1), task: task, position: 1, remoteID: "s1", title: "Script 1", text: RemoteScript.number(1).text,
                    created: .at(4)))
        #expect((record.taskTitle, record.language) == ("Trail Lamp 300", .english))
        #expect((record.connection, record.kind) == (store.connection, .sandbox))
    }

    @Test func `what is not at rest is listed oldest first`() async throws {
        let store = try await TestStore()
        let waiting = try await store.newTask(form: 1, videos: [try await store.newVideo(form: 2)])
        let running = try await store.runningTask(form: 3)
        let cancelled = try await store.newTask(form: 4)
        _ = try await store.apply(.cancelled, to: cancelled)
        let queued = try await store.newTask(form: 5)
        let active = try store.read { database throws(StoreError) in try database.findActiveTasks(of: store.connection, limit: 10) }
        #expect(active.map(\.id) == [waiting, running, queued])
        #expect(active.map(\.state) == [.waiting, .running, .queued])
    }
}
