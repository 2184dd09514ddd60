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
    /// What is known before the app is open, and so before the sandbox can fetch videos from it.
    private struct Backend: Sendable {
        let client: Client
        let token: String
        /// Nil: live.
        let sandbox: InnerSandbox?
        let given: SecretsFile.GivenToken?
    }

    private struct Current: Sendable {
        var backend: Backend
        var worker: Worker?
        /// Where this app answers, without a slash at the end.
        var origin = ""
    }

    private let configuration: Configuration
    private let sandboxJournal: String
    private let secrets: SecretsFile
    private let store: Writer
    private let clock: Time
    private let ownMedia = OwnMedia()
    private let log: Logger
    private let current: Mutex<Current>
    private let stopping = Atomic(false)

    /// Chooses the connection; no call is made before `open`.
    init(
        _ configuration: Configuration, folder: DataFolder, secrets: SecretsFile, store: Writer, clock: Time, log: Logger
    ) async throws {
        self.configuration = configuration
        sandboxJournal = folder.sandboxJournal
        self.secrets = secrets
        self.store = store
        self.clock = clock
        self.log = log
        // Found out now, and not when an admin gives a token.
        _ = try Client(base: configuration.base, token: "")
        let backend = try await Self.connect(
            configuration, journal: folder.sandboxJournal, secrets: secrets, store: store, now: clock.now(), ownMedia: ownMedia)
        current = Mutex(Current(backend: backend, worker: nil))
    }

    var mode: String { current.withLock { $0.backend.sandbox == nil ? "live" : "sandbox" } }

    func isAlive(at elapsed: Duration) -> Bool {
        current.withLock { $0.worker }?.isAlive(at: elapsed) ?? false
    }

    /// The app answers at this address now.
    func open(host: String, port: Int) {
        let origin = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        ownMedia.open(host: host, port: port, origin: origin)
        current.withLock { current in
            current.origin = origin
            current.worker = makeWorker(for: current.backend, origin: origin)
        }
    }

    /// Any thread.
    func hear(_ event: Event) {
        let (worker, given) = current.withLock { ($0.worker, $0.backend.given) }
        if case .connection = event, configuration.live == nil, secrets.given != given {
            worker?.stop()
        } else {
            worker?.wake()
        }
    }

    func stop() {
        stopping.store(true, ordering: .releasing)
        current.withLock { $0.worker }?.stop()
    }

    /// Works until `stop`.
    func run() async {
        while true {
            let (worker, sandbox) = current.withLock { ($0.worker, $0.backend.sandbox) }
            await worker?.run()
            sandbox?.stop()
            if stopping.load(ordering: .acquiring) { return }
            await reconnect()
        }
    }

    private func reconnect() async {
        while !stopping.load(ordering: .acquiring) {
            do {
                let next = try await Self.connect(
                    configuration, journal: sandboxJournal, secrets: secrets, store: store, now: clock.now(), ownMedia: ownMedia)
                let worker = current.withLock { current in
                    let worker = makeWorker(for: next, origin: current.origin)
                    (current.backend, current.worker) = (next, worker)
                    return worker
                }
                // What was asked for meanwhile, it has not been told.
                if stopping.load(ordering: .acquiring) || secrets.given != next.given { worker.stop() }
                return
            } catch {
                log.error("the connection could not be changed", metadata: ["error": "\(error)"])
                await clock.sleep(.seconds(5))
            }
        }
    }

    private func makeWorker(for backend: Backend, origin: String) -> Worker {
        let isLive = backend.sandbox == nil
        return Worker(
            store: store, client: backend.client, token: backend.token, secrets: isLive ? secrets : nil,
            limit: CreateLimit(perMinute: configuration.createsPerMinute),
            mediaBase: isLive ? configuration.publicAddress?.origin : origin, time: clock, log: log)
    }

    private static func connect(
        _ configuration: Configuration, journal: String, secrets: SecretsFile, store: Writer, now: Timestamp, ownMedia: OwnMedia
    ) async throws -> Backend {
        let given = secrets.given
        let live =
            configuration.live ?? given.map { .init(base: configuration.base, token: $0.token, appID: $0.appID ?? configuration.appID) }
        let backend: Backend
        if let live {
            backend = Backend(client: try Client(base: live.base, token: live.token), token: live.token, sandbox: nil, given: given)
        } else {
            let inner = try InnerSandbox(
                journal: journal, pace: configuration.pace, createsPerMinute: configuration.createsPerMinute,
                fetchOwnMedia: { ownMedia.fetch($0) })
            backend = Backend(
                client: try Client(base: inner.base, token: inner.token), token: inner.token, sandbox: inner, given: given)
        }
        if store.damage == nil { try await live.chooseConnection(in: store, secrets: secrets, now: now) }
        return backend
    }
}

/// The stand-in for the service inside the app: on a loopback port of its own, under a token made at each start.
private struct InnerSandbox: Sendable {
    let token = RandomID.make()
    private let service: SandboxService
    private let server: Server<SandboxHandler>

    init(
        journal: String, pace: Double, createsPerMinute: Int, fetchOwnMedia: @escaping @Sendable (String) -> FetchedMedia?
    ) throws {
        var configuration = SandboxService.Configuration(token: token)
        configuration.journal = journal
        configuration.pace = pace
        configuration.createsPerMinute = createsPerMinute
        configuration.fetchOwnMedia = fetchOwnMedia
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
