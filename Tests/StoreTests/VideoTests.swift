import Domain
import Store
import Testing

/// Videos as files, and the library.
struct VideoTests {
    private func file(_ key: String, size: Int = 10) -> NewVideo {
        NewVideo(
            source: .file(MediaFile(key: key, name: "\(key).mp4", format: .mp4, size: size)), name: "Take \(key)",
            facts: VideoFacts(width: 1080, height: 1920, duration: .milliseconds(24_500)))
    }

    private func submit(_ videos: [NewVideo], form number: Int, in store: TestStore) async throws -> Submitted<Video.ID> {
        let submission = VideoSubmission(
            id: .form(number), connection: store.connection, videos: videos,
            acknowledgement: try #require(Acknowledgement(checkbox: "yes", address: "127.0.0.1")), member: Member.thisComputer.id)
        return try await store.write { transaction throws(StoreError) in try transaction.submit(submission, now: .start) }
    }

    private func new(_ video: NewVideo, form number: Int, in store: TestStore) async throws -> Video.ID {
        guard case .new(let id) = try await submit([video], form: number, in: store) else { throw TestStore.NotNew() }
        return id
    }

    private func claim(in store: TestStore, mediaBase: String?) async throws -> ClaimedUpload? {
        try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.claimUpload(on: connection, mediaBase: mediaBase, now: .start)
        }
    }

    private func list(_ filter: VideoFilter, in store: TestStore) throws -> [String] {
        try store.read { database throws(StoreError) in try database.findVideos(filter, limit: 10).map(\.name) }
    }

    @Test func `a file is kept with what is known of it and found by its key`() async throws {
        let store = try await TestStore()
        let id = try await new(file("a"), form: 1, in: store)
        let video = try store.video(id)
        #expect(video.name == "Take a" && video.facts == file("a").facts && video.source == file("a").source && video.ready == nil)
        try store.read { database throws(StoreError) in
            #expect(try database.findVideo(media: "a")?.id == id)
            #expect(try database.findVideo(media: "b") == nil)
            #expect(try database.findMediaKeys() == ["a"])
        }
    }

    @Test func `a form with files that comes again is known by their sizes`() async throws {
        let store = try await TestStore()
        let id = try await new(file("a", size: 10), form: 1, in: store)
        // Its second copy lies under another key.
        guard case .repeated(id) = try await submit([file("b", size: 10)], form: 1, in: store) else { throw TestStore.NotNew() }
        guard case .conflict(id) = try await submit([file("c", size: 11)], form: 1, in: store) else { throw TestStore.NotNew() }
        #expect(try store.count("SELECT count(*) FROM video") == 1)
    }

    @Test func `a file goes out under the address of the day, and waits while there is none`() async throws {
        let store = try await TestStore()
        let id = try await new(file("a"), form: 1, in: store)
        #expect(try await claim(in: store, mediaBase: nil) == nil)
        try store.read { database throws(StoreError) in
            #expect(try database.findNextDue(on: store.connection).other == nil)
            #expect(try database.findNextDue(on: store.connection, takesFiles: true).other == .start)
        }
        // An address behind it in the queue does not wait with it.
        let address = try await store.newVideo(form: 2)
        #expect(try await claim(in: store, mediaBase: nil)?.video == address)
        let upload = try #require(try await claim(in: store, mediaBase: "https://media.example.com"))
        #expect(upload.video == id && upload.url.text == "https://media.example.com/media/a/a.mp4")
        try await store.record(upload, .done(.ok, detail: ""), state: .ready(remoteID: "v"), at: .at(7))
        #expect(try store.video(id).ready == .at(7))
    }

    @Test func `an upload that is tried again begins anew, and lost answers of before do not count`() async throws {
        let store = try await TestStore()
        let id = try await store.newVideo(form: 1)
        for number in 1...3 {
            let upload = try #require(try await store.claimUpload())
            #expect(upload.answersLost == number - 1)
            let state: VideoState = number < 3 ? .queued : .failed(.noAnswer(reason: "no"))
            try await store.record(upload, .unknown(reason: "no"), state: state)
        }
        try await store.write { transaction throws(StoreError) in try transaction.uploadAgain(id, now: .at(1)) }
        #expect(try store.video(id).state == .queued)
        let again = try #require(try await store.claimUpload(at: .at(1)))
        #expect(again.answersLost == 0 && again.attempts == 1)
        // What is on its way or well stays as it is.
        for result in [VideoState.ready(remoteID: "v")] {
            try await store.write { transaction throws(StoreError) in try transaction.uploadAgain(id, now: .at(2)) }
            #expect(try store.video(id).state == .sending)
            try await store.record(again, .done(.ok, detail: ""), state: result)
            try await store.write { transaction throws(StoreError) in try transaction.uploadAgain(id, now: .at(3)) }
            #expect(try store.video(id).state == result)
        }
    }

