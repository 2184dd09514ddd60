import Foundation
import Testing

/// What can be seen of the program's work, and what cannot.
@Suite(.timeLimit(.minutes(2)))
struct Activity {
    @Test func `every call is listed with its outcome, and the outcome can be chosen`() async throws {
        let pair = try await Pair(pace: 1)
        let client = pair.app.client
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"code","code":61000,"message":"busy now"}"#)
        let task = try await client.askForScripts()
        try await client.wait(for: "succeeded", at: task)
        let all = try await client.get("/activity")
        #expect(all.status == 200)
        #expect(all.page.root.all { $0.name == "svg" && $0["role"] == "img" }.count == 3)
        let main = try #require(all.page.main)
        #expect(main.mentions("busy now") && main.mentions("61000") && main.mentions("SUCCESS"))
        #expect(main.all { $0["href"] == task }.count >= 3)

        let refused = try #require(try await client.get("/activity?outcome=refused").page.main)
        #expect(refused.mentions("busy now") && !refused.mentions("SUCCESS"))
        let done = try #require(try await client.get("/activity?outcome=done").page.main)
        #expect(!done.mentions("busy now") && done.mentions("SUCCESS"))
        for outcome in ["unsent", "unknown", "running"] {
            #expect(try await client.get("/activity?outcome=\(outcome)").page.main?.mentions("There are no such calls.") == true)
        }
        #expect(try await client.get("/activity?outcome=nonsense").status == 404)
        #expect(try await client.get("/activity?before=1").page.main?.mentions("There are no such calls.") == true)
    }

    @Test func `the log is one structured line an event, without the brief and the token`() async throws {
        let pair = try await Pair(pace: 1)
        let task = try await pair.app.client.askForScripts()
        try await pair.app.client.wait(for: "succeeded", at: task)
        #expect(try await pair.app.terminate() == .exited(0))
        let lines = pair.app.process.errors.split(separator: "\n")
        #expect(lines.count >= 4)
        for line in lines {
            #expect(
                line.wholeMatch(
                    of: /time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=[a-z]+ event=(?:"[^"]*"|[^ "]+)(?: [a-z_]+=(?:"[^"]*"|[^ "]+))*/)
                    != nil, "\(line)")
        }
        let log = pair.app.process.errors
        #expect(log.contains("event=started") && log.contains("event=stopped") && log.contains("request_id="))
        for secret in [Pair.token, "Trail Lamp", "Northbeam", "head lamp"] { #expect(!log.contains(secret)) }
    }

    @Test func `it says of itself how it is`() async throws {
        let pair = try await Pair(pace: 1)
        struct Health: Decodable {
            let status: String
            let store_writable: Bool
            let worker_alive: Bool
            let connection: String
            let queue_length: Int
            let oldest_queued_seconds: Int?
        }
        func health() async throws -> Health? {
            let answer = try await pair.app.client.get("/healthz")
            return answer.status == 200 ? try JSONDecoder().decode(Health.self, from: Data(answer.body)) : nil
        }
        let idle = try await eventually("it is well") { try await health() }
        #expect(idle.status == "ok" && idle.store_writable && idle.worker_alive && idle.connection == "working")
        #expect(idle.queue_length == 0 && idle.oldest_queued_seconds == nil)
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"code","code":40105}"#)
        for _ in 0..<3 { _ = try await pair.app.client.askForScripts() }
        let stuck: Health = try await eventually("it says that a person is needed") {
            let health = try await health()
            return health?.connection == "attention" && (health?.oldest_queued_seconds ?? 0) >= 2 ? health : nil
        }
        #expect(stuck.status == "ok" && (1...3).contains(stuck.queue_length))
    }
}
