import Domain
import HTTP
import Logging
import Secrets
import Store
import Synchronization
import TikTok
import Web
import Worker

/// The parts, put together in the order in which they need each other, and ended in the opposite one.
final class Application {
    private let configuration: Configuration
    private let folder: DataFolder
    private let store: Writer
    private let server: Server<WebHandler>
    private let service: Service
    private let monitor: HealthMonitor
    private let log = Logger(label: "scriptorium") { _ in LineLog() }
    /// The path that makes the first admin; nil when there are members, or no sign-in is asked.
    let setUpPath: String?

    /// As a browser opens it.
    var url: String { "http://\(ListeningAddress(configuration.host).openable):\(server.address.port)" }
    var mode: String { service.mode }

    /// Everything that can keep the program from starting is found out here, before anything is served.
    /// - Parameter fanout: brings what is committed to whoever listens; empty.
    init(_ configuration: Configuration, _ fanout: Fanout) async throws {
        self.configuration = configuration
        let resources = try Resources(named: configuration.resources)
        folder = try DataFolder(path: configuration.data)
        let media = try MediaFolder(path: folder.media)
        let secrets = try SecretsFile(path: folder.secrets)
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
        let address = ListeningAddress(configuration.host)
        let site = try Site(
            settings: Site.Settings(
                allowedHosts: configuration.allowedHosts, createsPerMinute: configuration.createsPerMinute,
                listensOnLoopback: address.isLoopback, proxy: configuration.proxy, environmentToken: configuration.live?.token,
                reloadsTemplates: configuration.reloadsTemplates, publicHost: configuration.publicAddress?.host),
            writer: store, databasePath: folder.database, secrets: secrets, templateFolder: resources.templates,
            publicFolder: resources.files, media: media, now: clock.now)
        service = try await Service(configuration, folder: folder, secrets: secrets, store: store, clock: clock, log: log)

        let now = clock.now()
        if store.damage == nil {
            try await store.write { transaction throws(StoreError) in
                try transaction.recover(longestCall: Worker.longestCall, now: now)
                try transaction.emptyTrash(now: now)
            }
            if wasClean { store.checkInBackground(path: folder.database) }
            // Before anything new can come: what an upload that broke off has left is nobody's.
            media.sweep(keeping: try await store.write { transaction throws(StoreError) in try transaction.database.findMediaKeys() })
        }
        site.lookForMembers()
        // The first to hear of a commit: whoever became a member by it must find it so.
        fanout.listen { if case .access = $0 { site.lookForMembers() } }
        var limits = Limits()
        limits.body = WebHandler.bodyLimit
        server = try Server(
            Server.Configuration(
                host: configuration.host, port: configuration.port, limits: limits, spool: folder.spool, headers: WebHandler.headers)
        ) {
            try WebHandler(site)
        }
        service.open(host: address.own, port: server.address.port)
        monitor = HealthMonitor(store: store, service: service, folder: folder, health: site.health, time: clock)
        let asksForSignIn = !address.isLoopback || configuration.proxy.isSet
        setUpPath = asksForSignIn && !site.hasMembers ? site.setUpLink.open(now: now) : nil
        fanout.listen { [server] in server.publish($0) }
        fanout.listen { [service] in service.hear($0) }
    }

    /// Works until a signal comes; then lets what runs come to its end: pages first, then the call, then what it is recorded in.
    func run(until signals: Signals) async {
        let work = Task { [service] in await service.run() }
        let watch = Task { [monitor] in await monitor.run() }
        let sweep = Task { [store] in await store.sweepSessions(time: .system) }
        log.info("started", metadata: ["mode": "\(mode)", "address": "\(server.address)"])
        await signals.wait()
        watch.cancel()
        sweep.cancel()
        server.stop(within: .seconds(5))
        service.stop()
        await work.value
        store.close()
        folder.endRun()
        log.info("stopped")
    }
}

extension Writer {
    /// Takes away the sessions that are over, and with them the event streams that were opened under them, until it is cancelled.
    fileprivate func sweepSessions(time: Time) async {
        while !Task.isCancelled {
            let now = time.now()
            try? await write { transaction throws(StoreError) in try transaction.sweepSessions(now: now) }
            await time.sleep(.seconds(300))
        }
    }
}
