import Domain
import HTTP
import Testing

@testable import Web

/// The table of routes, walked completely: every route, every role, and none.
@Suite struct `Each route` {
    private enum Who: CaseIterable {
        case nobody, viewer, writer, reviewer, admin, readToken, writeToken, adminToken

        var role: Role? {
            switch self {
            case .nobody: nil
            case .viewer: .viewer
            case .writer, .readToken, .writeToken: .writer
            case .reviewer: .reviewer
            case .admin, .adminToken: .admin
            }
        }

        var isProgram: Bool { [.readToken, .writeToken, .adminToken].contains(self) }
    }

    /// Who may use it, written down a second time: a route that is not here, or differs, fails.
    private static let expected: [String: Access] = [
        "GET /": .role(.viewer), "GET /style": .role(.viewer), "GET /events/stand": .role(.viewer),
        "POST /tasks/new/draft": .role(.writer), "POST /tasks/new/product": .role(.writer),
        "POST /tasks/new/currencies": .role(.writer), "POST /drafts/:id/discard": .role(.writer),
        "POST /drafts/:id/restore": .role(.writer),
        "GET /tasks": .role(.viewer), "GET /tasks/new": .role(.writer), "POST /tasks/new": .role(.writer),
        "POST /tasks/new/preset/apply": .role(.writer), "POST /tasks/new/preset/save": .role(.writer),
        "GET /tasks/new/preset/:action": .role(.writer), "GET /presets": .role(.viewer), "POST /presets/rename": .role(.writer),
        "POST /presets/delete": .role(.writer), "POST /presets/restore": .role(.writer), "GET /presets/:action": .role(.viewer),
        "GET /tasks/:id": .role(.viewer), "POST /tasks/:id/cancel": .role(.writer), "POST /tasks/:id/close": .role(.writer),
        "POST /tasks/:id/poll": .role(.writer), "POST /tasks/:id/resend": .role(.writer), "POST /tasks/:id/search": .role(.writer),
        "POST /tasks/:id/adopt": .role(.writer), "GET /tasks/:id/:action": .role(.viewer),
        "GET /scripts": .role(.viewer), "GET /scripts/:id": .role(.viewer),
        "GET /scripts/counts": .role(.viewer),
        "GET /scripts/download": .role(.viewer),
        "GET /scripts/print": .role(.viewer),
        "GET /scripts/tags": .role(.viewer),
        "GET /scripts/trash": .role(.viewer),
        "GET /scripts/:id/versions": .role(.viewer),
        "GET /scripts/:id/prompter": .role(.viewer),
        "GET /api/v1/openapi.json": .role(.viewer),
        "GET /api/v1/scripts": .role(.viewer),
        "GET /api/v1/scripts/:id": .role(.viewer),
        "GET /api/v1/tasks": .role(.viewer),
        "GET /api/v1/tasks/:id": .role(.viewer),
        "GET /scripts/import": .role(.writer),
        "POST /scripts/import": .role(.writer),
        "POST /scripts/sort": .role(.writer),
        "POST /scripts/undo": .role(.writer),
        "POST /scripts/tags/rename": .role(.writer),
        "POST /scripts/tags/merge": .role(.writer),
        "GET /scripts/:id/edit": .role(.writer),
        "POST /scripts/:id/edit": .role(.writer),
        "POST /scripts/:id/restore": .role(.writer),
        "POST /scripts/:id/notes": .role(.writer),
        "POST /scripts/:id/notes/remove": .role(.writer),
        "POST /api/v1/tasks": .role(.writer),
        "GET /videos": .role(.viewer), "GET /videos/new": .role(.writer), "POST /videos/new": .role(.writer),
        "GET /videos/:id": .role(.viewer), "GET /videos/:id/file": .role(.viewer), "POST /videos/:id/rename": .role(.writer),
        "POST /videos/:id/again": .role(.writer), "POST /videos/:id/archive": .role(.writer), "POST /videos/:id/restore": .role(.writer),
        "GET /videos/:id/:action": .role(.viewer), "GET /media/:key/:name": .anyone, "GET /acknowledgements": .role(.admin),
        "GET /acknowledgements.csv": .role(.admin), "GET /activity": .role(.admin),
        "GET /connection": .person(.admin), "POST /connection": .person(.admin), "GET /members": .person(.admin),
        "POST /members/first": .person(.admin), "POST /members/invites": .person(.admin),
        "POST /members/invites/:id/revoke": .person(.admin), "POST /members/:id/role": .person(.admin),
        "POST /members/:id/disable": .person(.admin), "POST /members/:id/enable": .person(.admin),
        "POST /members/:id/password": .person(.admin), "GET /audit": .person(.admin), "GET /audit.csv": .person(.admin),
        "GET /account": .person(.viewer), "POST /account/password": .person(.viewer), "POST /account/sessions/:id/end": .person(.viewer),
        "POST /account/sign-out-everywhere": .person(.viewer), "POST /account/tokens": .person(.viewer),
        "POST /account/tokens/:id/revoke": .person(.viewer),
        "GET /set-up/:token": .setUp, "POST /set-up/:token": .setUp, "GET /invite/:token": .anyone, "POST /invite/:token": .anyone,
        "GET /sign-in": .anyone, "POST /sign-in": .anyone, "POST /sign-out": .person(.viewer), "GET /events": .role(.viewer),
        "GET /healthz": .anyone,
    ]

    private static func name(_ route: SiteRoute) -> String { "\(route.method.rawValue) \(route.pattern)" }

