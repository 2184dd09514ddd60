import Domain
import HTTP
import Store
import Testing

@testable import Web

@Suite struct `Behind a reverse proxy` {
    private static let host = ("Host", "scripts.example")

    private func site() async throws -> (TestSite, Account) {
        let ranges = try ["10.0.0.0/8", "fd00::/8"].map { try #require(AddressRange($0)) }
        let test = try TestSite(
            Site.Settings(
                allowedHosts: ["scripts.example"], listensOnLoopback: false,
                proxy: ReverseProxy(ranges: ranges, userHeader: "Remote-User")))
        _ = try await test.connect()
        return (test, try await test.addMember(.admin, name: "Ada", email: "ada@example.com"))
    }

    private func get(_ test: TestSite, _ headers: [(String, String)], peer: String = "10.0.0.1") async -> Response {
        await get(test, "/", headers, peer: peer)
    }

    private func get(_ test: TestSite, _ path: String, _ headers: [(String, String)], peer: String = "10.0.0.1") async -> Response {
        await test.send(.get(path, headers: [Self.host] + headers, peer: peer))
    }

    @Test func `a member is whom the trusted proxy names`() async throws {
        let (test, _) = try await site()
        let page = await get(test, [("Remote-User", "ADA@example.com")])
        #expect(page.status == .ok && page.text.contains(">Ada</a>"))
        let account = await get(test, "/account", [("Remote-User", "ada@example.com")])
        #expect(account.status == .ok && !account.text.contains("Sign out"))
    }

    @Test func `the name counts for nothing from anybody else`() async throws {
        let (test, _) = try await site()
        for peer in ["192.0.2.1", "11.0.0.1", "127.0.0.1", "::1", "2001:db8::1"] {
            #expect(await get(test, [("Remote-User", "ada@example.com")], peer: peer).leadsToSignIn, "\(peer)")
        }
        for names in [["ada@example.com", "eve"], ["eve", "ada@example.com"], [""], [String(repeating: "x", count: 201)]] {
            #expect(await get(test, names.map { ("Remote-User", $0) }).leadsToSignIn, "\(names)")
        }
    }

    @Test func `who is new arrives as a viewer, and is sent on to where they wanted to go`() async throws {
        let (test, _) = try await site()
        let first = await get(test, "/tasks?before=9", [("Remote-User", "carl")])
        #expect(first.status == .seeOther && first.headers["Location"] == "/tasks?before=9")
        #expect(await get(test, "/tasks", [("Remote-User", "carl")]).status == .ok)
        #expect(await get(test, "/tasks/new", [("Remote-User", "carl")]).status == .forbidden)
        let carl = try #require(try test.read { database throws(StoreError) in try database.findAccount(proxyName: "carl") })
        #expect(carl.role == .viewer)
        let now = test.clock.now
        _ = try await test.write { transaction throws(StoreError) in
            try transaction.disableMember(carl.id, by: Actor(member: nil, address: ""), now: now)
        }
        let closed = await get(test, "/tasks", [("Remote-User", "carl")])
        #expect(closed.status == .forbidden && closed.text.contains("disabled"))
    }

    @Test func `nobody is let in before there is an admin`() async throws {
        let test = try TestSite(
            Site.Settings(proxy: ReverseProxy(ranges: [try #require(AddressRange("10.0.0.1"))], userHeader: "Remote-User")))
        _ = try await test.connect()
        #expect(await test.send(.get("/", headers: [("Remote-User", "carl")], peer: "10.0.0.1")).status == .forbidden)
        #expect(try test.read { database throws(StoreError) in try database.findAccounts() }.isEmpty)
    }

    @Test(arguments: [
        ([("X-Forwarded-For", "192.0.2.7")], "192.0.2.7"),
        // What stands left of the client is the client's own invention.
        ([("X-Forwarded-For", "6.6.6.6, 192.0.2.7")], "192.0.2.7"),
        ([("X-Forwarded-For", "6.6.6.6, 192.0.2.7, 10.1.1.1")], "192.0.2.7"),
        ([("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "192.0.2.7")], "192.0.2.7"),
        ([("Forwarded", "for=192.0.2.7;proto=https")], "192.0.2.7"),
        ([("Forwarded", "for=6.6.6.6, for=\"[2001:db8::7]:4711\";proto=http")], "2001:db8::7"),
        ([("Forwarded", "for=192.0.2.7:80, FOR=10.0.0.9")], "192.0.2.7"),
        // One that cannot be read, and two that contradict each other, are the proxy's own.
        ([("X-Forwarded-For", "192.0.2.7, unknown")], "10.0.0.1"),
        ([("Forwarded", "for=_hidden")], "10.0.0.1"),
        ([("X-Forwarded-For", "192.0.2.7"), ("Forwarded", "for=6.6.6.6")], "10.0.0.1"),
        ([("X-Forwarded-For", "10.0.0.2, 10.0.0.3")], "10.0.0.1"),
        ([], "10.0.0.1"),
    ]) func `the client's address is what the trusted proxy saw`(headers: [(String, String)], address: String) throws {
        let proxy = ReverseProxy(ranges: [try #require(AddressRange("10.0.0.0/8"))], userHeader: nil)
        #expect(proxy.visitor(of: .get("/", headers: headers, peer: "10.0.0.1")).address == address)
        // Any other peer's word is nothing.
        let stranger = proxy.visitor(of: .get("/", headers: headers + [("X-Forwarded-Proto", "https")], peer: "192.0.2.99"))
        #expect(stranger.address == "192.0.2.99" && !stranger.isSecure)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.7", "10.0.0.7", true),
        ("10.0.0.7", "10.0.0.8", false), ("0.0.0.0/0", "192.0.2.1", true), ("0.0.0.0/0", "::1", false), ("fd00::/8", "fd12::1", true),
        ("fd00::/8", "fe80::1", false), ("::ffff:10.0.0.0/8", "10.0.0.1", true), ("192.168.1.128/25", "192.168.1.127", false),
        ("192.168.1.128/25", "192.168.1.129", true), ("10.0.0.0/8", "nonsense", false),
    ]) func `a range holds the addresses that share its bits`(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test(arguments: ["", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "10.0.0.0/+8", "localhost", "10.0.0.256"])
    func `what is no range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `cookies say over which scheme they may go`() async throws {
        let (test, ada) = try await site()
        let form = [
            ("csrf_token", try test.formToken(session: nil)), ("email", ada.email ?? ""), ("password", TestSite.password),
        ]
        func signIn(_ headers: [(String, String)]) async -> Response {
            await test.send(.post("/sign-in", form, headers: [Self.host] + headers, peer: "10.0.0.1"))
        }
        let secure = await signIn([("Origin", "https://scripts.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.7")])
        for name in ["__Host-scriptorium", "__Host-scriptorium-device"] {
            let cookie = try #require(secure.cookie(name))
            for flag in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(flag), "\(cookie)") }
            #expect(!cookie.contains("Domain"))
        }
        #expect(secure.cookie("scriptorium") == nil)
        #expect(secure.headers["Strict-Transport-Security"]?.contains("max-age=") == true)
        let plain = await signIn([("Origin", "http://scripts.example")])
        let cookie = try #require(plain.cookie("scriptorium"))
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(flag)) }
        #expect(!cookie.contains("Secure") && plain.cookie("__Host-scriptorium") == nil)
        #expect(plain.headers["Strict-Transport-Security"] == nil)
        // One set without TLS opens nothing under TLS.
        let token = cookie.dropFirst("scriptorium=".count).prefix { $0 != ";" }
        let crossed = await get(test, [("Cookie", "scriptorium=\(token)"), ("X-Forwarded-Proto", "https")])
        #expect(crossed.leadsToSignIn)
        // Under TLS a form has to come from there.
        let downgraded = await signIn([("Origin", "http://scripts.example"), ("X-Forwarded-Proto", "https")])
        #expect(downgraded.status == .forbidden)
    }
}

@Suite struct `A name that points here` {
    @Test(arguments: [
        "evil.example", "127.0.0.1.evil.example", "evil.example:8080", "localhost.evil.example", "192.0.2.1", "[::2]", "",
        "127.0.0.1@evil.example",
    ])
    func `opens nothing unless it was allowed`(host: String) async throws {
        let test = try TestSite(Site.Settings(allowedHosts: ["scripts.example"]))
        _ = try await test.connect()
        let session = try await test.signIn(try await test.addMember(.admin))
        let response = await test.send(.get("/", headers: [("Host", host)], session: session))
        #expect(response.status == .misdirectedRequest && !response.text.contains("New brief"))
        #expect(await test.send(.get("/", headers: [("Host", "Scripts.Example:80")], session: session)).status == .ok)
    }
}
