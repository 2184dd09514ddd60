import Foundation
import Testing

/// What many scripts cost the program that hands them on. With `--long` only: it makes a data folder of a hundred thousand.
@Suite(.enabled(if: Surroundings.long, "takes long"), .timeLimit(.minutes(10)))
struct LargeDownloads {
    @Test func `a hundred thousand scripts are handed on in constant memory, and others are served meanwhile`() async throws {
        let launch = try Program.Launch.serve()
        let bench = Surroundings.program.deletingLastPathComponent().appending(path: "bench")
        let data = launch.folder.url.appending(path: "data").path
        let seed = try ChildProcess(
            bench, ["seed", "--data", data, "--scripts", "100000"], environment: ProcessInfo.processInfo.environment,
            output: launch.folder.url)
        #expect(try await seed.end(within: .seconds(300)) == .exited(0), "\(seed.errors)")
        let program = try await Program(launch)
        _ = try await program.client.get("/scripts/download?format=csv&script=1")
        let before = try memory(of: program)
        async let whole = Exchange(
            method: "GET", target: "/scripts/download?format=csv", headers: [("Host", program.client.host)]
        ).perform(port: program.port, within: 300)
        var most = before
        var rounds = 0
        while rounds < 40 {
            #expect(try await program.client.get("/healthz").status == 200)
            most = max(most, try memory(of: program))
            rounds += 1
            try await Task.sleep(for: .milliseconds(50))
        }
        let answer = try await whole
        most = max(most, try memory(of: program))
        // A record ends with CRLF, and no text of the seed has one inside.
        #expect(answer.text.components(separatedBy: "\r\n").count == 100_002)
        #expect(most - before < 24_000, "\(most - before) kB")
    }

    /// `RssAnon`, in kB.
    private func memory(of program: Program) throws -> Int {
        let status = try String(contentsOf: URL(filePath: "/proc/\(program.process.id)/status"), encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
        return try #require(Int(line.filter(\.isNumber)))
    }
}
