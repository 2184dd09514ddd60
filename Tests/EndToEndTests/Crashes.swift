import Foundation
import Testing

/// `kill -9` at random moments, on the built program, while the service lives on and counts: no brief that was accepted is lost, none is
/// sent twice, and no script is missing or there twice.
@Suite(.timeLimit(.minutes(20)))
struct Crashes {
    static let kills = Surroundings.long ? 200 : 10

    @Test func `killed at random moments, it loses nothing and doubles nothing`() async throws {
        // Calls that take their time are hit more often.
        let slow = #"{"kind":"late","endpoint":"create","milliseconds":300,"times":1000000}"#
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1", "--creates-per-minute", "100000", "--fault", slow]))
        var launch = try Pair.app(base: sandbox.address)
        launch.arguments += ["--creates-per-minute", "600"]
        // What the browser was told is there, by the brief's own name.
        var accepted: [String: String] = [:]
        var names: Set<String> = []

        for kill in 1...Self.kills {
            if kill % 5 == 0 { try await killWhileItStarts(launch) }
            let app = try await Program(launch)
            let name = "Lamp \(kill) of \(UUID().uuidString.prefix(8))"
            names.insert(name)
            async let answer: String? = submit(name, to: app.client)
            try await Task.sleep(for: .milliseconds(.random(in: 0...1_200)))
            app.process.kill()
            if let task = await answer { accepted[name] = task }
        }

        let app = try await Program(launch)
        let tasks = try await tasks(of: app.client)
        for (name, path) in accepted { #expect(tasks[name] == path, "\(name) was accepted as \(path)") }
        #expect(Set(tasks.keys).isSubset(of: names))
        var unconfirmed = 0
        let counted = { () async throws -> [String: Int] in
            try await sandbox.client.get("/control/creates").text.matches(of: /"name":"(Lamp [^"]+)"/)
                .reduce(into: [:]) { $0[String($1.1), default: 0] += 1 }
        }
        for (name, path) in tasks {
            let page = try await app.client.wait(for: "succeeded", "unconfirmed", at: path, within: .seconds(120))
            let sent = try await counted()[name] ?? 0
            if page.state == "unconfirmed" {
                unconfirmed += 1
                #expect(sent <= 1, "\(name)")
            } else {
                #expect(sent == 1, "\(name)")
                #expect(page.scripts.count == 3, "\(name)")
            }
        }
        let creates = try await counted()
        #expect(creates.values.allSatisfy { $0 == 1 })
        #expect(Set(creates.keys).isSubset(of: tasks.keys), "nothing was sent of which there is no row")
        let file = try DatabaseFile(app.database)
        #expect(try file.column("PRAGMA integrity_check") == ["ok"])
        #expect(try file.column("SELECT remote_id FROM script GROUP BY remote_id HAVING count(*) > 1") == [])
        print(
            "\(Self.kills) kills: \(accepted.count) briefs accepted, \(tasks.count) kept, \(creates.count) counted by the sandbox, each once;",
            "\(unconfirmed) unconfirmed, \(tasks.count - unconfirmed) with all their scripts")
    }

    /// Nil when no answer came.
    private func submit(_ name: String, to client: Client) async -> String? {
        do {
            var brief = try await client.productBrief()
            try brief.fill("product_info.name", name)
            return try await client.submit(brief).destination
        } catch {
            return nil
        }
    }

    private func killWhileItStarts(_ launch: Program.Launch) async throws {
        let process = try launch.process()
        try await Task.sleep(for: .milliseconds(.random(in: 0...150)))
        process.kill()
    }

    /// Every task's path, by the brief's name.
    private func tasks(of client: Client) async throws -> [String: String] {
        var tasks: [String: String] = [:]
        for id in 1... {
            let answer = try await client.get("/tasks/\(id)")
            guard answer.status == 200 else { break }
            let name = answer.page.root.first { $0.name == "h1" }?.text ?? ""
            #expect(tasks[name] == nil, "\(name) is there twice")
            tasks[name] = "/tasks/\(id)"
        }
        return tasks
    }
}
