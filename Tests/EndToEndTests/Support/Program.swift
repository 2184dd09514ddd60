import Foundation
import Glibc
import Testing

/// The real program, running: `serve` on a data folder of its own, or the sandbox alone.
final class Program: Sendable {
    /// What the program was started with; starting the same again on the same data folder is a restart.
    struct Launch: Sendable {
        var arguments: [String]
        var environment: [String: String] = [:]
        var folder: ScratchFolder
        /// Shell commands that run first, as root of a mount namespace of the program's own.
        var mounts: String?
        /// What the program runs under, such as `prlimit` with its options; it has to become the program.
        var wrapper: [String] = []

        /// The app; without a token in the environment it brings its own sandbox.
        static func serve(_ extra: [String] = [], environment: [String: String] = [:]) throws -> Launch {
            let folder = try ScratchFolder()
            let arguments = ["serve", "--port", "0", "--data", folder.url.appending(path: "data").path]
            return Launch(arguments: arguments + extra, environment: environment, folder: folder)
        }

        /// A port that a restart finds free again: below those that the kernel gives to whoever connects somewhere (ip(7),
        /// `ip_local_port_range`).
        static var steadyPort: Int { .random(in: 16_384..<32_768) }

        static func sandbox(token: String, port: Int = 0, _ extra: [String] = []) throws -> Launch {
            let arguments = ["sandbox", "--port", String(port), "--token", token, "--creates-per-minute", "60"]
            return Launch(arguments: arguments + extra, folder: try ScratchFolder())
        }

        /// The same on a copy of the templates and files of `Public`, which a test may change.
        func withOwnResources() throws -> Launch {
            try FileManager.default.createDirectory(at: resources, withIntermediateDirectories: true)
            for name in ["Templates", "Public"] {
                try FileManager.default.copyItem(at: Surroundings.root.appending(path: name), to: resources.appending(path: name))
            }
            var copy = self
            copy.arguments += ["--resources", resources.path]
            return copy
        }

        var resources: URL { folder.url.appending(path: "resources") }

        func process() throws -> ChildProcess {
            // Nothing of the person's own settings may leak in.
            let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TIKTOK_") && !$0.key.hasPrefix("SCRIPTORIUM_") }
            let environment = inherited.merging(environment) { $1 }
            var command = wrapper + [Surroundings.program.path] + arguments
            if let mounts {
                command = [Namespace.unshare] + Namespace.options + ["/bin/sh", "-c", "\(mounts) && exec \"$@\"", "sh"] + command
            }
            return try ChildProcess(
                URL(filePath: command[0]), Array(command.dropFirst()), environment: environment, output: folder.url)
        }

        /// For a start that is meant to fail: runs to the end.
        func run() async throws -> (end: ChildProcess.End, errors: String, output: String) {
            let process = try process()
            let end = try await process.end(within: .seconds(20))
            return (end, process.errors, process.output)
        }
    }

    let launch: Launch
    let process: ChildProcess
    /// As printed: `http://127.0.0.1:PORT`, for the sandbox with its base path.
    let address: URL
    let port: Int

    /// Returns once the program has said that it is open.
    init(_ launch: Launch) async throws {
        let process = try launch.process()
        let address: URL = try await eventually("\(launch.arguments) is open", within: .seconds(30), every: .milliseconds(20)) {
            if let end = process.end() { throw Failure("the program ended: \(end)\n\(process.errors)") }
            return Self.address(in: process.output)
        }
        guard let port = address.port else { throw Failure("no port in \(address)") }
        self.launch = launch
        self.process = process
        self.address = address
        self.port = port
    }

    var client: Client { Client(port: port) }
    var data: URL { launch.folder.url.appending(path: "data") }

    /// What a browser's address bar takes.
    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// SIGTERM, and how it ended.
    func terminate(within limit: Duration = .seconds(15)) async throws -> ChildProcess.End {
        process.signal(SIGTERM)
        return try await process.end(within: limit)
    }

    /// Ends this run, by force unless it has ended already, and starts the next on the same data.
    func restarted() async throws -> Program {
        process.kill()
        return try await Program(launch)
    }

    private static func address(in output: String) -> URL? {
        // A line counts once it is complete.
        for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            for opening in ["Scriptorium is open at ", "Sandbox is open at "] where line.hasPrefix(opening) {
                return line.dropFirst(opening.count).split(separator: " ").first.flatMap { URL(string: String($0)) }
            }
        }
        return nil
    }
}

/// One program for all tests of a suite, started before the first and ended after the last.
struct RunningProgram: SuiteTrait, TestScoping {
    @TaskLocal fileprivate static var current: Program?
    let arguments: [String]

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
        let program = try await Program(.serve(arguments))
        defer { program.process.kill() }
        try await Self.$current.withValue(program) { try await function() }
    }
}

extension Trait where Self == RunningProgram {
    /// A quick sandbox inside, and a limit that does not make tests wait.
    static var program: Self { RunningProgram(arguments: ["--pace", "2", "--creates-per-minute", "60"]) }
    /// With the page that shows the style.
    static var programWithStyle: Self { RunningProgram(arguments: ["--pace", "2", "--creates-per-minute", "60", "--reload-templates"]) }
    /// The first brief takes the call, those after it wait.
    static var programWithOneCall: Self { RunningProgram(arguments: ["--pace", "2", "--creates-per-minute", "1"]) }
}

extension Program {
    /// The suite's.
    static var shared: Program {
        get throws {
            guard let program = RunningProgram.current else { throw Failure("the suite lacks the trait .program") }
            return program
        }
    }
}
