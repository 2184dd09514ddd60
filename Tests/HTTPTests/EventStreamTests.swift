import Glibc
import Testing

@testable import HTTP

struct EventStreamTests {
    private func serve(loops: Int = 1, _ limits: Limits = Limits()) throws -> Server<Site> {
        try HTTPTests.serve(loops: loops, limits: limits) { _ in Response(.ok, headers: ["X-A": "b"], body: .eventStream) }
    }

    private func stream(_ server: Server<Site>) throws -> Wire {
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let head = wire.answer(toHead: true)
        #expect(
            head.status == 200 && head["Content-Type"] == "text/event-stream" && head["Cache-Control"] == "no-store" && head["X-A"] == "b")
        #expect(head["Transfer-Encoding"] == "chunked" && head["Content-Length"] == nil)
        return wire
    }

    @Test func `every stream of every loop gets every message, in order`() throws {
        let server = try serve(loops: 3)
        let wires = try (0..<6).map { _ in try stream(server) }
        for number in 0..<100 { server.publish("\(number)") }
        for wire in wires {
            let text = wire.read(until: "data: 99\n\n\r\n")
            let numbers = text.split(separator: "\r\n").compactMap {
                $0.hasPrefix("event: news\ndata: ") ? Int($0.dropFirst(18).dropLast(2)) : nil
            }
            #expect(numbers == Array(0..<100))
        }
    }

    @Test func `an event without a message sends nothing`() throws {
        let server = try serve()
        let wire = try stream(server)
        server.publish("")
        server.publish("x")
        #expect(wire.read(until: "\n\n\r\n") == "15\r\nevent: news\ndata: x\n\n\r\n")
    }

    @Test func `a message of several lines is several data lines`() {
        func text(_ event: String, _ data: String) -> String {
            String(decoding: EventStream.encode(ServerSentEvent(event: event, data: data)).plain, as: UTF8.self)
        }
        #expect(text("a", "1\n2\r\n3\r4") == "event: a\ndata: 1\ndata: 2\ndata: 3\ndata: 4\n\n")
        #expect(text("a\r\ndata: x", "") == "event: adata: x\ndata: \n\n")
        #expect(text("", "\n\n") == "data: \ndata: \ndata: \n\n")
    }

    @Test func `a quiet stream is kept alive by comments`() throws {
        let server = try serve(Limits { $0.pingTime = .milliseconds(50) })
        let wire = try stream(server)
        #expect(wire.read(until: "\n\n\r\n") == "3\r\n:\n\n\r\n")
        #expect(wire.read(until: "\n\n\r\n") == "3\r\n:\n\n\r\n")
    }

    @Test func `a client that does not read is dropped, the others get everything`() throws {
        let server = try serve()
        let slow = try Wire(server.address, receiveBuffer: 65_536)
        slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let reading = try stream(server)
        let message = String(repeating: "x", count: 60_000)
        let chunk = EventStream.encode(ServerSentEvent(event: "news", data: message)).chunk
        for _ in 0..<200 {
            server.publish(message)
            #expect(reading.read(chunk.count) == chunk)
        }
        #expect(slow.readToEnd().utf8.count < 200 * 60_000)
    }

    @Test func `a client that closes is forgotten`() throws {
        let server = try serve(Limits { ($0.connections, $0.refusals) = (1, 0) })
        do { _ = try stream(server) }
        #expect(
            eventually {
                guard let wire = try? Wire(server.address) else { return false }
                wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
                return wire.answer(toHead: true).status == 200
            })
    }

    @Test func `HTTP 1.0 gets the stream without chunks`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let head = wire.answer(toHead: true)
        #expect(head["Transfer-Encoding"] == nil && head["Connection"] == "close")
        server.publish("x")
        server.stop(within: .seconds(1))
        #expect(wire.readToEnd() == "event: news\ndata: x\n\n")
    }

    @Test func `a stream whose owner is no longer kept ends before the message, the others go on`() throws {
        let server = try HTTPTests.serve(loops: 2) { request in Response(.ok, body: .stream(owner: request.path.first)) }
        let owned = try (0..<4).map { number in
            let wire = try Wire(server.address)
            wire.send("GET /\(number % 2 == 0 ? "ada" : "ben") HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(wire.answer(toHead: true).status == 200)
            return wire
        }
        server.publish("ada")
        for wire in [owned[0], owned[2]] { #expect(wire.readToEnd() == "0\r\n\r\n") }
        for wire in [owned[1], owned[3]] { #expect(wire.read(until: "\n\n\r\n").contains("data: ada")) }
    }

    @Test func `a stream ends with its last chunk when the server stops`() throws {
        let server = try serve()
        let wire = try stream(server)
        server.publish("x")
        server.stop(within: .seconds(1))
        #expect(wire.readToEnd().hasSuffix("data: x\n\n\r\n0\r\n\r\n"))
    }
}
