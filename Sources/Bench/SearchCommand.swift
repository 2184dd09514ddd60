import ArgumentParser

/// What finding costs among very many scripts, and whether the program still answers others meanwhile.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Measures searches among many scripts, with /healthz beside them.")

    @Option(help: "How many scripts the database holds.")
    var scripts = 1_000_000

    @Option(help: "How often each question has its turn; medians are reported.")
    var rounds = 3

    @Option(help: "How many seconds a turn lasts.")
    var seconds = 1.0

    @Option(help: "How many people search at once in the last part.")
    var connections = 8

    /// The first page of each, asked for by one person, one after the other.
    private static let questions = [
        ("a word of every seventh script", "/scripts?q=lamp"), ("a word of every script", "/scripts?q=morning"),
        ("a word of 28 scripts", "/scripts?q=9999"), ("the beginning of a word", "/scripts?q=mor"), ("one letter", "/scripts?q=m"),
        ("a filter", "/scripts?language=de"), ("a word and a filter", "/scripts?q=minute&language=de"),
        ("a word and a filter that never meet", "/scripts?q=lamp&language=de"),
        ("a letter, a filter and another that never meet", "/scripts?q=1&product=Trail+Lamp+300&language=de"),
        ("two words that never meet", "/scripts?q=lamp+oats"), ("a word and a day", "/scripts?q=lamp&to=2026-11-01"),
        ("a filter that nothing passes", "/scripts?q=morning&starred=1"), ("the counts beside the filters", "/scripts/counts?q=lamp"),
    ]

    func run() async throws {
        guard scripts >= Seed.fewest, rounds > 0, seconds > 0, seconds <= 60, connections > 0, connections <= 64 else {
            throw BenchError("--rounds, --seconds (at most 60) and --connections (at most 64) have to be positive numbers")
        }
        let folder = try ScratchFolder()
        let build = try Build(scratch: folder.path)
        let app = try build.app(data: try await build.data(scripts: scripts))
        var questions = Self.questions
        // The page behind a cursor far down costs what the first one does.
        questions.append(("a word, from a cursor in the middle", "/scripts?q=lamp&before=\(scripts / 2)"))
        questions.append(("a word, from a cursor near the end", "/scripts?q=lamp&before=\(scripts / 100)"))
        var rows: [Row] = []
        for (name, path) in questions {
            var samples: [Sample] = []
            let load = Load(port: app.port, request: .get(path), connections: 1)
            _ = try load.run(for: .milliseconds(100))
            for _ in 0..<rounds { samples.append(try load.run(for: .seconds(seconds))) }
            rows.append(Row(name, samples))
        }
        var (busy, health): ([Sample], [Sample]) = ([], [])
        for round in 0..<rounds {
            let path = Self.questions[round % 2 == 0 ? 8 : 6].1
            let (search, watched) = try await Self.measure(path, on: app, connections: connections, time: .seconds(max(2, seconds)))
            busy.append(search)
            health.append(watched)
        }
        rows.append(Row("\(connections) people searching at once", busy))
        rows.append(Row("/healthz meanwhile", health))
        print(Report(rows: rows).table)
        try app.stop()
    }

    private static func measure(
        _ path: String, on app: Child, connections: Int, time: Duration
    ) async throws -> (search: Sample, health: Sample) {
        let search = Load(port: app.port, request: .get(path), connections: connections)
        let watch = Load(port: app.port, request: .get("/healthz"), connections: 1, pause: .milliseconds(2))
        async let health = Task.detached { try watch.run(for: time) }.value
        let busy = try search.run(for: time)
        return (busy, try await health)
    }
}
