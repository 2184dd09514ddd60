import Domain
import Testing

@testable import Store

/// The CHECKs of the schema repeat the enums of the domain: neither may know a word that the other does not.
struct CheckTests {
    private func words(of table: String, _ column: String) async throws -> Set<String> {
        let store = try await TestStore()
        let sql = try store.read { database throws(StoreError) in
            try database.first("SELECT sql FROM sqlite_schema WHERE name = ?", table) { row in row.text(0) }
        }
        // Every word between quotation marks in the list after `column IN`.
        let text = try #require(sql)
        let start = try #require(text.firstRange(of: "(\(column) IN")).upperBound
        let list = text[start...].prefix { $0 != ")" }
        return Set(list.split(separator: "'").map(String.init).filter { $0.allSatisfy { $0.isLetter || $0 == "_" } })
    }

    @Test func `the words of every CHECK are those of its enum`() async throws {
        #expect(try await words(of: "task", "state") == Set(TaskState.Name.allCases.map(\.rawValue)))
        #expect(try await words(of: "task", "failure") == Set(Failure.Name.allCases.map(\.rawValue)))
        #expect(try await words(of: "task", "source") == Set(ScriptSource.allCases.map(\.rawValue)))
        #expect(try await words(of: "task", "language") == Set(ScriptLanguage.allCases.map(\.rawValue)))
        #expect(try await words(of: "video", "state") == Set(VideoState.Name.allCases.map(\.rawValue)))
        #expect(try await words(of: "video", "failure") == Set(Failure.Name.allCases.map(\.rawValue)))
        #expect(try await words(of: "connection", "kind") == Set(Connection.Kind.allCases.map(\.rawValue)))
        #expect(try await words(of: "connection", "state") == Set(ConnectionState.Name.allCases.map(\.rawValue)))
        #expect(try await words(of: "call", "endpoint") == Set(Call.Endpoint.allCases.map(\.rawValue)))
        #expect(try await words(of: "call", "result") == Set(CallResult.Name.allCases.map(\.rawValue)))
        #expect(try await words(of: "member", "role") == Set(Role.allCases.map(\.rawValue)))
        #expect(try await words(of: "invite", "role") == Set(Role.allCases.map(\.rawValue)))
        #expect(try await words(of: "api_token", "scope") == Set(APIToken.Scope.allCases.map(\.rawValue)))
        #expect(try await words(of: "audit", "action") == Set(AuditAction.allCases.map(\.rawValue)))
    }

    @Test func `a wrong word is refused`() async throws {
        let store = try await TestStore()
        _ = try await store.newTask(form: 1)
        _ = try await store.newVideo(form: 2)
        let wrong: [StaticString] = [
            "UPDATE task SET state = 'Queued'", "UPDATE task SET source = 'product'", "UPDATE task SET language = 'ms'",
            "UPDATE task SET script_count = 9", "UPDATE task SET state = 'failed', failure = 'unlucky'", "UPDATE video SET state = 'done'",
            "UPDATE connection SET state = 'broken'", "UPDATE connection SET kind = 'test'", "UPDATE task SET created = 'today'",
            "INSERT INTO call (connection_id, endpoint, started) VALUES (1, 'delete', 0)",
        ]
        for sql in wrong {
            let error = await #expect(throws: StoreError.self) {
                try await store.write { transaction throws(StoreError) in _ = try transaction.database.run(sql) }
            }
            #expect((error?.code ?? 0) & 0xff == 19, "\(sql)")
        }
    }

    @Test func `a state without what is known there is refused`() async throws {
        let store = try await TestStore()
        _ = try await store.newTask(form: 1)
        _ = try await store.newVideo(form: 2)
        let wrong: [StaticString] = [
            "UPDATE task SET state = 'running'", "UPDATE task SET state = 'failed'", "UPDATE task SET remote_id = 't', remote_status = 'X'",
            "UPDATE task SET failure = 'refused'", "UPDATE video SET state = 'ready'", "UPDATE video SET state = 'failed'",
            "UPDATE connection SET state = 'throttled'", "UPDATE connection SET state = 'attention'",
            "INSERT INTO acknowledgement (version, at, member_id, address) VALUES (1, 0, 1, 'here')",
            "INSERT INTO task_video VALUES (1, 99, 0)",
        ]
        for sql in wrong {
            await #expect(throws: StoreError.self, "\(sql)") {
                try await store.write { transaction throws(StoreError) in _ = try transaction.database.run(sql) }
            }
        }
    }

    @Test func `every state of a task comes back as it went in`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let events: [(TaskEvent, TaskState)] = [
            (.polled(.other("PAUSED")), .running(RemoteTask(id: "t1", status: .other("PAUSED")))),
            (.polled(.partialSuccess), .running(RemoteTask(id: "t1", status: .partialSuccess))),
            (.dayPassed, .stalled(RemoteTask(id: "t1", status: .partialSuccess))),
            (.closed, .succeeded(RemoteTask(id: "t1", status: .partialSuccess), closedByPerson: true)),
        ]
        for (event, state) in events {
            #expect(try await store.apply(event, to: task) == state)
            #expect(try store.task(task).state == state)
        }
    }

    @Test func `every failure comes back as it went in`() async throws {
        let store = try await TestStore()
        let refused = try await store.newTask(form: 1)
        let create = try #require(try await store.claimCreate())
        try await store.record(create, .refused(.code(40002, "“name” ✗")), event: .refused(.code(40002, "“name” ✗")))
        #expect(try store.task(refused).state == .failed(.refused(.code(40002, "“name” ✗"))))

        let empty = try await store.runningTask(form: 2)
        #expect(try await store.apply(.polled(.failed), to: empty) == .failed(.nothingWritten))
        #expect(try store.task(empty).state == .failed(.nothingWritten))

        let states: [VideoState] = [
            .failed(.noAnswer(reason: "silence")), .failed(.refused(.code(40911))), .ready(remoteID: "v7"), .queued,
        ]
        for (number, state) in states.enumerated() {
            let video = try await store.newVideo(form: 10 + number)
            let upload = try #require(try await store.claimUpload())
            #expect(try store.video(video).state == .sending)
            try await store.record(upload, .unknown(reason: ""), state: state, due: .at(1_000))
            #expect(try store.video(video).state == state)
        }
    }
}
