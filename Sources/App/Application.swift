import Domain
import HTTP
import Logging
import Sandbox
import Secrets
import Store
import TikTok
import Web
import Worker

/// The parts, put together in the order in which they need each other, and ended in the opposite one.
final class Application {
    private let folder: DataFolder
    private let store: Writer
    private let sandbox: InnerSandbox?
    private let server: Server<WebHandler>
    private let worker: Worker
    private let monitor: HealthMonitor
    private let log = Logger(label: "scriptorium") { _ in LineLog() }

    var url: String { "http://\(server.address)" }
    var mode: String { sandbox == nil ? "live" : "sandbox" }

    /// Everything that can keep the program from starting is found out here, before anything is served.
    init(_ configuration: Configuration) async throws {
        let resources = try Resources(named: configuration.resources)
        folder = try DataFolder(path: configuration.data)
        let media = try MediaFolder(path: folder.media)
        let secrets = try SecretsFile(path: folder.secrets)
        let fanout = Fanout()
        let wasClean = try folder.beginRun()
        do {
            // A power cut or a kill does no harm to a sound disk; one that is not sound shows it now, before anything is added.
            let damage = wasClean || !folder.hasDatabase ? nil : try Integrity.damage(path: folder.database)
            store = try Writer(path: folder.database, damage: damage) { fanout.publish($0) }
        } catch {
            let mend = error.isDamage ? "; put a backup in its place with: scriptorium restore FILE" : ""
            throw StartError("the database \(folder.database) cannot be used: \(error.message)\(mend)")
        }
        if let damage = store.damage { log.critical("the database is damaged; nothing is written", metadata: ["finding": "\(damage)"]) }
        let clock = Time.system
        let site = try Site(
            settings: Site.Settings(
                allowedHosts: configuration.allowedHosts, createsPerMinute: configuration.createsPerMinute,
                reloadsTemplates: configuration.reloadsTemplates, publicHost: configuration.publicAddress?.host,
                takesFiles: configuration.live == nil || configuration.publicAddress != nil),
            writer: store, databasePath: folder.database, formKey: secrets.formKey, templateFolder: resources.templates,
            publicFolder: resources.files, media: media, now: clock.now)
        let ownMedia = OwnMedia()

        let client: Client
        let token: String
        if let live = configuration.live {
            sandbox = nil
            token = live.token
            client = try Client(base: live.base, token: token)
        } else {
            let inner = try InnerSandbox(
                journal: folder.sandboxJournal, pace: configuration.pace, createsPerMinute: configuration.createsPerMinute,
                fetchOwnMedia: { ownMedia.fetch($0) })
            sandbox = inner
            token = inner.token
            client = try Client(base: inner.base, token: token)
        }

        if store.damage == nil {
            let now = clock.now()
            try await configuration.chooseConnection(in: store, secrets: secrets, now: now)
            try await store.write { transaction throws(StoreError) in
                try transaction.recover(longestCall: Worker.longestCall, now: now)
            }
            if wasClean { store.checkInBackground(path: folder.database) }
            // Before anything new can come: what an upload that broke off has left is nobody's.
            media.sweep(keeping: try await store.write { transaction throws(StoreError) in try transaction.database.findMediaKeys() })
        }
        var limits = Limits()
        limits.body = WebHandler.bodyLimit
        server = try Server(
            Server.Configuration(host: configuration.host, port: configuration.port, limits: limits, spool: folder.spool)
        ) {
            try WebHandler(site)
        }
        let origin = "http://\(server.address)"
        ownMedia.open(host: server.address.host, port: server.address.port, origin: origin)
        worker = Worker(
            store: store, client: client, token: token, secrets: configuration.live == nil ? nil : secrets,
            limit: CreateLimit(perMinute: configuration.createsPerMinute),
            mediaBase: configuration.live == nil ? origin : configuration.publicAddress?.origin, time: clock, log: log)
        monitor = HealthMonitor(store: store, worker: worker, folder: folder, health: site.health, time: clock)
        fanout.listen { [server] in server.publish($0) }
        fanout.listen { [worker] _ in worker.wake() }
    }

    /// Works until a signal comes; then lets what runs come to its end: pages first, then the call, then what it is recorded in.
    func run(until signals: Signals) async {
        let work = Task { [worker] in await worker.run() }
        let watch = Task { [monitor] in await monitor.run() }
        log.info("started", metadata: ["mode": "\(mode)", "address": "\(server.address)"])
        await signals.wait()
        watch.cancel()
        server.stop(within: .seconds(5))
        worker.stop()
        await work.value
        sandbox?.stop()
        store.close()
        folder.endRun()
        log.info("stopped")
    }
}

/// The stand-in for the service inside the app: on a loopback port of its own, under a token made at each start.
private struct InnerSandbox {
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
