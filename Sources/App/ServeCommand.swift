import ArgumentParser
import Domain
import FoundationEssentials
import Store

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Opens the app. Without a token it runs on the sandbox, a stand-in for the service.",
        discussion: """
            The service is set in the environment: TIKTOK_ACCESS_TOKEN (with it the app is live), TIKTOK_API_BASE, TIKTOK_APP_ID. \
            SCRIPTORIUM_HOST, SCRIPTORIUM_PORT, SCRIPTORIUM_DATA and SCRIPTORIUM_PUBLIC_URL stand for the options of the same name.
            """)

    @Option(help: "The address to listen on. On any but loopback, members sign in. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port; 0 picks a free one. (default: 8080)")
    var port: Int?

    @Option(help: "The folder that everything is kept in. (default: ~/.local/share/scriptorium)")
    var data: String?

    @Option(help: "The folder that holds Templates and Public. (default: found beside the program)")
    var resources: String?

    @Option(help: "A host name, beside localhost, that requests may name; repeatable.")
    var allowedHost: [String] = []

    @Option(help: "A reverse proxy, or a range such as 10.0.0.0/8, whose word about the client counts; repeatable.")
    var trustedProxy: [String] = []

    @Option(help: "The header in which the trusted proxy names the member that it has signed in.")
    var proxyUserHeader: String?

    @Option(help: "Where the service reaches this app to fetch uploaded videos, such as https://media.example.com.")
    var publicUrl: String?

    @Option(help: "How many scripts tasks the developer app may create in a minute.")
    var createsPerMinute = CreateLimit.standard

    @Option(help: "Sandbox only: the seconds from a brief to its last script.")
    var pace = 10.0

    @Flag(help: "Pick up changed templates without a restart.")
    var reloadTemplates = false

    func run() async throws {
        let configuration = try await Terminal.starting { try Configuration(self, environment: ProcessInfo.processInfo.environment) }
        let fanout = Fanout()
        let signals = Signals { fanout.publish([.access]) }
        let application = try await Terminal.starting { try await Application(configuration, fanout) }
        Terminal.say("Scriptorium is open at \(application.url) (\(application.mode))")
        if let path = application.setUpPath {
            Terminal.say("Make the first admin within 15 minutes: \(application.url)\(path)")
        }
        await application.run(until: signals)
    }
}
