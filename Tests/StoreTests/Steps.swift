import Domain
import Store
import Testing

// What a page or the worker does with the store, in one line each.

extension TestStore {
    /// - Parameter changes: to the form of a brief about a lamp.
    func submit(
        form number: Int, videos: [Video.ID] = [], at now: Timestamp = .start, draft: DraftHold? = nil,
        _ changes: (inout BriefForm) -> Void = { _ in }
    ) async throws -> Submitted<GenerationTask.ID> {
        var form = BriefForm.fresh
        form.name = "Trail Lamp 300"
        form.description = "A head lamp."
        form.images = "https://cdn.example.com/lamp.jpg"
        form.notice = "yes"
        form.videos = videos.map(\.description)
        changes(&form)
        let acknowledgement = Acknowledgement(checkbox: form.notice, address: "127.0.0.1")
        let submission = TaskSubmission(
            id: .form(number), connection: connection, brief: try Brief(form, offering: Set(videos)), form: form,
            acknowledgement: acknowledgement, member: Member.thisComputer.id, draft: draft)
        return try await write { transaction throws(StoreError) in try transaction.submit(submission, now: now) }
    }

    func newTask(form number: Int, videos: [Video.ID] = [], at now: Timestamp = .start) async throws -> GenerationTask.ID {
        let submitted = try await submit(form: number, videos: videos, at: now)
        guard case .new(let id) = submitted else { throw NotNew() }
        return id
    }

    func submitVideos(form number: Int, _ names: String..., at now: Timestamp = .start) async throws -> Submitted<Video.ID> {
        let submission = VideoSubmission(
            id: .form(number), connection: connection,
            videos: try names.map { NewVideo(source: .url(try AssetURL("https://cdn.example.com/\($0)"))) },
            acknowledgement: try #require(Acknowledgement(checkbox: "yes", address: "127.0.0.1")), member: Member.thisComputer.id)
        return try await write { transaction throws(StoreError) in try transaction.submit(submission, now: now) }
    }

    func newVideo(form number: Int) async throws -> Video.ID {
        guard case .new(let id) = try await submitVideos(form: number, "clip-\(number).mp4") else { throw NotNew() }
        return id
    }

    func claimUpload(at now: Timestamp = .start) async throws -> ClaimedUpload? {
        try await write { [connection] transaction throws(StoreError) in try transaction.claimUpload(on: connection, now: now) }
    }

    func claimCreate(at now: Timestamp = .start) async throws -> ClaimedCreate? {
        try await write { [connection] transaction throws(StoreError) in try transaction.claimCreate(on: connection, now: now) }
    }

    func claimPoll(at now: Timestamp = .start) async throws -> ClaimedPoll? {
        try await write { [connection] transaction throws(StoreError) in try transaction.claimPoll(on: connection, now: now) }
    }

    func record(
        _ upload: ClaimedUpload, _ result: CallResult, state: VideoState, due: Timestamp = .start, at now: Timestamp = .start
    ) async throws {
        try await write { transaction throws(StoreError) in try transaction.record(upload, result, state: state, due: due, now: now) }
    }

    func record(
        _ create: ClaimedCreate, _ result: CallResult, event: TaskEvent, due: Timestamp = .start, at now: Timestamp = .start
    ) async throws {
        try await write { transaction throws(StoreError) in try transaction.record(create, result, event: event, due: due, now: now) }
    }

    func record(
        _ poll: ClaimedPoll, status: RemoteStatus, scripts: [RemoteScript] = [], due: Timestamp? = .start, at now: Timestamp = .start
    ) async throws {
        try await write { transaction throws(StoreError) in
            try transaction.record(
                poll, .done(.ok, detail: status.word), events: [.polled(status)], scripts: scripts, due: due, now: now)
        }
    }

    /// A video that the service took in.
    func readyVideo(form number: Int) async throws -> Video.ID {
        let id = try await newVideo(form: number)
        let upload = try #require(try await claimUpload())
        try await record(upload, .done(.ok, detail: ""), state: .ready(remoteID: "v\(number)"))
        return id
    }

    /// A task that the service took in, whose first poll is due at once.
    func runningTask(form number: Int) async throws -> GenerationTask.ID {
        let id = try await newTask(form: number)
        let create = try #require(try await claimCreate())
        try await record(create, .done(.ok, detail: ""), event: .created(remoteID: "t\(number)"))
        return id
    }

    func apply(_ event: TaskEvent, to id: GenerationTask.ID, at now: Timestamp = .start) async throws -> TaskState? {
        try await write { transaction throws(StoreError) in try transaction.apply(event, to: id, now: now) }
    }

    func recover(at now: Timestamp) async throws {
        try await write { transaction throws(StoreError) in try transaction.recover(longestCall: .seconds(30), now: now) }
    }

    func task(_ id: GenerationTask.ID) throws -> GenerationTask {
        try #require(try read { database throws(StoreError) in try database.findTask(id) })
    }

    func video(_ id: Video.ID) throws -> Video {
        try #require(try read { database throws(StoreError) in try database.findVideo(id) })
    }

    func scripts(of id: GenerationTask.ID) throws -> [Script] {
        try read { database throws(StoreError) in try database.findScripts(of: id) }.map(\.script)
    }

    func calls(of id: GenerationTask.ID) throws -> [Call] {
        try read { database throws(StoreError) in try database.findCalls(of: id) }
    }

    func calls(of id: Video.ID) throws -> [Call] {
        try read { database throws(StoreError) in try database.findCalls(of: id) }
    }

    func count(_ sql: StaticString) throws -> Int {
        try read { database throws(StoreError) in try database.first(sql) { row in row.number } } ?? 0
    }

    struct NotNew: Error {}
}

extension Receipt {
    static let ok = Receipt(code: 0, message: "OK", requestID: "202611232015300100")
}

extension Refusal {
    static func code(_ code: Int, _ message: String = "no") -> Refusal {
        Refusal(code: code, message: message, requestID: "202611232015300101")
    }
}

extension RemoteScript {
    static func number(_ number: Int, text: String = "Stop walking in the dark.") -> RemoteScript {
        RemoteScript(id: "s\(number)", title: "Script \(number)", text: text)
    }
}
