import ArgumentParser

/// One load on a program that runs already, such as one that is being profiled.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "load", abstract: "Asks a running program for one page.")

    @Option(help: "The port on loopback.")
    var port: Int

    @Option(help: "What is asked for; sixteen zeros in it become another number with each request.")
    var path = "/healthz"

    @Flag(help: "Posts briefs instead.")
    var briefs = false

    @Option(help: "How many seconds.")
    var seconds = 2.0

    @Option(help: "How many connections ask at once.")
    var connections = 16

    @Option(help: "Milliseconds between an answer and the next request.")
    var pause = 0

    func run() async throws {
        guard seconds > 0, seconds <= 600, connections > 0, connections <= 1_000 else {
            throw BenchError("--seconds (at most 600) and --connections (at most 1000) have to be positive numbers")
        }
        var load = Load(port: port, request: briefs ? try .brief(port: port) : .get(path), connections: connections)
        load.pause = .milliseconds(pause)
        // Numbers that no run before has used.
        load.firstNumber = Int.random(in: 0..<1_000_000) * 1_000_000
        let sample = try load.run(for: .seconds(seconds))
        print(Report(rows: [Row(briefs ? "briefs" : path, [sample])]).table)
    }
}
