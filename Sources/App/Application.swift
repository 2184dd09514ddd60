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
    private let secrets: SecretsFile
    private let store: Writer
    private let server: Server<WebHandler>
    private let service: Service
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
        secrets = try SecretsFile(path: folder.secrets)
        do {
            store = try Writer(path: folder.database) { fanout.publish($0) }
        } catch {
            throw StartError("the database \(folder.database) cannot be used: \(error.message)")
        }
        let clock = Time.system
        let listensOnLoopback = ListeningAddress(configuration.host).isLoopback
        let site = try Site(
            settings: Site.Settings(
                allowedHosts: configuration.allowedHosts, createsPerMinute: configuration.createsPerMinute,
                listensOnLoopback: listensOnLoopback, proxy: configuration.proxy,
                environmentToken: configuration.live?.token, reloadsTemplates: configuration.reloadsTemplates),
            writer: store, databasePath: folder.database, secrets: secrets, templateFolder: resources.templates,
            publicFolder: resources.files, now: clock.now)

        let now = clock.now()
        service = try await Service(configuration, folder: folder, secrets: secrets, store: store, clock: clock)
        let hasMembers = try await store.write { transaction throws(StoreError) in
            try transaction.recover(longestCall: Worker.longestCall, now: now)
            return try transaction.database.hasMembers()
        }
        site.lookForMembers()
        // The first to hear of a commit: whoever became a member by it must find it so.
        fanout.listen { if case .access = $0 { site.lookForMembers() } }
        server = try Server(Server.Configuration(host: configuration.host, port: configuration.port, spool: folder.spool)) {
            try WebHandler(site)
        }
        let asksForSignIn = !listensOnLoopback || configuration.proxy.isSet
        setUpPath = asksForSignIn && !hasMembers ? site.setUpLink.open(now: now) : nil
        fanout.listen { [server] in server.publish($0) }
        fanout.listen { [service] in service.hear($0) }
    }

    /// Works until a signal comes; then lets what runs come to its end: pages first, then the call, then what it is recorded in.
    func run(until signals: Signals) async {
        let work = Task { [service] in await service.run() }
        let sweep = Task { [store] in await store.sweepSessions(time: .system) }
        await signals.wait()
        sweep.cancel()
        server.stop(within: .seconds(5))
        service.stop()
        await work.value
        store.close()
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
