import CSQLite
import Foundation
import Glibc
import Testing

@testable import Store

/// `kill -9` at each step of a brief's journey, and what the next start makes of it.
@Suite(.timeLimit(.minutes(4)))
struct CrashSteps {
    @Test func `after the commit and before the call: it may have been sent, so a person decides`() async throws {
        // A server whose queue is full: the call has begun, and not a byte of it can leave.
        let service = try FullQueue()
        let launch = try Pair.app(base: try #require(URL(string: "http://127.0.0.1:\(service.port)/open_api/v1.3")))
        var app = try await Program(launch)
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "sending", at: task)
        app.process.kill()
        service.close()
        let sandbox = try await Program(.sandbox(token: Pair.token, port: service.port, ["--pace", "1"]))
        app = try await Program(launch)
        try await app.client.wait(for: "unconfirmed", at: task)
        #expect(try await creates(sandbox) == 0)
        try await app.client.press("\(task)/resend", at: task)
        try await app.client.wait(for: "succeeded", at: task)
        #expect(try await creates(sandbox) == 1)
    }

    @Test func `during the call: the service has it, and it is not sent again`() async throws {
        var pair = try await Pair(pace: 1)
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"late","milliseconds":60000}"#)
        let task = try await pair.app.client.askForScripts()
        _ = try await eventually("the service has it") { try await pair.stats.creates == 1 ? true : nil }
        pair.app = try await pair.app.restarted()
        try await pair.app.client.wait(for: "unconfirmed", at: task)
        let second = try await pair.app.client.askForScripts()
        try await pair.app.client.wait(for: "succeeded", at: second)
        #expect(try await pair.stats.creates == 2)
        #expect(try await pair.app.client.get(task).page.state == "unconfirmed")
    }

    @Test func `after the answer and before it is recorded: it is not sent again`() async throws {
        var pair = try await Pair(pace: 1)
        try DatabaseFile(pair.app.database).hang("BEFORE UPDATE OF ended ON call WHEN old.endpoint = 'create' AND new.ended IS NOT NULL")
        let task = try await pair.app.client.askForScripts()
        _ = try await eventually("the service has it") { try await pair.stats.creates == 1 ? true : nil }
        // The answer is here by now, and its transaction hangs.
        try await Task.sleep(for: .seconds(1))
        #expect(try await pair.app.client.get(task).page.state == "sending")
        pair.app.process.kill()
        try DatabaseFile(pair.app.database).goOn()
        pair.app = try await Program(pair.app.launch)
        try await pair.app.client.wait(for: "unconfirmed", at: task)
        #expect(try await pair.stats.creates == 1)
    }

    @Test func `between two scripts of a poll: each is there once`() async throws {
        var pair = try await Pair(pace: 0)
        try DatabaseFile(pair.app.database).hang("BEFORE INSERT ON script WHEN new.position = 2")
        let task = try await pair.app.client.askForScripts()
        try await pair.app.client.wait(for: "running", at: task)
        _ = try await eventually("the poll was answered") { try await gets(pair.sandbox) >= 1 ? true : nil }
        try await Task.sleep(for: .seconds(1))
        #expect(try await pair.app.client.get(task).page.scripts.isEmpty)
        pair.app.process.kill()
        try DatabaseFile(pair.app.database).goOn()
        pair.app = try await Program(pair.app.launch)
        let page = try await pair.app.client.wait(for: "succeeded", at: task)
        #expect(page.scripts.count == 3)
        #expect(try DatabaseFile(pair.app.database).column("SELECT count(DISTINCT remote_id) FROM script") == ["3"])
        #expect(try await pair.stats.creates == 1)
    }

    @Test func `during migration: the next start finishes it`() async throws {
        let launch = try Program.Launch.serve()
        let data = launch.folder.url.appending(path: "data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        let path = data.appending(path: "scriptorium.sqlite").path
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try Schema.migrate(database, by: Array(Schema.migrations.prefix(1)))
        }
        do {
            // Enough for the indices of the next version to take their time.
            let file = try DatabaseFile(path)
            try file.execute(
                """
                INSERT INTO connection (id, kind, base, app_id, created) VALUES (1, 'sandbox', '', '', 0);
                INSERT INTO call (connection_id, endpoint, started, ended, result, message)
                WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000)
                SELECT 1, 'get', 4000000000000 + x, 4000000000001 + x, 'done', 'OK' FROM n;
                """)
        }
        for _ in 0..<10 {
            let process = try launch.process()
            try await Task.sleep(for: .milliseconds(.random(in: 10...400)))
            process.kill()
        }
        let app = try await Program(launch)
        let file = try DatabaseFile(app.database)
        #expect(try file.column("PRAGMA user_version") == [String(Schema.migrations.count)])
        #expect(try file.column("PRAGMA integrity_check") == ["ok"])
        #expect(try file.column("SELECT count(*) FROM call WHERE started > 4000000000000") == ["300000"])
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "running", "succeeded", at: task)
    }

    private func creates(_ sandbox: Program) async throws -> Int {
        try JSONDecoder().decode(Pair.Stats.self, from: Data(try await sandbox.client.get("/control/stats").body)).creates
    }

    private func gets(_ sandbox: Program) async throws -> Int {
        struct Gets: Decodable { let gets: Int }
        return try JSONDecoder().decode(Gets.self, from: Data(try await sandbox.client.get("/control/stats").body)).gets
    }
}

/// A port that is open, and on which no connection comes about any more.
final class FullQueue {
    let port: Int
    private var sockets: [Int32] = []

    init() throws {
        func new() -> Int32 { socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0) }
        let listener = new()
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var sockets = [listener]
        port = try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(listener, pointer, length) == 0, listen(listener, 0) == 0, getsockname(listener, pointer, &length) == 0 else {
                    throw Failure("no socket: \(errno)")
                }
                for _ in 0..<4 {
                    let filler = new()
                    _ = fcntl(filler, F_SETFL, O_NONBLOCK)
                    _ = connect(filler, pointer, length)
                    sockets.append(filler)
                }
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
        self.sockets = sockets
    }

    func close() {
        for socket in sockets.reversed() { Glibc.close(socket) }
        sockets = []
    }

    deinit { close() }
}