    @Test func `a file that is renamed and tried again goes out under its new name`() async throws {
        let store = try await TestStore()
        let id = try await new(file("a"), form: 1, in: store)
        let upload = try #require(try await claim(in: store, mediaBase: "https://m.example.com"))
        try await store.record(upload, .refused(.code(40911)), state: .failed(.refused(.code(40911))))
        try await store.write { transaction throws(StoreError) in
            try transaction.renameVideo(id, "Take Two")
            try transaction.uploadAgain(id, now: .start)
        }
        let again = try #require(try await claim(in: store, mediaBase: "https://m.example.com"))
        #expect(again.url.text == "https://m.example.com/media/a/take-two.mp4")
        #expect(try store.read { database throws(StoreError) in try database.findVideo(media: "a") }?.source.fileName == "take-two.mp4")
    }

    @Test func `the library is searched without case, by name and address, and filtered`() async throws {
        let store = try await TestStore()
        _ = try await new(file("a"), form: 1, in: store)
        let address = try await store.readyVideo(form: 2)
        #expect(try list(VideoFilter(), in: store) == ["clip-2.mp4", "Take a"])
        #expect(try list(VideoFilter(words: "TAKE"), in: store) == ["Take a"])
        #expect(try list(VideoFilter(words: "cdn.example"), in: store) == ["clip-2.mp4"])
        #expect(try list(VideoFilter(words: "%"), in: store).isEmpty)
        #expect(try list(VideoFilter(state: .ready), in: store) == ["clip-2.mp4"])
        #expect(try list(VideoFilter(state: .queued), in: store) == ["Take a"])
        try await store.write { transaction throws(StoreError) in
            try transaction.renameVideo(address, "Überholt")
            try transaction.archiveVideo(address, true)
        }
        #expect(try list(VideoFilter(), in: store) == ["Take a"])
        #expect(try list(VideoFilter(words: "ÜBER", showsArchived: true), in: store) == ["Überholt"])
        #expect(try store.video(address).isArchived)
    }

    @Test func `an archived video is not offered to new briefs, and the old ones keep it`() async throws {
        let store = try await TestStore()
        let video = try await store.readyVideo(form: 1)
        let task = try await store.newTask(form: 2, videos: [video])
        _ = store.news
        for _ in 0..<2 { try await store.write { transaction throws(StoreError) in try transaction.archiveVideo(video, true) } }
        #expect(store.news == [.video(video)])
        try store.read { database throws(StoreError) in
            #expect(try database.findUsableVideos(of: store.connection).isEmpty)
            #expect(try database.findVideos(of: task).map(\.id) == [video])
            #expect(try database.findTasks(showing: video, limit: 10).map(\.id) == [task])
            #expect(try database.countTasks(showing: video) == 1)
        }
    }

    @Test func `acknowledgements tell who, when, which text and for what, newest first`() async throws {
        let store = try await TestStore()
        let video = try await new(file("a"), form: 1, in: store)
        let address = try await store.newVideo(form: 2)
        let task = try await store.newTask(form: 3, at: .at(5))
        let records = try store.read { database throws(StoreError) in try database.findAcknowledgements(limit: 10) }
        #expect(
            records.map(\.asset) == [
                .task(task, title: "Trail Lamp 300"), .video(address, name: "clip-2.mp4"), .video(video, name: "Take a"),
            ])
        #expect(records.map(\.at) == [.at(5), .start, .start])
        #expect(records.allSatisfy { $0.member == "this computer" && $0.version == Notice.version && $0.address == "127.0.0.1" })
        let older = try store.read { database throws(StoreError) in try database.findAcknowledgements(before: records[1].id, limit: 10) }
        #expect(older == [records[2]])
    }
}
