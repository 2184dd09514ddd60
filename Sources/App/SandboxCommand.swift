import ArgumentParser
import HTTP
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serves the stand-in for the service alone, for this app or any other client.")

    @Option(help: "The port; 0 picks a free one.")
    var port = 9090

    @Option(help: "The access token that calls have to carry.")
    var token: String

    @Option(help: "The seconds from a brief to its last script.")
    var pace = 10.0

    @Option(help: "How many scripts tasks may be created in a minute.")
    var createsPerMinute = 2

    @Option(help: "A fault, as POST /control/faults takes it; repeatable, such as '{\"kind\":\"html\",\"endpoint\":\"get\"}'.")
    var fault: [String] = []

    func run() async throws {
        let signals = Signals()
        let (server, service) = try await Terminal.starting {
            guard (0...65_535).contains(port) else { throw StartError("the port has to be a number from 0 to 65535") }
            var configuration = SandboxService.Configuration(token: token)
            configuration.pace = pace
            configuration.createsPerMinute = createsPerMinute
            configuration.control = true
            let service = try SandboxService(configuration: configuration)
            for text in fault { service.inject(try Fault(json: text)) }
            let server = try Server(Server.Configuration(host: "127.0.0.1", port: port)) { SandboxHandler(service) }
            return (server, service)
        }
        Terminal.say("Sandbox is open at \(server.sandboxBase)\n\n\(Usage.text(address: "\(server.address)"))")
        await signals.wait()
        server.stop(within: .seconds(2))
        service.close()
    }
}
