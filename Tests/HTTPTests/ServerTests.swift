import Glibc
import Synchronization
import Testing

@testable import HTTP

struct ServerTests {
    @Test func `a page is served with its date and its length`() throws {
        let server = try serve()
        let answer = try Wire(server.address).get("/a/b")
        #expect(answer.status == 200 && answer.text == "/a/b" && answer["Content-Length"] == "4")
        #expect(answer["Content-Type"] == "text/plain; charset=utf-8" && answer["Connection"] == nil)
        #expect(answer["Date"].flatMap(HTTPDate.init) != nil)
    }

    @Test func `every answer carries the server's own fields, unless it says otherwise`() throws {
        let server = try serve(headers: ["X-Frame-Options": "DENY", "Cache-Control": "no-cache"]) { request in
            request.path == ["kept"] ? Response(.ok, headers: ["cache-control": "immutable"]) : .text(.ok, "")
        }
        let wire = try Wire(server.address)
        let plain = wire.get("/")
        #expect(plain["X-Frame-Options"] == "DENY" && plain["Cache-Control"] == "no-cache")
        let kept = wire.get("/kept")
        #expect(kept["X-Frame-Options"] == "DENY" && kept["cache-control"] == "immutable")
        #expect(kept.head.lowercased().split(separator: "cache-control").count == 2)
        wire.send("no request\r\n\r\n")
        let refused = wire.answer()
        #expect(refused.status == 400 && refused["X-Frame-Options"] == "DENY")
    }

    @Test func `a handler sees the client's address`() throws {
        let server = try serve { .text(.ok, $0.peer) }
        #expect(try Wire(server.address).get("/").text == "127.0.0.1")
    }

