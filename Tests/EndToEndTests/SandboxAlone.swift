import Foundation
import Testing

/// `scriptorium sandbox`: the stand-in as a service for any client.
@Suite(.timeLimit(.minutes(2)))
struct SandboxAlone {
    @Test func `what it prints at its start can be pasted into a shell`() async throws {
        let token = "paste me"
        let sandbox = try await Program(.sandbox(token: token, ["--pace", "0"]))
        let lines = sandbox.process.output.split(separator: "\n").filter { $0.hasPrefix("curl ") }.map(String.init)
        try #require(lines.count == 5)
        #expect(!sandbox.process.output.contains(token))

        #expect(try await answer(to: lines[0], token).contains(#""video_id""#))
        let created = try await answer(to: lines[1], token)
        let task = try #require(created.firstMatch(of: /"task_id":"([0-9]{19})"/)?.output.1)
        let got = try await answer(to: lines[2].replacing("TASK_ID", with: task), token)
        #expect(got.contains(#""status":"SUCCESS""#) && got.contains("Trail Lamp 300"))
        #expect(try await answer(to: lines[3], token).contains(#""total_number":4"#))
        #expect(try await answer(to: lines[4], token) == "")
        #expect(try await answer(to: lines[1], token).contains(#""code":40100"#))
        #expect(try await answer(to: lines[3], "another").contains(#""code":40105"#))
    }

    /// What the line prints in a shell that knows the token.
    private func answer(to line: String, _ token: String) async throws -> String {
        let folder = try ScratchFolder()
        let environment = ["TOKEN": token, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        let shell = try ChildProcess(URL(filePath: "/bin/sh"), ["-c", line], environment: environment, output: folder.url)
        #expect(try await shell.end(within: .seconds(20)) == .exited(0), "\(line): \(shell.errors)")
        return shell.output
    }
}
