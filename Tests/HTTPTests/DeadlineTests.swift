import Glibc
import Testing

@testable import HTTP

struct DeadlineTests {
    private let short = Duration.milliseconds(100)

    @Test func `a connection that asks for nothing is closed without a word`() throws {
        let server = try serve(limits: Limits { $0.idleTime = short })
        #expect(try Wire(server.address).isClosed)
        let wire = try Wire(server.address)
        #expect(wire.get("/").status == 200)
        #expect(wire.isClosed)
    }

    @Test func `a head that does not end gets 408, however it drips`() throws {
        let server = try serve(limits: Limits { ($0.headerTime, $0.lingerTime) = (short, short) })
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.1\r\nX: ")
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(2), wire.send("a") { usleep(5_000) }
        #expect(ContinuousClock.now - start < .seconds(2))
        let other = try Wire(server.address)
        other.send("GET / HT")
        #expect(other.answer().status == 408 && other.isClosed)
    }

    @Test func `a body that does not come gets 408`() throws {
        let server = try serve(limits: Limits { $0.bodyTime = short })
        let wire = try Wire(server.address)
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        #expect(wire.answer().status == 408)
        #expect(wire.isClosed)
    }

    @Test func `a body that comes fast enough may take its time`() throws {
        let server = try serve(limits: Limits { ($0.bodyTime, $0.bodyRate) = (short, 1_000) })
        let wire = try Wire(server.address)
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n")
        for _ in 0..<4 {
            wire.send(String(repeating: "x", count: 100))
            usleep(70_000)
        }
        #expect(wire.answer().status == 200)
    }

    @Test func `a reader that has stalled is cut off`() throws {
        let page = [UInt8](repeating: 65, count: 16_000_000)
        let server = try serve(limits: Limits { $0.stalledTime = short }) { _ in Response(.ok, body: .bytes(page)) }
        let wire = try Wire(server.address, receiveBuffer: 65_536)
        wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        usleep(300_000)
        #expect(wire.readToEnd().utf8.count < page.count)
        let next = try Wire(server.address)
        next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(next.answer().body.count == page.count)
    }

    @Test func `a client that never closes after a refusal is closed`() throws {
        let server = try serve(limits: Limits { ($0.lingerTime, $0.connections, $0.refusals) = (short, 1, 0) })
        let wire = try Wire(server.address)
        wire.send("GET\r\n")
        #expect(wire.answer().status == 400)
        #expect(eventually { (try? Wire(server.address).get("/").status) == 200 })
    }

    @Test func `a server whose clients all wait sleeps, whatever they wait for`() throws {
        let loops = Collected<pthread_t>()
        let responders = Collected<Responder>()
        let page = [UInt8](repeating: 65, count: 16_000_000)
        let server = try serve { request in
            loops.add(pthread_self())
            switch request.path.first {
            case "later": return .later { responders.add($0) }
            case "page": return Response(.ok, body: .bytes(page))
            case "stream": return Response(.ok, body: .eventStream)
            default: return .text(.ok, "")
            }
        }
        let idle = try (0..<20).map { _ in try Wire(server.address) }
        for wire in idle { #expect(wire.get("/").status == 200) }
        let waiting = try ["", "GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", "GET\r\n"].map { text in
            let wire = try Wire(server.address)
            wire.send(text)
            return wire
        }
        let busy = try ["later", "later", "page", "stream"].map { path in
            let wire = try Wire(server.address, receiveBuffer: 65_536)
            wire.send("GET /\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            return wire
        }
        #expect(eventually { responders.all.count == 2 })
        // More input than is read now, and a half that is closed.
        busy[0].send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        busy[1].endOutput()
        busy[2].send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(idle[0].get("/").status == 200)
        let loop = try #require(loops.all.last)
        let before = Self.processorTime(of: loop)
        usleep(300_000)
        #expect(Self.processorTime(of: loop) - before < 5_000_000)
        withExtendedLifetime(waiting) {}
    }

    /// In nanoseconds.
    private static func processorTime(of thread: pthread_t) -> Int {
        var clock = clockid_t()
        var time = timespec()
        pthread_getcpuclockid(thread, &clock)
        clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
