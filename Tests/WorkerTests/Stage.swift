import Domain
import Glibc
import HTTP
import Logging
import Sandbox
import Store
import Synchronization
import TikTok

@testable import Worker

/// A worker with all that it works with, on a clock of the test's: the real store, the real client, the real sandbox on a socket.
final class Stage: Sendable {
    let folder: TemporaryFolder
    let store: Writer
    let connection: Connection.ID
    let clock = SimulatedClock()
    let service: SandboxService
    private let server: Server<TimedHandler>
    private let client: Client
    private let limit: CreateLimit

    private static let token = "token-of-the-stage"

    /// - Parameters:
    ///   - callTakes: what a create takes on the clock.
    ///   - pace: seconds from a create to its last script.
    init(callTakes: Duration = .milliseconds(400), pace: Double = 20, perMinute: Int = 2) async throws {
        let folder = try TemporaryFolder()
        let clock = clock
        self.folder = folder
        limit = CreateLimit(perMinute: perMinute)
        store = try Writer(path: folder.path + "/stage.sqlite") { _ in }
        let now = clock.now
        connection = try await store.write { transaction throws(StoreError) in
            let id = try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: now)
            try transaction.useConnection(id)
            return id
        }
        var configuration = SandboxService.Configuration(token: Self.token)
        configuration.pace = pace
        configuration.createsPerMinute = perMinute
        configuration.control = true
        // The service has a clock of its own, which nobody here sets.
        configuration.clock = { 1_795_000_000_000 + clock.elapsed.wholeMilliseconds }
        let service = try SandboxService(configuration: configuration)
        self.service = service
        server = try Server(Server.Configuration(loops: 1)) {
            TimedHandler(inner: SandboxHandler(service), clock: clock, callTakes: callTakes)
        }
        client = try Client(base: "http://\(server.address)/open_api/v1.3", token: Self.token)
    }

    /// Works until `isOver`, as often as it has to be asked, or until the test's time is over; then stops.
    func work(until isOver: @Sendable () async throws -> Bool) async throws {
        let worker = Worker(
            store: store, client: client, token: Self.token, secrets: nil, limit: limit, time: time,
            log: Logger(label: "") { _ in SwiftLogNoOpLogHandler() })
        let now = clock.now
        try await store.write { transaction throws(StoreError) in try transaction.recover(longestCall: Worker.longestCall, now: now) }
        let run = Task { await worker.run() }
        while try await !isOver(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(2)) }
        worker.stop()
        await run.value
        try Task.checkCancellation()
    }

    /// Time goes by as soon as nobody works: no call is under way, and the worker sleeps.
    private var time: Time {
        Time(
            now: { [clock] in clock.now }, elapsed: { [clock] in clock.elapsed },
            sleep: { [clock, store] pause in
                let end = clock.elapsed + pause
                var quiet = 0
                while clock.elapsed < end, (try? await Task.sleep(for: .milliseconds(2))) != nil {
                    let running = try? await store.write { transaction throws(StoreError) in
                        try transaction.database.findActivity(.running, limit: 1).count
                    }
                    quiet = running == 0 ? quiet + 1 : 0
                    // A call that has just ended is about to wake the worker.
                    if quiet >= 8, !Task.isCancelled { clock.advance(to: end) }
                }
            })
    }

    func submit(_ count: Int) async throws {
        for _ in 0..<count {
            var form = BriefForm.fresh
            form.source = "CUSTOM"
            form.prompt = "A runner."
            form.count = "2"
            let submission = TaskSubmission(
                id: SubmissionID(random: "form-of-the-stage-\(UInt64.random(in: 0 ... .max))"), connection: connection,
                brief: try Brief(form, offering: []), form: form, acknowledgement: nil, member: Member.thisComputer.id)
            let now = clock.now
            _ = try await store.write { transaction throws(StoreError) in try transaction.submit(submission, now: now) }
        }
    }

    func states() async throws -> [TaskState.Name] {
        try await store.write { transaction throws(StoreError) in try transaction.database.findTasks(limit: 1_000) }.map(\.state)
    }

    /// The log's creates, oldest first.
    func creates() async throws -> [Call] {
        try await store.write { transaction throws(StoreError) in try transaction.database.findActivity(.all, limit: 100_000) }
            .map(\.call).filter { $0.endpoint == .create }.reversed()
    }

    /// A create by another program of the same developer app.
    func createElsewhere() async throws {
        var form = BriefForm.fresh
        form.source = "CUSTOM"
        form.prompt = "Another runner."
        _ = await client.create(try Brief(form, offering: []), videoIDs: [])
    }
}

/// A clock that stands still until somebody moves it.
final class SimulatedClock: Sendable {
    private let times = Mutex<(elapsed: Duration, wall: Timestamp)>((.seconds(1_000), Timestamp(milliseconds: 1_800_000_000_000)))

    var now: Timestamp { times.withLock { $0.wall } }
    var elapsed: Duration { times.withLock { $0.elapsed } }

    func advance(to end: Duration) {
        times.withLock { times in
            guard end > times.elapsed else { return }
            times.wall = times.wall + (end - times.elapsed)
            times.elapsed = end
        }
    }

    func advance(by duration: Duration) {
        advance(to: elapsed + duration)
    }

    /// Somebody sets the wall clock.
    func set(by jump: Duration) {
        times.withLock { $0.wall = $0.wall + jump }
    }
}

/// The sandbox, whose creates take their time on the simulated clock.
private struct TimedHandler: Handler {
    let inner: SandboxHandler
    let clock: SimulatedClock
    let callTakes: Duration

    func respond(to request: Request) -> Response {
        // Calls that run at the same time would add up here, so only those that count take time.
        if request.path.contains("create") { clock.advance(by: callTakes) }
        return inner.respond(to: request)
    }

    func message(for event: Never) -> ServerSentEvent? {}
}

/// Removed with all that is in it when the last reference goes.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/scriptorium-test-XXXXXX".utf8CString)
        guard let name = mkdtemp(&template) else { throw FolderError(code: errno) }
        path = String(cString: name)
    }

    deinit {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            unlink(path + "/" + name)
        }
        closedir(folder)
        rmdir(path)
    }

    struct FolderError: Error {
        let code: Int32
    }
}
