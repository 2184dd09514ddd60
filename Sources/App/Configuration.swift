import Domain
import TikTok
import Web

/// What the command line and the environment say, checked.
struct Configuration: Sendable {
    /// Where the live service is reached.
    struct Live: Sendable {
        let base: String
        let token: String
        /// `TIKTOK_APP_ID`, or what an admin said; nil when the developer app is not named.
        let appID: String?
    }

    static let standardBase = "https://business-api.tiktok.com/open_api/v1.3"

    let host: String
    let port: Int
    let data: String
    let resources: String?
    let allowedHosts: Set<String>
    let proxy: ReverseProxy
    let createsPerMinute: Int
    let pace: Double
    let reloadsTemplates: Bool
    /// Where the service fetches videos from this app; nil when it cannot.
    let publicAddress: PublicAddress?
    /// Where a token that an admin gives is for.
    let base: String
    let appID: String?
    /// Nil: no token in the environment.
    let live: Live?

    init(_ command: ServeCommand, environment: [String: String]) throws(StartError) {
        func set(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        host = command.host ?? set("SCRIPTORIUM_HOST") ?? "127.0.0.1"
        guard let port = command.port ?? Int(set("SCRIPTORIUM_PORT") ?? "8080"), (0...65_535).contains(port) else {
            throw StartError("the port has to be a number from 0 to 65535")
        }
        self.port = port
        data = try Self.dataFolder(command.data, environment: environment)
        resources = command.resources
        let own = Set(command.allowedHost.map { $0.lowercased() }).union(ListeningAddress(host).hosts)
        allowedHosts = own
        proxy = try Self.proxy(command)
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
        let (base, appID) = (set("TIKTOK_API_BASE") ?? Self.standardBase, set("TIKTOK_APP_ID"))
        (self.base, self.appID) = (base, appID)
        live = set("TIKTOK_ACCESS_TOKEN").map { Live(base: base, token: $0, appID: appID) }
    }

    private static func proxy(_ command: ServeCommand) throws(StartError) -> ReverseProxy {
        var ranges: [AddressRange] = []
        for text in command.trustedProxy {
            guard let range = AddressRange(text) else {
                throw StartError("--trusted-proxy \(text) is no IP address, nor a range such as 10.0.0.0/8")
            }
            ranges.append(range)
        }
        if let header = command.proxyUserHeader {
            guard !ranges.isEmpty else {
                throw StartError("--proxy-user-header says who somebody is: name the proxy whose word counts with --trusted-proxy")
            }
            guard !header.isEmpty, header.utf8.allSatisfy({ Self.isToken($0) }) else {
                throw StartError("--proxy-user-header \(header) is no name of a header")
            }
        }
        return ReverseProxy(ranges: ranges, userHeader: command.proxyUserHeader)
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7f && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
    }

    /// The option, else SCRIPTORIUM_DATA, else where the system keeps such things.
    static func dataFolder(_ option: String?, environment: [String: String]) throws(StartError) -> String {
        let set = environment["SCRIPTORIUM_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        if let folder = option ?? set { return folder }
        return try DataFolder.standard(environment: environment)
    }
}
