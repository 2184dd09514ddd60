import Glibc
import Testing

@testable import HTTP

struct LaterTests {
    private let responders = Collected<Responder>()

    private func serve(_ limits: Limits = Limits()) throws -> Server<Site> {
        try HTTPTests.serve(limits: limits) { [responders] request in
            request.path == ["later"] ? .later { responders.add($0) } : .text(.ok, "now")
        }
    }

    private func responder() throws -> Responder {
        #expect(eventually { !responders.all.isEmpty })
        return try #require(responders.all.last)
    }

    @Test func `a late answer holds up nobody else`() throws {
        let server = try serve()
        let (waiting, other) = (try Wire(server.address), try Wire(server.address))
        waiting.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        let responder = try responder()
        #expect(other.get("/").text == "now")
        responder.respond(.text(.ok, "first"))
        responder.respond(.text(.ok, "second"))
        #expect(waiting.answer().text == "first")
        #expect(waiting.get("/").text == "now")
    }

    @Test(arguments: [false, true])
    func `a stand-in can cut its answer off, and go on with other clients`(isReset: Bool) throws {
        let server = try HTTPTests.serve { request in
            request.path == ["cut"] ? Response(.ok, body: .cut(Array("HTTP/1.1 2".utf8), reset: isReset)) : .text(.ok, "whole")
        }
        let (wire, other) = (try Wire(server.address), try Wire(server.address))
        wire.send("GET /cut HTTP/1.1\r\nHost: a\r\n\r\n")
        // A reset may overtake what was sent before it.
        #expect(["HTTP/1.1 2", isReset ? "" : "HTTP/1.1 2"].contains(wire.readToEnd()))
        #expect(other.get("/").text == "whole")
    }

    @Test func `an answer given at once arrives as well`() throws {
        let server = try HTTPTests.serve { _ in .later { $0.respond(.text(.ok, "at once")) } }
        let wire = try Wire(server.address)
        for _ in 0..<3 { #expect(wire.get("/").text == "at once") }
    }

    @Test func `a later answer may be later again`() throws {
        let server = try HTTPTests.serve { _ in .later { $0.respond(.later { $0.respond(.text(.ok, "at last")) }) } }
        #expect(try Wire(server.address).get("/").text == "at last")
    }

    @Test func `a responder that is dropped answers 500`() throws {
        let server = try HTTPTests.serve { _ in .later { _ in } }
        let wire = try Wire(server.address)
        #expect(wire.get("/").status == 500)
        #expect(wire.get("/").status == 500)
    }

    @Test func `a client that has gone is no error, and its answer reaches nobody else`() throws {
        let server = try serve()
        do {
            let wire = try Wire(server.address)
            wire.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try responder()
            wire.resetsAtEnd()
        }
        let next = try Wire(server.address)
        #expect(next.get("/").text == "now")
        try responder().respond(.text(.ok, "for the one before"))
        #expect(next.get("/").text == "now")
    }

    @Test func `a client that closed its half gets its late answer`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
        wire.endOutput()
        try responder().respond(.text(.ok, "late"))
        #expect(wire.answer().text == "late")
        #expect(wire.answer().text == "now")
        #expect(wire.isClosed)
    }

    @Test func `an answer that never comes is given up with 503`() throws {
        let server = try serve(Limits { $0.answerTime = .milliseconds(100) })
        let wire = try Wire(server.address)
        wire.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(wire.answer().status == 503)
        try responder().respond(.text(.ok, "too late"))
        #expect(wire.isClosed)
    }

    @Test func `a responder made by hand hands over what it is given`() {
        let answers = Collected<Response>()
        Responder { answers.add($0) }.respond(.seeOther("/"))
        _ = Responder { answers.add($0) }
        #expect(answers.all.map(\.status) == [.seeOther, .internalServerError])
    }
}
