import Testing

@testable import HTTP

/// The state machine alone, with a clock made of numbers.
struct ConnectionTests {
    private let limits = Limits {
        ($0.headerTime, $0.bodyTime, $0.bodyRate, $0.idleTime) = (.seconds(10), .seconds(20), 1_000, .seconds(75))
        ($0.answerTime, $0.stalledTime, $0.lingerTime, $0.pingTime) = (.seconds(120), .seconds(30), .seconds(2), .seconds(15))
    }

    /// The name of what is to be done, with the status code where there is one.
    private func name(_ action: Any) -> String {
        let text = "\(action)"
        return String(text.prefix { $0 != "(" }) + (text.firstRange(of: "code: ").map { " " + text[$0.upperBound...].prefix(3) } ?? "")
    }

    private func receive(_ connection: inout Connection, _ text: String, now: Int = 0) -> String {
        var input = Array(text.utf8)[...]
        return name(connection.receive(&input, now: now))
    }

    private let get = "GET / HTTP/1.1\r\nHost: a\r\n"

    private func answering(_ fields: String = "") -> Connection {
        var connection = Connection(limits: limits, now: 0)
        let action = receive(&connection, "\(get)\(fields)\r\n")
        #expect(action == "respond")
        return connection
    }

    private func sent(_ connection: inout Connection, now: Int = 0) -> String {
        let begun = connection.beginSending(now: now)
        #expect(begun)
        return name(connection.sent(now: now))
    }

    private func timedOut(_ connection: inout Connection, hasOutput: Bool = false, now: Int = 0) -> String {
        name(connection.timedOut(hasOutput: hasOutput, now: now))
    }

    @Test func `each state has its deadline`() {
        var connection = Connection(limits: limits, now: 0)
        #expect(connection.deadline == 75_000)
        _ = receive(&connection, "POST / HTTP/1.1\r\n", now: 50_000)
        #expect(connection.deadline == 60_000)
        _ = receive(&connection, "Host: a\r\n", now: 59_000)
        #expect(connection.deadline == 60_000, "dripping puts nothing off")
        _ = receive(&connection, "Content-Length: 10000\r\n\r\n", now: 59_500)
        #expect(connection.deadline == 79_500)
        _ = receive(&connection, String(repeating: "x", count: 5_000), now: 60_000)
        #expect(connection.deadline == 84_500, "at 1,000 bytes a second, 5,000 are worth five")
        _ = receive(&connection, String(repeating: "x", count: 5_000), now: 61_000)
        #expect(connection.deadline == 181_000)
        _ = connection.beginSending(now: 70_000)
        #expect(connection.deadline == 100_000)
        connection.progressed(now: 80_000)
        #expect(connection.deadline == 110_000)
        #expect(name(connection.sent(now: 90_000)) == "read")
        #expect(connection.deadline == 165_000)
    }

    @Test func `at its deadline a connection does what its state asks for`() {
        var idle = Connection(limits: limits, now: 0)
        #expect(timedOut(&idle) == "close")
        var half = Connection(limits: limits, now: 0)
        _ = receive(&half, "GET")
        #expect(timedOut(&half) == "refuse 408")
        var waiting = answering()
        #expect(timedOut(&waiting) == "refuse 503")
        var stalled = answering()
        _ = stalled.beginSending(now: 0)
        #expect(timedOut(&stalled, hasOutput: true) == "close")
        var streaming = answering()
        streaming.beginStreaming(now: 0)
        #expect(timedOut(&streaming, now: 15_000) == "ping")
        #expect(streaming.deadline == 30_000)
        #expect(timedOut(&streaming, hasOutput: true, now: 30_000) == "close")
    }

    @Test func `a second answer is not sent`() {
        var connection = answering()
        #expect(sent(&connection) == "read")
        let again = connection.beginSending(now: 0)
        #expect(!again)
    }

    @Test func `a client that asked for the end is closed, any other may still be sending`() {
        var asked = answering("Connection: close\r\n")
        #expect(sent(&asked) == "close")
        var stopped = answering()
        #expect(name(stopped.stop(now: 0)) == "finish")
        #expect(sent(&stopped) == "linger")
        #expect(stopped.deadline == 2_000)
        var refused = Connection(limits: limits, now: 0)
        #expect(receive(&refused, "GET\r\n") == "refuse 400")
        #expect(sent(&refused) == "linger")
        #expect(receive(&refused, get + "\r\n") == "wait", "what comes now is dropped")
    }

    @Test func `while an answer is due, nothing is read`() {
        var connection = answering()
        #expect(!connection.wantsInput)
        #expect(receive(&connection, get) == "pause")
        _ = connection.beginSending(now: 0)
        #expect(receive(&connection, get) == "pause")
        _ = connection.sent(now: 0)
        #expect(connection.wantsInput)
        #expect(receive(&connection, get) == "wait")
    }
}
