import Glibc
import Synchronization
import Testing

@testable import HTTP

struct PiecesTests {
    /// A body of so many pieces of so many bytes.
    private func body(_ count: Int, of size: Int, isBroken: Bool = false) -> Response {
        let left = Mutex(count)
        return Response(
            .ok,
            body: .pieces(
                Pieces { answer in
                    let number = left.withLock { left in
                        left -= 1
                        return left
                    }
                    if number < 0 {
                        answer(isBroken ? .broken : .end)
                    } else {
                        answer(.bytes([UInt8](repeating: UInt8(ascii: "x"), count: size)))
                    }
                }))
    }

    @Test func `all pieces arrive, and the connection goes on`() throws {
        let server = try HTTPTests.serve { request in request.path == ["many"] ? body(300, of: 7) : .text(.ok, "next") }
        let wire = try Wire(server.address)
        for _ in 0..<3 {
            wire.send("GET /many HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = wire.read(until: "\r\n0\r\n\r\n")
            #expect(text.contains("Transfer-Encoding: chunked"))
            #expect(text.components(of: "7\r\nxxxxxxx\r\n") == 300)
            #expect(wire.get("/").text == "next")
        }
    }

    @Test func `HTTP 1.0 gets the plain bytes up to the end of the connection`() throws {
        let server = try HTTPTests.serve { _ in body(3, of: 5) }
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.0\r\n\r\n")
        let text = wire.readToEnd()
        #expect(text.hasSuffix("\r\n\r\n" + String(repeating: "x", count: 15)))
        #expect(!text.contains("chunked"))
    }

    @Test func `HEAD makes no piece`() throws {
        let asked = Collected<Bool>()
        let server = try HTTPTests.serve { _ in
            Response(
                .ok,
                body: .pieces(
                    Pieces { answer in
                        asked.add(true)
                        answer(.end)
                    }))
        }
        let wire = try Wire(server.address)
        wire.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(wire.readToEnd().hasPrefix("HTTP/1.1 200"))
        #expect(asked.all.isEmpty)
    }

    @Test func `a body that breaks off is not taken for a whole one`() throws {
        let server = try HTTPTests.serve { _ in body(2, of: 5, isBroken: true) }
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let text = wire.readToEnd()
        #expect(text.contains("xxxxx"))
        #expect(!text.hasSuffix("0\r\n\r\n"))
    }

    /// A client that reads nothing has some pieces in its socket and one in memory; no further one is made.
    @Test func `a slow client has no piece made ahead`() throws {
        let asked = Collected<Bool>()
        let server = try HTTPTests.serve { _ in
            Response(
                .ok,
                body: .pieces(
                    Pieces { answer in
                        asked.add(true)
                        answer(.bytes([UInt8](repeating: 120, count: 1 << 20)))
                    }))
        }
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { !asked.all.isEmpty })
        // As much as the sockets of the two sides hold, which is some megabytes.
        var before = -1
        #expect(
            eventually {
                let now = asked.all.count
                defer { before = now }
                usleep(100_000)
                return now == before
            })
        #expect(asked.all.count < 30)
        // Others are served meanwhile, and the loop goes on when it leaves.
        wire.resetsAtEnd()
    }
}

extension String {
    /// How often it holds this, one after the other.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