    private static func allows(_ access: Access, _ who: Who, isChange: Bool) -> Bool {
        switch access {
        case .setUp, .anyone: true
        case .role(let role): who.role.map { $0 >= role } == true && !(who == .readToken && isChange)
        case .person(let role): who.role.map { $0 >= role } == true && !who.isProgram
        }
    }

    @Test func `says who may use it, and no other is forgotten`() {
        #expect(Set(Routes.all.map(Self.name)) == Set(Self.expected.keys))
        for route in Routes.all { #expect(Self.expected[Self.name(route)] == route.entry.access, "\(Self.name(route))") }
    }

    @Test func `lets those in, and no one else`() async throws {
        let test = try TestSite()
        _ = try await test.connect()
        _ = try await test.addMember(.admin)
        for route in Routes.all {
            let access = try #require(Self.expected[Self.name(route)])
            for who in Who.allCases {
                let response = try await answer(to: route, for: who, at: test)
                let isRefused = [401, 403].contains(response.status.code) || response.leadsToSignIn && route.pattern != "/sign-out"
                let signsOut = route.pattern.contains("sign-out") && !who.isProgram && who != .nobody
                let isAllowed = Self.allows(access, who, isChange: route.method == .post)
                #expect(isRefused != isAllowed || signsOut, "\(Self.name(route)) for \(who): \(response.status.code)")
                if who == .nobody, !isAllowed {
                    #expect(
                        route.method == .get && !route.pattern.hasPrefix("/api/")
                            ? response.leadsToSignIn : response.status == .unauthorized, "\(Self.name(route))")
                    #expect(!response.text.contains("New brief") && !response.text.contains("Sandbox"))
                }
            }
        }
    }

    /// With a member of its own, since what it asks for may end their session.
    private func answer(to route: SiteRoute, for who: Who, at test: TestSite) async throws -> Response {
        let path = route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? "1" : String($0) }.joined(separator: "/")
        var session: String?
        var headers = [("Origin", "http://127.0.0.1:8080")]
        if let role = who.role {
            let account = try await test.addMember(role)
            if who.isProgram {
                headers.append(("Authorization", "Bearer \(try await test.addToken(who == .readToken ? .read : .write, of: account))"))
            } else {
                session = try await test.signIn(account)
            }
        }
        if route.method == .get { return await test.send(.get("/\(path)", headers: headers, session: session)) }
        let fields = [("csrf_token", try test.formToken(session: session)), ("role", "viewer")]
        return await test.send(.post("/\(path)", fields, headers: headers, session: session))
    }

    @Test(arguments: ["/no-such-page", "/tasks/1/2/3", "/members/1"]) func `that does not exist says so to members only`(path: String)
        async throws
    {
        let test = try TestSite()
        _ = try await test.connect()
        let session = try await test.signIn(try await test.addMember(.admin))
        #expect(await test.send(.get(path)).leadsToSignIn)
        #expect(await test.send(.get(path, session: session)).status == .notFound)
    }

    @Test func `that could not be carried out offers on its page nothing that may be refused`() throws {
        let page = try TestSite().site.page(.conflict)
        #expect(page.status == .conflict && page.text.contains("Someone was first") && page.text.contains("href=\"/scripts\""))
        for path in ["/tasks/new", "/activity", "/members", "/connection"] { #expect(!page.text.contains("href=\"\(path)\"")) }
    }

    @Test func `is closed without members but for the set-up link, wherever it is not this computer that asks`() async throws {
        let test = try TestSite(Site.Settings(allowedHosts: ["192.0.2.7"], listensOnLoopback: false))
        _ = try await test.connect()
        let path = test.site.setUpLink.open(now: test.clock.now)
        let host = [("Host", "192.0.2.7:8080"), ("Origin", "http://192.0.2.7:8080")]
        for route in Routes.all where route.entry.access != .setUp {
            let request =
                route.method == .get ? Request.get(route.pattern, headers: host) : Request.post(route.pattern, [], headers: host)
            #expect(await test.send(request).status == .forbidden, "\(Self.name(route))")
        }
        #expect(await test.send(.get("/public/scriptorium.css", headers: host)).status == .ok)
        #expect(await test.send(.get(path, headers: host)).status == .ok)
        #expect(await test.send(.get("/set-up/guess", headers: host)).status == .notFound)
        test.clock.advance(by: SetUpLink.lifetime)
        #expect(await test.send(.get(path, headers: host)).status == .notFound)
    }

    @Test(arguments: [
        ("Forwarded", "for=192.0.2.1"), ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("X-Real-IP", "127.0.0.1"),
        ("X-Forwarded-Host", "127.0.0.1"), ("Via", "1.1 proxy"), ("Host", "scripts.example"), ("Authorization", "Bearer x"),
    ]) func `asks for no sign-in only of a browser on this computer, reached by nothing else`(name: String, value: String) async throws {
        let test = try TestSite(Site.Settings(allowedHosts: ["scripts.example"]))
        _ = try await test.connect()
        #expect(await test.send(.get("/")).status == .ok)
        let expected: Status = name == "Authorization" ? .unauthorized : .forbidden
        #expect(await test.send(.get("/", headers: [(name, value)])).status == expected)
        let proxied = try TestSite(Site.Settings(proxy: ReverseProxy(ranges: [try #require(AddressRange("10.0.0.1"))])))
        _ = try await proxied.connect()
        #expect(await proxied.send(.get("/")).status == .forbidden)
        let network = try TestSite(Site.Settings(listensOnLoopback: false))
        _ = try await network.connect()
        #expect(await network.send(.get("/")).status == .forbidden)
    }
}
