import Domain
import HTTP
import Logging
import Sandbox
import Secrets
import Store
import Synchronization
import TikTok
import Worker

/// The service that the app talks to, or the sandbox in its place, and the worker that does so. When an admin gives another token, the
/// worker lets its calls end, and another one goes on with the new connection.
final class Service: Sendable {
    private struct Current: Sendable {
        let worker: Worker
        let sandbox: InnerSandbox?
        let given: SecretsFile.GivenToken?
    }

    private let configuration: Configuration
    private let sandboxJournal: String
    private let secrets: SecretsFile
    private let store: Writer
    private let clock: Time
    private let log = Logger(label: "scriptorium") { StreamLogHandler.standardError(label: $0) }
    private let current: Mutex<Current>
    private let stopping = Atomic(false)

    init(_ configuration: Configuration, folder: DataFolder, secrets: SecretsFile, store: Writer, clock: Time) async throws {
        self.configuration = configuration
        sandboxJournal = folder.sandboxJournal
        self.secrets = secrets
        self.store = store
        self.clock = clock
        // Found out now, and not when an admin gives a token.
        _ = try Client(base: configuration.base, token: "")
        current = Mutex(
            try await Self.connect(
                configuration, journal: folder.sandboxJournal, secrets: secrets, store: store, clock: clock, log: log))
    }

    var mode: String { current.withLock { $0.sandbox == nil ? "live" : "sandbox" } }

    /// Any thread.
    func hear(_ event: Event) {
        let (worker, given) = current.withLock { ($0.worker, $0.given) }
        if case .connection = event, configuration.live == nil, secrets.given != given {
            worker.stop()
        } else {
            worker.wake()
        }
    }

    func stop() {
        stopping.store(true, ordering: .releasing)
        current.withLock { $0.worker }.stop()
    }

    /// Works until `stop`.
    func run() async {
        while true {
            let (worker, sandbox) = current.withLock { ($0.worker, $0.sandbox) }
            await worker.run()
            sandbox?.stop()
            if stopping.load(ordering: .acquiring) { return }
            await reconnect()
        }
    }

    private func reconnect() async {
        while !stopping.load(ordering: .acquiring) {
            do {
                let next = try await Self.connect(
                    configuration, journal: sandboxJournal, secrets: secrets, store: store, clock: clock, log: log)
                current.withLock { $0 = next }
                // Asked to stop meanwhile, it would not have been told.
                if stopping.load(ordering: .acquiring) || secrets.given != next.given { next.worker.stop() }
                return
            } catch {
                log.error("the connection could not be changed", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    private static func connect(
        _ configuration: Configuration, journal: String, secrets: SecretsFile, store: Writer, clock: Time, log: Logger
    ) async throws -> Current {
        let given = secrets.given
        let live =
            configuration.live ?? given.map { .init(base: configuration.base, token: $0.token, appID: $0.appID ?? configuration.appID) }
        var sandbox: InnerSandbox?
        let (base, token): (String, String)
        if let live {
            (base, token) = (live.base, live.token)
        } else {
            let inner = try InnerSandbox(journal: journal, pace: configuration.pace, createsPerMinute: configuration.createsPerMinute)
            (base, token) = (inner.base, inner.token)
            sandbox = inner
        }
        let client = try Client(base: base, token: token)
        try await live.chooseConnection(in: store, secrets: secrets, now: clock.now())
        let worker = Worker(
            store: store, client: client, token: token, secrets: live == nil ? nil : secrets,
            limit: CreateLimit(perMinute: configuration.createsPerMinute), time: clock, log: log)
        return Current(worker: worker, sandbox: sandbox, given: given)
    }
}

/// The stand-in for the service inside the app: on a loopback port of its own, under a token made at each start.
private struct InnerSandbox: Sendable {
    let token = RandomID.make()
    private let service: SandboxService
    private let server: Server<SandboxHandler>

    init(journal: String, pace: Double, createsPerMinute: Int) throws {
        var configuration = SandboxService.Configuration(token: token)
        configuration.journal = journal
        configuration.pace = pace
        configuration.createsPerMinute = createsPerMinute
        let service = try SandboxService(configuration: configuration)
        self.service = service
        server = try Server(Server.Configuration(host: "127.0.0.1", port: 0, loops: 1)) { SandboxHandler(service) }
    }

    var base: String { server.sandboxBase }

    func stop() {
        server.stop(within: .seconds(1))
        service.close()
    }
}

extension Server where H == SandboxHandler {
    /// Where the four calls are, as `TIKTOK_API_BASE` takes it.
    var sandboxBase: String { "http://\(address)/open_api/v1.3" }
}
