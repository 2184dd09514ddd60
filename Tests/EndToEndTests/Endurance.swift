import Foundation
import Glibc
import Testing

/// Many clients at once, and clients that want nothing.
@Suite(.timeLimit(.minutes(5)))
struct Endurance {
    /// Ten thousand with `--long`: that many take half a minute to come, beside all the other tests.
    private static let idle = Surroundings.long ? 10_000 : 1_000
    private static let streams = Surroundings.long ? 1_000 : 100

    @Test func `idle connections and event streams cost next to nothing, and pages are served beside them`() async throws {
        let app = try await Program(.serve())
        let (port, process) = (app.port, app.process)
        let seen = try await blocking { try Self.hold(idle: Self.idle, streams: Self.streams, port: port, process: process) }
        #expect(seen.answered == Self.idle)
        #expect(seen.streaming == Self.streams)
        #expect(seen.pages == 200)
        #expect(seen.memory < 100 * 1_024, "\(seen.memory) kB resident")
        // With every connection at rest, the program is too.
        #expect(seen.processorTime < .milliseconds(20), "\(seen.processorTime) in a second of silence")
        #expect(seen.informed == Self.streams)
    }

    private struct Seen: Sendable {
        var answered = 0
        var streaming = 0
        var pages = 0
        var memory = 0
        var processorTime = Duration.zero
        /// Streams that were told of a new task.
        var informed = 0
    }

    private static func hold(idle: Int, streams: Int, port: Int, process: ChildProcess) throws -> Seen {
        try raiseDescriptorLimit(to: idle + streams + 500)
        var seen = Seen()
        let kept = try (0..<idle).map { _ in try RawConnection(port: port) }
        for connection in kept where connection.get("/healthz").hasPrefix("HTTP/1.1 200") { seen.answered += 1 }
        let listening = try (0..<streams).map { _ in try RawConnection(port: port) }
        for stream in listening {
            stream.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if stream.read(until: "\r\n\r\n").contains("text/event-stream") { seen.streaming += 1 }
        }
        let reader = try RawConnection(port: port)
        for _ in 0..<200 where reader.get("/tasks/new").hasSuffix("</html>\n") { seen.pages += 1 }
        seen.memory = try process.residentMemory
        seen.processorTime = processorTimeOfASecond(process)
        let page = reader.get("/tasks/new")
        let key = page.firstMatch(of: /name="csrf_token" value="([^"]+)"/).map { String($0.output.1) } ?? ""
        let brief = "csrf_token=\(key)&submission_id=endurance-of-the-test&script_source=CUSTOM&custom_prompt=A+lamp"
        reader.send(
            "POST /tasks/new HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: \(brief.utf8.count)\r\n\r\n\(brief)")
        guard reader.answer().hasPrefix("HTTP/1.1 303") else { return seen }
        for stream in listening where stream.read(until: "\n\n\r\n").contains("event: task") { seen.informed += 1 }
        return seen
    }

    /// Something may still have to be finished, so the quietest of some seconds counts.
    private static func processorTimeOfASecond(_ process: ChildProcess) -> Duration {
        let seconds = (0..<5).map { _ in
            let before = process.processorTime
            Glibc.sleep(1)
            return process.processorTime - before
        }
        return seconds.min() ?? .zero
    }

    private static func raiseDescriptorLimit(to count: Int) throws {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        if limit.rlim_cur >= count { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
        guard setrlimit(resource, &limit) == 0, limit.rlim_cur >= count else {
            throw Failure("no more than \(limit.rlim_max) files may be open")
        }
    }

    @Test func `running out of descriptors is survived, and the established notice nothing`() async throws {
        var launch = try Program.Launch.serve()
        // The program needs some thirty for itself, and takes as many connections as it believes to be left.
        launch.wrapper = ["/usr/bin/prlimit", "--nofile=64:64"]
        let app = try await Program(launch)
        let (port, process) = (app.port, app.process)
        let seen = try await blocking {
            let established = try RawConnection(port: port)
            var answers = [established.get("/healthz")]
            // A connection that nobody accepts is accepted by the kernel: it counts as held as well.
            let crowd = try (0..<200).map { _ in try RawConnection(port: port) }
            answers += (0..<20).map { _ in established.get("/tasks") }
            let spent = Self.processorTimeOfASecond(process)
            withExtendedLifetime(crowd) {}
            return (answers: answers, spent: spent)
        }
        #expect(seen.answers.allSatisfy { $0.hasPrefix("HTTP/1.1 200") })
        #expect(seen.spent < .milliseconds(100), "\(seen.spent) in a second with nothing to do")
        _ = try await eventually("a newcomer is served again", within: .seconds(20)) {
            (try? RawConnection(port: port))?.get("/healthz").hasPrefix("HTTP/1.1 200") == true ? true : nil
        }
        #expect(try await app.terminate() == .exited(0))
    }
}
