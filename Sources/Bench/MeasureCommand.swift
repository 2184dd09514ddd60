import ArgumentParser
import FoundationEssentials
import Glibc

/// The whole measurement: everything in one run, in turn, so that what else the machine does meets all alike.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measures the program and prints a table (the default).")

    @Option(help: "How often each load has its turn; medians are reported.")
    var rounds = 5

    @Option(help: "How many seconds a turn lasts.")
    var seconds = 1.0

    @Option(help: "How many connections ask at once.")
    var connections = 16

    @Option(help: "How many scripts the database holds.")
    var scripts = 100_000

    @Option(help: "How many the large database holds; 0 leaves it out.")
    var manyScripts = 1_000_000

    @Option(help: "How late, in milliseconds, each sync is in the last part, by strace; 0 leaves it out.")
    var syncDelay = 5

    @Option(help: "Leaves out the loads whose name does not hold this, and the floor never.")
    var only = ""

    @Option(help: "The file for the figures as JSON. (default: bench.json beside the program)")
    var json: String?

    func run() async throws {
        guard rounds > 0, seconds > 0, seconds <= 60, connections > 0, connections <= 1_000 else {
            throw BenchError("--rounds, --seconds (at most 60) and --connections (at most 1000) have to be positive numbers")
        }
        let folder = try ScratchFolder()
        let build = try Build(scratch: folder.path)
        let data = try await build.data(scripts: scripts)
        let manyData = manyScripts > 0 ? try await build.data(scripts: manyScripts) : nil

        let starts = Starts(build: build, data: manyData ?? data)
        let firstPages = try (0..<rounds).map { _ in try starts.firstPage() }

        let app = try build.app(data: data)
        let many = try manyData.map { try build.app(data: $0) }
        let writing = try build.app(data: folder.path + "/writing")
        let floor = try build.floor(like: app.port)

        let before = app.anonymousMemory
        var turns = [
            Turn("bare epoll floor", floor, .get("/healthz")),
            Turn("/healthz", app, .get("/healthz")),
            Turn("a file of Public", app, try .stylesheet(port: app.port)),
            Turn("/scripts, 50 of \(scripts.grouped)", app, .get("/scripts")),
            Turn("the same, no two pages alike", app, .anyPageOfScripts),
            Turn("/scripts/ID", app, .get("/scripts/\(scripts / 2)")),
            Turn("/tasks/new", app, .get("/tasks/new")),
            Turn("POST of a brief, durable", writing, try .brief(port: writing.port)),
        ]
        if let many {
            let name = "/scripts, 50 of \(manyScripts.grouped)"
            turns.insert(Turn(name, many, .get("/scripts")), at: 5)
            turns.insert(Turn("the same, no two pages alike", many, .anyPageOfScripts), at: 6)
        }
        turns = turns.prefix(1) + turns.dropFirst().filter { only.isEmpty || $0.name.contains(only) }
        for round in 0..<rounds {
            complain("round \(round + 1) of \(rounds)")
            for index in turns.indices { try turns[index].measure(connections: connections, time: .seconds(seconds)) }
        }
        var report = Report(rows: turns.map { Row($0, floor: turns[0]) })
        report.add("first page after start, \((manyData == nil ? scripts : manyScripts).grouped) scripts", firstPages.median, "ms")
        sleep(1)
        report.add("RssAnon before serving", Double(before) / 1_024, "MB")
        report.add("RssAnon, idle after serving", Double(app.anonymousMemory) / 1_024, "MB")
        if let many { report.add("the same, of the large database", Double(many.anonymousMemory) / 1_024, "MB") }
        report.add("the same, after storing briefs", Double(writing.anonymousMemory) / 1_024, "MB")
        for child in [app, many, writing].compactMap(\.self) { try child.stop() }

        if syncDelay > 0, let strace = build.strace {
            let slow = try build.app(data: folder.path + "/slow", under: strace.delaying(milliseconds: syncDelay))
            let (posts, health) = try await Self.measure(slow, time: .seconds(max(3, seconds)))
            report.rows.append(Row("POST, each sync \(syncDelay) ms late", [posts]))
            report.rows.append(Row("/healthz meanwhile, one client", [health]))
            try slow.stop()
        }
        print(report.table)
        let file = json ?? build.folder + "/bench.json"
        try Data(report.json).write(to: URL(filePath: file))
        print("\nThe figures as JSON: \(file)")
    }

    /// Briefs from sixteen clients, and beside them one that looks whether the program still answers.
    private static func measure(_ app: Child, time: Duration) async throws -> (posts: Sample, health: Sample) {
        let posts = Load(port: app.port, request: try .brief(port: app.port))
        let watch = Load(port: app.port, request: .get("/healthz"), connections: 1, pause: .milliseconds(2))
        async let health = Task.detached { try watch.run(for: time) }.value
        let before = app.processorTime
        var sample = try posts.run(for: time)
        sample.processorTime = app.processorTime - before
        return (sample, try await health)
    }
}

/// One kind of load on one program, and what it saw so far.
struct Turn {
    let name: String
    private let child: Child
    private var load: Load
    private(set) var samples: [Sample] = []

    init(_ name: String, _ child: Child, _ request: Request) {
        self.name = name
        self.child = child
        load = Load(port: child.port, request: request)
    }

    mutating func measure(connections: Int, time: Duration) throws {
        load.connections = connections
        if samples.isEmpty { load.firstNumber += try load.run(for: .milliseconds(200)).requests }
        let before = child.processorTime
        var sample = try load.run(for: time)
        sample.processorTime = child.processorTime - before
        load.firstNumber += sample.requests
        samples.append(sample)
    }
}

/// How long a person waits for the first page of a program that has just been started.
struct Starts {
    let build: Build
    let data: String

    /// Milliseconds from the start of the process to the last byte of the page.
    func firstPage() throws -> Double {
        let start = ContinuousClock.now
        let app = try build.app(data: data)
        let page = try Exchange.fetch("/scripts", port: app.port)
        let time = ContinuousClock.now - start
        guard page.status == 200 else { throw BenchError("the first page is \(page.status)") }
        try app.stop()
        return Double(time.nanoseconds) / 1e6
    }
}
