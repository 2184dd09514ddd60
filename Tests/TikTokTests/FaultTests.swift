import Domain
import Testing

@testable import TikTok

@Suite struct `When the service or the way to it fails` {
    @Test(arguments: [
        StandIn.Reply.http("502 Bad Gateway", headers: ["Content-Type: text/html"], "<html>502</html>"),
        .http("404 Not Found", "404 page not found"),
        .http("200 OK", ""), .http("500 Internal Server Error", ""), .http("204 No Content", ""), .json(#"{"code":0,"message":"OK","da"#),
        .bytesThenClose("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"code\":0,\"data\":{\"task_id\":\"t\"}}"),
        .bytesThenClose("HTTP/1.1 200 OK\r\nContent-Le"), .bytesThenClose("HTTP/1.1 20"), .bytesThenClose("H"),
        .bytesThenClose(""), .bytesThenClose("no HTTP at all\r\n\r\n"),
        .bytesThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        .bytesThenClose("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
        .http("200 OK\r\nNoColon", ""), .reset, .http("401 Unauthorized", headers: ["WWW-Authenticate: Bearer"], "no"),
        .http("302 Found", headers: ["Location: http:///"], ""), .http("302 Found", headers: ["Location: //[::1:9?%"], ""),
    ])
    func `an answer that is none leaves the create unknown, after one request`(reply: StandIn.Reply) async throws {
        let server = try StandIn { _ in reply }
        let reason = try unknown(await client(server.address).create(try brief(), videoIDs: []))
        #expect(!reason.isEmpty && !reason.contains("\n") && !reason.contains(Self.token))
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is not followed, and the token stays here`(status: Int) async throws {
        let thief = try StandIn { _ in .json(#"{"code":0,"data":{"task_id":"t"}}"#) }
        let location = "Location: \(thief.address)/creative/"
        let server = try StandIn { _ in .http("\(status) Moved", headers: [location], #"{"code":0,"data":{"task_id":"t"}}"#) }
        let client = try client(server.address)
        #expect(try unknown(await client.create(try brief(), videoIDs: [])).contains("redirect (HTTP \(status))"))
        #expect(try unknown(await client.task("1")).contains("redirect (HTTP \(status))"))
        #expect(try unknown(await client.upload(try AssetURL("https://a.example/a.mp4"))).contains("redirect (HTTP \(status))"))
        #expect(thief.requests.isEmpty)
        #expect(server.requests.count == 3)
    }

    @Test func `an envelope under any HTTP status is the service's word`() async throws {
        let server = try StandIn { _ in .http("503 Service Unavailable", #"{"code":61000,"message":"busy","request_id":"r"}"#) }
        let refusal = try refused(await client(server.address).create(try brief(), videoIDs: []))
        #expect(refusal == Refusal(code: 61_000, message: "busy", requestID: "r"))
    }

    @Test(arguments: [#"Basic realm="x""#, #"Digest realm="x", nonce="1""#])
    func `a 401 that asks for a password is read like any other answer`(challenge: String) async throws {
        let server = try StandIn { _ in
            .http("401 Unauthorized", headers: ["WWW-Authenticate: \(challenge)"], #"{"code":40105,"message":"no","request_id":"r"}"#)
        }
        #expect(try refused(await client(server.address).task("1")).code == 40_105)
        #expect(try refused(await client(server.address).create(try brief(), videoIDs: [])).code == 40_105)
        #expect(server.requests.count == 2)
    }

    @Test func `a body that drips does not outlast the deadline`() async throws {
        let server = try StandIn { _ in .drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", every: .milliseconds(20)) }
        let client = try client(server.address, deadline: .milliseconds(900))
        let start = ContinuousClock.now
        #expect(try unknown(await client.create(try brief(), videoIDs: [])) == "no answer within 1 s")
        let took = ContinuousClock.now - start
        #expect(took >= .milliseconds(900) && took < .seconds(10))
    }

    @Test func `a head that drips does not outlast the deadline`() async throws {
        let server = try StandIn { _ in .drip("HTTP/1.1 200 OK\r\nX-Slow: ", every: .milliseconds(20)) }
        let client = try client(server.address, deadline: .milliseconds(900))
        #expect(try unknown(await client.create(try brief(), videoIDs: [])) == "no answer within 1 s")
    }

    @Test func `a kept connection that has died is replaced, and a read is made again`() async throws {
        let server = try StandIn { _ in
            .bytesThenClose("HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n{\"code\":0,\"data\":{\"status\":\"SUCCESS\"}}")
        }
        let client = try client(server.address)
        for _ in 0..<5 { _ = try done(await client.task("1")) }
        #expect(server.requests.map(\.connection) == [1, 2, 3, 4, 5])
    }

    @Test func `each kind of call has its own deadline`() async throws {
        let server = try StandIn { _ in .silence }
        let deadlines = Deadlines(upload: .milliseconds(1_001), create: .milliseconds(2_001), read: .milliseconds(900))
        let client = try Client(base: server.address, token: Self.token, deadlines: deadlines)
        async let upload = client.upload(try AssetURL("https://a.example/a.mp4"))
        async let create = client.create(try brief(), videoIDs: [])
        async let task = client.task("1")
        async let list = client.scripts(page: 1, size: 1)
        #expect(try unknown(await task) == "no answer within 1 s")
        #expect(try unknown(await list) == "no answer within 1 s")
        #expect(try unknown(await upload) == "no answer within 2 s")
        #expect(try unknown(await create) == "no answer within 3 s")
    }

    @Test func `the standard deadlines outlast the service's own`() {
        #expect(Deadlines.standard == Deadlines(upload: .seconds(20), create: .seconds(30), read: .seconds(15)))
    }

    @Test func `a call that was held up before its first byte left was not sent`() async throws {
        // It accepts and stays silent, so the TLS greeting is never answered.
        let server = try StandIn { _ in .silence }
        let address = server.address.replacing("http://", with: "https://")
        let client = try client(address, deadline: .milliseconds(900))
        #expect(try notSent(await client.create(try brief(), videoIDs: [])) == "no answer within 1 s, and it was not sent")
        #expect(try notSent(await client.task("1")) == "no answer within 1 s, and it was not sent")
    }

    @Test func `a TLS set-up that fails means that nothing was sent`() async throws {
        let server = try StandIn(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _ in .silence }
        let client = try client("https://127.0.0.1:\(server.port)")
        let reason = try notSent(await client.create(try brief(), videoIDs: []))
        #expect(reason.hasPrefix("no secure connection to the service"))
        #expect(!reason.contains(Self.token))
    }

    @Test func `no listener means that nothing was sent`() async throws {
        var server: StandIn? = try StandIn { _ in .silence }
        let address = try #require(server?.address)
        server = nil
        let client = try client(address)
        while case .unknown = await client.task("1") {}
        #expect(try notSent(await client.create(try brief(), videoIDs: [])).hasPrefix("no connection to the service"))
        #expect(try notSent(await client.task("1")).hasPrefix("no connection to the service"))
    }

    @Test func `a name that does not exist means that nothing was sent`() async throws {
        let client = try client("https://no-such-service.invalid")
        #expect(try notSent(await client.create(try brief(), videoIDs: [])).hasPrefix("the service's name could not be found"))
    }

    @Test func `an answer without end is left at 16 MiB`() async throws {
        let server = try StandIn { _ in .flood("HTTP/1.1 200 OK\r\n\r\n", count: Transport.largestBody + (1 << 20)) }
        #expect(try unknown(await client(server.address).task("1")) == "the answer was larger than 16 MiB")
    }

    @Test func `a call whose task is cancelled ends at once`() async throws {
        let server = try StandIn { _ in .silence }
        let client = try client(server.address)
        let call = Task { await client.task("1") }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        call.cancel()
        #expect(try unknown(await call.value) == "stopped before the answer came")
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.create(try brief(), videoIDs: [])
        }
        _ = try notSent(await late.value)
        #expect(server.requests.count == 1)
    }

    @Test func `redirects that meet a cancellation do no harm`() async throws {
        let server = try StandIn { _ in .http("302 Found", headers: ["Location: /"], "") }
        let client = try client(server.address)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let call = Task { await client.task("1") }
                    try? await Task.sleep(for: .microseconds(number * 40))
                    call.cancel()
                    _ = await call.value
                }
            }
        }
        #expect(try unknown(await client.task("1")).contains("redirect"))
    }

    static let token = "0123456789abcdef-secret"

    private func client(_ address: String, deadline: Duration = .seconds(15)) throws -> Client {
        try Client(base: address, token: Self.token, deadlines: Deadlines(upload: deadline, create: deadline, read: deadline))
    }
}
