import Domain
import TikTok

/// What the command line and the environment say, checked.
struct Configuration: Sendable {
    /// Where the live service is reached.
    struct Live: Sendable {
        let base: String
        let token: String
        /// `TIKTOK_APP_ID`; nil when the developer app is not named.
        let appID: String?
    }

    static let standardBase = "https://business-api.tiktok.com/open_api/v1.3"

    let host: String
    let port: Int
    let data: String
    let resources: String?
    let allowedHosts: Set<String>
    let createsPerMinute: Int
    let pace: Double
    let reloadsTemplates: Bool
    /// Where the service fetches videos from this app; nil when it cannot.
    let publicAddress: PublicAddress?
    /// Nil: the sandbox.
    let live: Live?

    init(_ command: ServeCommand, environment: [String: String]) throws(StartError) {
        func set(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        host = command.host ?? set("SCRIPTORIUM_HOST") ?? "127.0.0.1"
        guard ["127.0.0.1", "::1", "localhost"].contains(host) else {
            throw StartError("--host \(host) is not a loopback address; there is no sign-in yet, so the app stays on this computer")
        }
        guard let port = command.port ?? Int(set("SCRIPTORIUM_PORT") ?? "8080"), (0...65_535).contains(port) else {
            throw StartError("the port has to be a number from 0 to 65535")
        }
        self.port = port
        data = try Self.dataFolder(command.data, environment: environment)
        resources = command.resources
        allowedHosts = Set(command.allowedHost.map { $0.lowercased() })
        let own = allowedHosts.union([host.lowercased()])
        publicAddress = try (command.publicUrl ?? set("SCRIPTORIUM_PUBLIC_URL")).map { text throws(StartError) in
            try PublicAddress(text, own: own)
        }
        guard (1...600).contains(command.createsPerMinute) else {
            throw StartError("--creates-per-minute has to be a number from 1 to 600")
        }
        createsPerMinute = command.createsPerMinute
        guard command.pace >= 0, command.pace <= 3_600 else { throw StartError("--pace has to be a number of seconds from 0 to 3600") }
        pace = command.pace
        reloadsTemplates = command.reloadTemplates
        live = set("TIKTOK_ACCESS_TOKEN").map { token in
            Live(base: set("TIKTOK_API_BASE") ?? Self.standardBase, token: token, appID: set("TIKTOK_APP_ID"))
        }
    }

    /// The option, else SCRIPTORIUM_DATA, else where the system keeps such things.
    static func dataFolder(_ option: String?, environment: [String: String]) throws(StartError) -> String {
        let set = environment["SCRIPTORIUM_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        if let folder = option ?? set { return folder }
        return try DataFolder.standard(environment: environment)
    }
}