    @Test func `a connection is kept for the next request`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        #expect(wire.get("/1").text == "/1")
        #expect(wire.get("/2").text == "/2")
        #expect(wire.get("/3", "Connection: close\r\n")["Connection"] == "close")
        #expect(wire.isClosed)
    }

    @Test func `HTTP 1.0 is closed, or kept where it asks for it`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(wire.answer()["Connection"] == "keep-alive")
        wire.send("GET /2 HTTP/1.0\r\n\r\n")
        #expect(wire.answer()["Connection"] == "close")
        #expect(wire.isClosed)
    }

    @Test func `pipelined requests are answered in order, however slow the first is`() throws {
        let responders = Collected<Responder>()
        let server = try serve { request in
            request.path == ["slow"] ? .later { responders.add($0) } : .text(.ok, request.path.joined())
        }
        let wire = try Wire(server.address)
        wire.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + (1...50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        #expect(eventually { !responders.all.isEmpty })
        wire.send("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        responders.all.first?.respond(.text(.ok, "slow"))
        let expected = ["slow"] + (1...50).map(String.init) + ["last"]
        for text in expected { #expect(wire.answer().text == text) }
        #expect(wire.isClosed)
    }

    @Test func `nothing is answered after the last request`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(wire.readToEnd().hasSuffix("\r\n\r\n/1"))
    }

    @Test func `a client that closed its half gets its answers`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        wire.endOutput()
        #expect(wire.answer().text == "/1" && wire.answer().text == "/2" && wire.isClosed)
    }

    @Test(arguments: ["G", "GET / HTTP/1.1\r\nHost", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"])
    func `half a request is no request`(half: String) throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send(half)
        wire.endOutput()
        #expect(wire.answer().status == 400 && wire.isClosed)
        let silent = try Wire(server.address)
        silent.endOutput()
        #expect(silent.isClosed)
    }

    @Test(arguments: [
        "", "GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", "GET /later HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /page HTTP/1.1\r\nHost: a\r\n\r\n", "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", "GET\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func `a reset gives the place back, in every state`(sent: String) throws {
        let page = [UInt8](repeating: 65, count: 16_000_000)
        let responders = Collected<Responder>()
        let server = try serve(limits: Limits { ($0.connections, $0.refusals) = (1, 0) }) { request in
            switch request.path.first {
            case "later": .later { responders.add($0) }
            case "page": Response(.ok, body: .bytes(page))
            case "stream": Response(.ok, body: .eventStream)
            default: .text(.ok, "")
            }
        }
        do {
            let wire = try Wire(server.address)
            wire.send(sent)
            usleep(20_000)
            wire.resetsAtEnd()
        }
        #expect(eventually { (try? Wire(server.address).get("/").status) == 200 })
    }

    @Test func `HEAD gets the head of GET, and no body`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(wire.answer(toHead: true)["Content-Length"] == "4")
        #expect(wire.get("/next").text == "/next")
    }

    @Test func `204 has neither a body nor a length`() throws {
        let server = try serve { _ in Response(.noContent, body: .bytes([65])) }
        let wire = try Wire(server.address)
        let answer = wire.get("/")
        #expect(answer.status == 204 && answer["Content-Length"] == nil)
        #expect(wire.get("/").status == 204)
    }

    @Test func `OPTIONS of the server is the server's to answer`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = wire.answer()
        #expect(answer.status == 204 && answer["Allow"]?.contains("POST") == true)
        wire.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(wire.answer()["Allow"] == "GET, OPTIONS")
    }

    @Test(arguments: ["a\r\nX-Injected: yes", "a\nb", "a\rb", "a\0b"])
    func `a value cannot split the response`(value: String) throws {
        let server = try serve { _ in Response(.ok, headers: ["X-A": value], body: .bytes([65])) }
        let answer = try Wire(server.address).get("/")
        #expect(answer.status == 500 && answer["X-Injected"] == nil && answer["X-A"] == nil)
    }

    @Test func `a name cannot split the response either`() throws {
        let server = try serve { _ in Response(.ok, headers: ["X: y\r\nZ": "a"]) }
        #expect(try Wire(server.address).get("/").status == 500)
    }

    @Test func `a handler cannot break the framing`() throws {
        let server = try serve { _ in
            Response(
                .ok, headers: ["content-length": "99", "Transfer-Encoding": "chunked", "Connection": "x", "Date": "now"], body: .bytes([65])
            )
        }
        let answer = try Wire(server.address).get("/")
        #expect(
            answer["Content-Length"] == "1" && answer["Transfer-Encoding"] == nil && answer["Connection"] == nil && answer["Date"] != "now")
        #expect(answer["content-length"] == nil)
    }

    @Test func `a page whose tag the client has is not sent again`() throws {
        let server = try serve { _ in Response(.ok, headers: ["ETag": "\"v1\"", "Cache-Control": "private"], body: .bytes([65])) }
        let wire = try Wire(server.address)
        #expect(wire.get("/").text == "A")
        let answer = wire.get("/", "If-None-Match: \"v0\", W/\"v1\"\r\n")
        #expect(
            answer.status == 304 && answer["ETag"] == "\"v1\"" && answer["Cache-Control"] == "private" && answer["Content-Length"] == nil)
        #expect(wire.get("/", "If-None-Match: \"v2\"\r\n").text == "A")
    }

    @Test func `sixteen connections are spread evenly over the loops`() throws {
        let threads = Collected<UInt>()
        let server = try serve(loops: 4) { _ in
            threads.add(UInt(pthread_self()))
            return Response(.ok)
        }
        let wires = try (0..<16).map { _ in try Wire(server.address) }
        for wire in wires { #expect(wire.get("/").status == 200) }
        #expect(Dictionary(grouping: threads.all, by: \.self).values.map(\.count) == [4, 4, 4, 4])
    }

    @Test(arguments: ["localhost", "127.0.0.1", "::1", "[::1]"])
    func `a server listens on a name or an address`(host: String) throws {
        let server = try Server(.init(host: host, loops: 1)) { Site() }
        #expect(server.address.port > 0)
        #expect(server.address.description == (host.contains(":") ? "[::1]" : "127.0.0.1") + ":\(server.address.port)")
        #expect(try Wire(server.address).get("/").status == 200)
    }

    @Test func `what cannot be listened on is said in one line`() throws {
        let server = try serve()
        func message(_ host: String, _ port: Int) -> String {
            do {
                _ = try Server(.init(host: host, port: port, loops: 1)) { Site() }
                return "started"
            } catch {
                return "\(error)"
            }
        }
        #expect(message("127.0.0.1", server.address.port) == "cannot listen on \(server.address): another program has this port")
        #expect(message("example.com", 0) == "example.com is no address to listen on: give localhost, an IPv4 or an IPv6 address")
        #expect(message("192.0.2.1", 0) == "cannot listen on 192.0.2.1:0: this machine has no such address")
        #expect(message("127.0.0.1", 70_000) == "70000 is no port: give 0 to 65535")
    }

    @Test func `a handler that cannot be made stops the start, and the port is free again`() throws {
        struct Missing: Error, CustomStringConvertible { let description = "the database is missing" }
        // An address of its own, so that no other test is given the port between two of these servers.
        let host = "127.0.0.31"
        let port = try Server(.init(host: host, loops: 1)) { Site() }.address.port
        let made = Atomic(0)
        let error = #expect(throws: ServerError.self) {
            try Server<Site>(.init(host: host, port: port, loops: 3)) {
                if made.add(1, ordering: .relaxed).newValue == 2 { throw Missing() }
                return Site()
            }
        }
        #expect(error?.description == "the database is missing")
        #expect(try Server(.init(host: host, port: port, loops: 1)) { Site() }.address.port == port)
    }

    @Test func `a connection is closed after its share of requests`() throws {
        let server = try serve(limits: Limits { $0.requestsPerConnection = 2 })
        let wire = try Wire(server.address)
        #expect(wire.get("/")["Connection"] == nil)
        #expect(wire.get("/")["Connection"] == "close")
        #expect(wire.isClosed)
    }

    @Test func `newcomers over the limit get 503, and the established notice nothing`() throws {
        let server = try serve(limits: Limits { ($0.connections, $0.refusals) = (2, 1) })
        var held = [try Wire(server.address), try Wire(server.address)]
        for wire in held { #expect(wire.get("/").status == 200) }
        let refused = try Wire(server.address)
        #expect(refused.answer().status == 503)
        // The third place over the limit is taken by the one above until it closes.
        let unheard = try Wire(server.address)
        #expect(unheard.readToEnd() == "")
        for wire in held { #expect(wire.get("/").status == 200) }
        held.removeAll()
        #expect(eventually { (try? Wire(server.address).get("/").status) == 200 })
    }
}
