import Foundation
import Glibc
import Synchronization
import Testing

/// The program is asked to stop while people use it.
@Suite(.timeLimit(.minutes(5)))
struct Stops {
    @Test func `restarted under load on the same data, no accepted brief is lost`() async throws {
        var app = try await Program(.serve())
        // The key is the installation's and outlives the restart; each form has its own submission id.
        let traffic = Traffic(port: app.port, form: try await app.client.productBrief())
        let clients = (0..<4).map { client in Task { try await traffic.send(from: client) } }
        for restart in 1...3 {
            _ = try await eventually("briefs are accepted") { traffic.accepted.count >= restart * 60 ? true : nil }
            // Twice as asked, once by force.
            if restart < 3 { #expect(try await app.terminate() == .exited(0)) }
            app = try await app.restarted()
            traffic.turn(to: app.port)
        }
        _ = try await eventually("briefs are accepted") { traffic.accepted.count >= 240 ? true : nil }
        traffic.end()
        for client in clients { try await client.value }

        var missing = traffic.accepted
        var path = "/tasks"
        while !missing.isEmpty {
            let page = try await app.client.get(path).text
            missing = missing.filter { !page.contains(">\($0)<") }
            guard let older = page.firstMatch(of: /href="(\/tasks\?before=[0-9]+)"/) else { break }
            path = String(older.output.1)
        }
        #expect(missing.isEmpty)
    }

    @Test func `event streams end with their last chunk, and the program with 0`() async throws {
        let app = try await Program(.serve())
        let start = ContinuousClock.now
        let seen = try await blocking { [port = app.port, process = app.process] in
            let streams = try (0..<20).map { _ in try RawConnection(port: port) }
            for stream in streams { stream.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n") }
            let heads = streams.map { $0.read(until: "\r\n\r\n") }
            process.signal(SIGTERM)
            return (heads: heads, ends: streams.map { $0.readToEnd() ?? "reset" })
        }
        #expect(seen.heads.allSatisfy { $0.contains("text/event-stream") })
        #expect(seen.ends.allSatisfy { $0.hasSuffix("0\r\n\r\n") }, "\(Set(seen.ends))")
        #expect(try await app.process.end(within: .seconds(10)) == .exited(0))
        #expect(ContinuousClock.now - start < .seconds(8))
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
}

/// Clients that hand in briefs, and remember what was accepted.
private final class Traffic: Sendable {
    private struct State {
        var port: Int
        var accepted: Set<String> = []
        var isOver = false
    }

    private let state: Mutex<State>
    private let form: Form

    init(port: Int, form: Form) {
        state = Mutex(State(port: port))
        self.form = form
    }

    var accepted: Set<String> { state.withLock { $0.accepted } }

    func turn(to port: Int) { state.withLock { $0.port = port } }

    func end() { state.withLock { $0.isOver = true } }

    func send(from client: Int) async throws {
        for number in 0... {
            if state.withLock({ $0.isOver }) { return }
            var brief = form
            let name = "Lamp \(client)-\(number)"
            try brief.fill("product_info.name", name)
            brief.forge("submission_id", "restart-under-load-\(client)-\(number)")
            // What gets no answer may or may not have been taken in; whoever gets one was told so.
            let answer = try? await Client(port: state.withLock { $0.port }).submit(brief)
            if answer?.status == 303 {
                state.withLock { _ = $0.accepted.insert(name) }
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
