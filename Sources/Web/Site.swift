import Dispatch
import Domain
import HTTP
import Secrets
import Store
import Synchronization

/// What all loops share: the way to the store's writer, the bound templates, the files of `Public`, and the settings.
package final class Site: Sendable {
    package struct Settings: Sendable {
        /// Host names, lower case and without port, that a request may name; `localhost`, `127.0.0.1` and `[::1]` always may.
        package var allowedHosts: Set<String>
        package var createsPerMinute: Int
        /// Whether nobody but this computer can reach the app without a proxy.
        package var listensOnLoopback: Bool
        package var proxy: ReverseProxy
        /// The access token, where the environment sets it: then no admin can.
        package var environmentToken: String?
        /// Look for changed templates before each page.
        package var reloadsTemplates: Bool
        /// The host name, lower case and without port, under which the service fetches videos; nothing else is answered to it.
        package var publicHost: String?

        package init(
            allowedHosts: Set<String> = [], createsPerMinute: Int = CreateLimit.standard, listensOnLoopback: Bool = true,
            proxy: ReverseProxy = ReverseProxy(), environmentToken: String? = nil, reloadsTemplates: Bool = false,
            publicHost: String? = nil
        ) {
            self.allowedHosts = allowedHosts
            self.createsPerMinute = createsPerMinute
            self.listensOnLoopback = listensOnLoopback
            self.proxy = proxy
            self.environmentToken = environmentToken
            self.reloadsTemplates = reloadsTemplates
            self.publicHost = publicHost
        }
    }

    let settings: Settings
    let writer: Writer
    let databasePath: String
    /// For questions that may be slow.
    let search: SearchPool
    let counts = FilterCounts()
    let secrets: SecretsFile
    /// What the tokens in this installation's forms are made with; no foreign page can know it.
    let formKey: String
    let files: StaticFiles
    let assets: Assets
    let passwords: Passwords
    let passwordRule = PasswordRule()
    package let setUpLink = SetUpLink()
    private let members = Atomic(false)
    private let happened = Atomic(0)
    /// Tells this run of the program from those before it.
    private let run: String
    package let health = Health()
    let media: MediaFolder
    /// Where whole videos are read and written: a disk may take its time, and a loop may not.
    let reception = DispatchQueue(label: "web.reception", attributes: .concurrent)
    let now: @Sendable () -> Timestamp
    private let templates: Templates

    /// - Parameter templateFolder: read once; a name that a view does not have is an error here.
    package init(
        settings: Settings, writer: Writer, databasePath: String, secrets: SecretsFile, templateFolder: String, publicFolder: String,
        media: MediaFolder, passwords: Passwords = Passwords(), now: @escaping @Sendable () -> Timestamp
    ) throws {
        self.settings = settings
        self.writer = writer
        self.databasePath = databasePath
        search = SearchPool(path: databasePath)
        self.secrets = secrets
        formKey = secrets.formKey
        self.passwords = passwords
        self.media = media
        self.now = now
        run = String(now().milliseconds, radix: 36)
        files = try StaticFiles(folder: publicFolder)
        assets = Assets(files)
        templates = try Templates(folder: templateFolder, reloads: settings.reloadsTemplates, now: now)
    }

    /// Whether the service can fetch videos from this app at all.
    var takesFiles: Bool { settings.publicHost != nil || settings.environmentToken == nil && secrets.given == nil }

    /// Whether anybody could sign in. Asked with every request, so it is kept: once true, it stays.
    package var hasMembers: Bool { members.load(ordering: .acquiring) }

    /// Has to be called at the start, and after every commit that may have made the first member, before its answer goes out. Where it
    /// cannot be told, there are members: who is let in by mistake is worse off than who is kept out.
    package func lookForMembers() {
        if hasMembers { return }
        let found = try? Reader(path: databasePath).ask { database throws(StoreError) in try database.hasMembers() }
        if found ?? true { members.store(true, ordering: .releasing) }
    }

    /// Has to be called first of all for each event, so that who hears of it finds it counted.
    package func count(_ event: Event) {
        happened.add(1, ordering: .releasing)
    }

    /// How much has happened. A page that is made after this was asked shows all of it; at another stand, it may be out of date.
    var stand: Int { happened.load(ordering: .acquiring) }

    /// As a page carries it; never the same in another run of the program.
    func text(ofStand stand: Int) -> String { "\(run)-\(stand)" }

    var pages: Pages { templates.current }

    var limit: CreateLimit { CreateLimit(perMinute: settings.createsPerMinute) }
}
