import ArgumentParser

/// One load on a program that runs already, such as one that is being profiled.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "load", abstract: "Asks a running program for one page.")

    @Option(help: "The port on loopback.")
    var port: Int

    @Option(help: "What is asked for.")
    var path = "/healthz"

    @Option(help: "How many seconds.")
    var seconds = 2.0

    @Option(help: "How many connections ask at once.")
    var connections = 16

    func run() async throws {
        guard seconds > 0, seconds <= 600, connections > 0, connections <= 1_000 else {
            throw BenchError("--seconds (at most 600) and --connections (at most 1000) have to be positive numbers")
        }
        let sample = try Load(port: port, request: .get(path), connections: connections).run(for: .seconds(seconds))
        print(Report(rows: [Row(path, [sample])]).table)
    }
}
