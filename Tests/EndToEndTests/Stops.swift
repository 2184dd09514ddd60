import Foundation
import Glibc
import Synchronization
import Testing

/// The program is asked to stop while people use it.
@Suite(.timeLimit(.minutes(5)))
struct Stops {
    @Test func `restarted under load on the same data, no accepted brief is lost`() async throws {
        var app = try await Program(.serve())
        let port = Mutex(app.port)
        let isOver = Atomic(false)
        let accepted = Mutex<Set<String>>([])
        // The key is the installation's and outlives the restart; each form has its own submission id.
        let form = try await app.client.productBrief()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<4 {
                group.addTask {
                    for number in 0... where !isOver.load(ordering: .relaxed) {
                        var brief = form
                        let name = "Lamp \(client)-\(number)"
                        try brief.fill("product_info.name", name)
                        brief.forge("submission_id", "restart-under-load-\(client)-\(number)")
                        let client = Client(port: port.withLock { $0 })
                        // What gets no answer may or may not have been taken in; whoever got one was told so.
                        guard let answer = try? await client.submit(brief), answer.status == 303 else {
                            try await Task.sleep(for: .milliseconds(5))
                            continue
                        }
                        _ = accepted.withLock { $0.insert(name) }
                        if isOver.load(ordering: .relaxed) { return }
                    }
                }
            }
            for restart in 1...3 {
                _ = try await eventually("briefs are accepted") { accepted.withLock { $0.count } >= restart * 60 ? true : nil }
                // Twice as asked, once by force.
                if restart < 3 { #expect(try await app.terminate() == .exited(0)) }
                app = try await app.restarted()
                port.withLock { [new = app.port] in $0 = new }
            }
            _ = try await eventually("briefs are accepted") { accepted.withLock { $0.count } >= 240 ? true : nil }
            isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        var missing = accepted.withLock { $0 }
        var path = "/tasks"
        while !missing.isEmpty {
            let page = try await app.client.get(path)
            missing = missing.filter { !page.text.contains(">\($0)<") }
            guard let older = page.text.firstMatch(of: /href="(\/tasks\?before=[0-9]+)"/) else { break }
            path = String(older.output.1)
        }
        #expect(missing.isEmpty)
    }

    @Test func `event streams end with their last chunk, and the program with 0`() async throws {
        let app = try await Program(.serve())
        let heads = try await blocking { [port = app.port] in
            try (0..<20).map { _ in
                let stream = try RawConnection(port: port)
                stream.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                return (stream, stream.read(until: "\r\n\r\n"))
            }.map { Stream(connection: $0.0, head: $0.1) }
        }
        #expect(heads.allSatisfy { $0.head.contains("text/event-stream") })
        let start = ContinuousClock.now
        #expect(try await app.terminate() == .exited(0))
        #expect(ContinuousClock.now - start < .seconds(5))
        let ends = try await blocking { heads.map { $0.connection.withLock { $0.readToEnd() ?? "reset" } } }
        #expect(ends.allSatisfy { $0.hasSuffix("0\r\n\r\n") }, "\(Set(ends))")
    }

    @Test func `a request that does not end holds the stop up for five seconds at most`() async throws {
        let app = try await Program(.serve())
        let half = try halfRequest(app)
        let start = ContinuousClock.now
        #expect(try await app.terminate() == .exited(0))
        let time = ContinuousClock.now - start
        #expect(time > .seconds(4) && time < .seconds(8), "\(time)")
        withExtendedLifetime(half) {}
    }

    @Test func `a second signal ends the program at once`() async throws {
        let app = try await Program(.serve())
        let half = try halfRequest(app)
        app.process.signal(SIGTERM)
        _ = try await eventually("the port is closed", every: .milliseconds(5)) { (try? RawConnection(port: app.port)) == nil ? true : nil }
        let start = ContinuousClock.now
        #expect(try await app.terminate() == .exited(128 + SIGTERM))
        #expect(ContinuousClock.now - start < .seconds(2))
        withExtendedLifetime(half) {}
    }

    /// The server has read the head once it asks for the body.
    private func halfRequest(_ app: Program) throws -> RawConnection {
        let half = try RawConnection(port: app.port)
        half.send("POST /tasks/new HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n")
        #expect(half.read(until: "\r\n\r\n").contains("100 Continue"))
        return half
    }

    private final class Stream: Sendable {
        let connection: Mutex<RawConnection>
        let head: String

        init(connection: sending RawConnection, head: String) {
            self.connection = Mutex(connection)
            self.head = head
        }
    }
}
