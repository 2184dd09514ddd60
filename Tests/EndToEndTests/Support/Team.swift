import Foundation

/// People who sign in.
enum Team {
    static let password = "four lamps in the rain"
    static let admin = "ada@example.com"
}

extension Program.Launch {
    /// Runs `scriptorium member …` on this launch's data, whether or not the app runs.
    func member(_ arguments: [String], password: String = Team.password) async throws -> (
        end: ChildProcess.End, output: String, errors: String
    ) {
        let input = folder.url.appending(path: "input-\(UUID().uuidString)")
        try Data((password + "\n").utf8).write(to: input)
        let command = ["member"] + arguments + ["--data", folder.url.appending(path: "data").path]
        let process = try ChildProcess(
            Surroundings.program, command, environment: ProcessInfo.processInfo.environment, input: input, output: folder.url)
        return (try await process.end(within: .seconds(30)), process.output, process.errors)
    }

    func addMember(_ email: String, role: String = "writer", name: String? = nil) async throws {
        let result = try await member(["add", email, "--name", name ?? String(email.prefix { $0 != "@" }), "--role", role])
        guard result.end == .exited(0) else { throw Failure("no member: \(result.errors)") }
    }

    /// The app with an admin who was made before its first start.
    static func team(_ extra: [String] = [], environment: [String: String] = [:]) async throws -> Program.Launch {
        let launch = try serve(["--pace", "1", "--creates-per-minute", "60"] + extra, environment: environment)
        try await launch.addMember(Team.admin)
        return launch
    }
}

extension Client {
    /// This browser, signed in.
    func signedIn(as email: String = Team.admin, password: String = Team.password) async throws -> Client {
        let answer = try await submit(["email": email, "password": password], at: "/sign-in")
        guard answer.status == 303 else { throw Failure("\(email) is not let in: \(answer.status) \(answer.page.main?.text ?? "")") }
        return keeping(answer)
    }
}
