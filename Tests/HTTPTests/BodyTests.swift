import Glibc
import Testing

@testable import HTTP

struct BodyTests {
    private static let echo: @Sendable (Request) -> Response = { request in
        switch request.body {
        case .none: .text(.ok, "none")
        case .bytes(let bytes): Response(.ok, headers: ["X-Kind": "bytes"], body: .bytes(bytes))
        case .file(let path, let count): Response(.ok, headers: ["X-Kind": "file of \(count)"], body: .file(path: path))
        }
    }

    @Test func `a small body is kept in memory, an empty one is none`() throws {
        let server = try serve(Self.echo)
        let wire = try Wire(server.address)
        #expect(wire.post("/", "hello").text == "hello")
        #expect(wire.post("/", "").text == "none")
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nX: trailer\r\n\r\n")
        #expect(wire.answer().text == "hello")
    }

    @Test func `a large body comes as a file that is gone after the response`() throws {
        let folder = TemporaryFolder()
        let server = try serve(spool: folder.path, limits: Limits { $0.bodyInMemory = 1_000 }, Self.echo)
        let wire = try Wire(server.address)
        let body = (0..<100_000).map { "\($0)," }.joined()
        let answer = wire.post("/", body)
        #expect(answer["X-Kind"] == "file of \(body.utf8.count)" && answer.text == body)
        #expect(wire.post("/", String(body.prefix(1_000)))["X-Kind"] == "bytes")
        #expect(wire.post("/", String(body.prefix(1_001)))["X-Kind"] == "file of 1001")
        #expect(wire.post("/", "x").text == "x")
        #expect(folder.names == [])
    }

    @Test func `the file of a client that went away is removed`() throws {
        let folder = TemporaryFolder()
        let server = try serve(spool: folder.path, limits: Limits { $0.bodyInMemory = 10 }, Self.echo)
        do {
            let wire = try Wire(server.address)
            wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "x", count: 500))
            #expect(eventually { !folder.names.isEmpty })
            wire.resetsAtEnd()
        }
        #expect(eventually { folder.names.isEmpty })
        #expect(try Wire(server.address).post("/", "x").text == "x")
    }

    @Test func `many large bodies at once do not meet`() throws {
        let folder = TemporaryFolder()
        let server = try serve(loops: 4, spool: folder.path, limits: Limits { $0.bodyInMemory = 10 }, Self.echo)
        let wires = try (0..<16).map { _ in try Wire(server.address) }
        for (number, wire) in wires.enumerated() {
            wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\nbody of client \(number % 10)")
        }
        #expect(eventually { folder.names.count == 16 })
        for (number, wire) in wires.enumerated() {
            wire.send("-end")
            #expect(wire.answer().text == "body of client \(number % 10)-end")
        }
    }

    @Test func `what a crash left in the spool folder is removed at the start`() throws {
        let folder = TemporaryFolder()
        _ = folder.write("body-999999999-1-1", "left")
        _ = folder.write("body-\(getpid())-1-1", "in use")
        _ = folder.write("notes", "not ours")
        _ = try serve(spool: folder.path)
        #expect(folder.names.sorted() == ["body-\(getpid())-1-1", "notes"])
    }

    @Test func `without a spool folder a large body is refused`() throws {
        let server = try serve(limits: Limits { $0.bodyInMemory = 10 }, Self.echo)
        #expect(try Wire(server.address).post("/", "0123456789").text == "0123456789")
        #expect(try Wire(server.address).post("/", "0123456789a").status == 413)
    }

    @Test func `a spool folder that cannot be written ends the request only`() throws {
        let server = try serve(spool: "/dev/null/spool", limits: Limits { $0.bodyInMemory = 10 }, Self.echo)
        #expect(try Wire(server.address).post("/", "0123456789a").status == 507)
        #expect(try Wire(server.address).post("/", "a").text == "a")
    }

    @Test func `a client that waits for 100 is told to go on`() throws {
        let server = try serve(Self.echo)
        let wire = try Wire(server.address)
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(wire.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        wire.send("hello")
        #expect(wire.answer().text == "hello")
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello")
        #expect(wire.answer().status == 200, "the body came along, so nothing is said")
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n")
        #expect(wire.answer().status == 413)
    }

    @Test func `a client that sends on after 413 sees the answer`() throws {
        let server = try serve(limits: Limits { $0.body = 100_000 }, Self.echo)
        let wire = try Wire(server.address)
        wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
        for _ in 0..<100 { #expect(wire.send(chunk), "reset while sending") }
        #expect(wire.answer().status == 413)
        #expect(wire.isClosed)
    }

    @Test func `a malformed request is answered once and the connection closed`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("GET /\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = wire.answer()
        #expect(answer.status == 400 && answer["Connection"] == "close" && answer.text == "400 Bad Request\n")
        #expect(wire.isClosed)
    }
}
