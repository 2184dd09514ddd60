import Domain
import HTTP
import Secrets
import Store
import Testing

@testable import Web

@Suite struct `A session` {
    let test: TestSite
    let ada: Account
    let session: String

    init() async throws {
        test = try TestSite()
        _ = try await test.connect()
        ada = try await test.addMember(.admin, name: "Ada", email: "ada@example.com")
        session = try await test.signIn(ada)
    }

    private func post(_ path: String, _ fields: [(String, String)] = [], session: String? = nil) async throws -> Response {
        let session = session ?? self.session
        return await test.send(.post(path, [("csrf_token", try test.formToken(session: session))] + fields, session: session))
    }

    @Test func `is over after twelve hours without use, and lives on with it`() async throws {
        for _ in 0..<5 {
            test.clock.advance(by: .seconds(11 * 3_600))
            #expect(await test.send(.get("/", session: session)).status == .ok)
            // The use is noted by a write that nobody waits for.
            _ = try await test.write { _ throws(StoreError) in 0 }
        }
        test.clock.advance(by: .seconds(12 * 3_600))
        #expect(await test.send(.get("/", session: session)).leadsToSignIn)
    }

    @Test func `ends with the sign-out, and its streams with it`() async throws {
        let other = try await test.signIn(ada)
        let stream = await test.send(.get("/events", session: session))
        guard case .stream(let owner?) = stream.body else { throw TestError("no stream") }
        #expect(test.keepsStream(of: owner))
        let response = try await post("/sign-out")
        #expect(response.headers["Location"] == "/sign-in")
        #expect(response.cookie("scriptorium")?.contains("Max-Age=0") == true)
        #expect(await test.send(.get("/", session: session)).leadsToSignIn)
        #expect(!test.keepsStream(of: owner))
        #expect(await test.send(.get("/", session: other)).status == .ok)
        // A page that asks for its stream learns it by the status.
        #expect(await test.send(.get("/events", headers: [("Accept", "text/event-stream")], session: session)).status == .unauthorized)
    }

    @Test func `ends everywhere when its member says so`() async throws {
        let others = [try await test.signIn(ada), try await test.signIn(ada)]
        _ = try await post("/account/sign-out-everywhere")
        for session in others + [session] { #expect(await test.send(.get("/", session: session)).leadsToSignIn) }
    }

    @Test func `is listed with its device, and ends one by one`() async throws {
        let other = try await test.signIn(ada)
        let page = await test.send(.get("/account", session: session)).text
        #expect(page.matches(of: /Firefox on Linux/).count >= 2)
        let action = try #require(page.firstMatch(of: /action="(\/account\/sessions\/[0-9]+\/end)"/)).output.1
        #expect(try await post(String(action)).headers["Location"] == "/account")
        #expect(await test.send(.get("/", session: other)).leadsToSignIn)
        #expect(await test.send(.get("/", session: session)).status == .ok)
    }

    @Test func `has forms that work in no other session`() async throws {
        let other = try await test.signIn(ada)
        let foreign = try test.formToken(session: other)
        for token in [foreign, "", "guess", try test.formToken(session: nil)] {
            let response = await test.send(.post("/account/tokens", [("csrf_token", token)], session: session))
            #expect(response.status == .forbidden)
        }
        #expect(try await post("/account/tokens", [("token_name", "x"), ("token_scope", "read")]).status == .ok)
    }

    @Test(arguments: [
        [("Origin", "https://evil.example")], [("Origin", "null")], [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site"), ("Origin", "http://127.0.0.1:8080")], [("Origin", "http://127.0.0.1:9090")], [],
        [("Sec-Fetch-Site", "none")],
    ]) func `takes no form that a page of the app did not send`(headers: [(String, String)]) async throws {
        let token = try test.formToken(session: session)
        let response = await test.send(
            .post(
                "/account/tokens", [("csrf_token", token), ("token_name", "x"), ("token_scope", "read")], headers: headers, session: session
            ))
        #expect(response.status == .forbidden)
    }

    @Test(arguments: [
        [("Origin", "http://127.0.0.1:8080")], [("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Site", "same-origin"), ("Origin", "http://127.0.0.1:8080")],
    ]) func `takes a form of its own`(headers: [(String, String)]) async throws {
        let token = try test.formToken(session: session)
        let response = await test.send(
            .post(
                "/account/tokens", [("csrf_token", token), ("token_name", "x"), ("token_scope", "read")], headers: headers, session: session
            ))
        #expect(response.status == .ok)
    }

    @Test func `keeps its password from who only finds the browser open`() async throws {
        let other = try await test.signIn(ada)
        let new = "two owls under a bridge"
        let wrong = try await post("/account/password", [("old_password", "guess"), ("new_password", new)])
        #expect(wrong.status == .unprocessableContent)
        let weak = try await post("/account/password", [("old_password", TestSite.password), ("new_password", "password1234")])
        #expect(weak.status == .unprocessableContent && weak.text.contains("tried first"))
        let right = try await post("/account/password", [("old_password", TestSite.password), ("new_password", new)])
        #expect(right.status == .ok)
        #expect(await test.send(.get("/", session: session)).status == .ok)
        #expect(await test.send(.get("/", session: other)).leadsToSignIn)
    }
}

@Suite struct `An API token` {
    @Test func `does what its scope and its member's role allow, without a form's token`() async throws {
        let test = try TestSite()
        _ = try await test.connect()
        let ada = try await test.addMember(.admin)
        let viewer = try await test.addMember(.viewer)
        func bearer(_ token: String) -> [(String, String)] { [("Authorization", "Bearer \(token)")] }
        let (read, write) = (try await test.addToken(.read, of: ada), try await test.addToken(.write, of: ada))
        let weak = try await test.addToken(.write, of: viewer)
        #expect(await test.send(.get("/tasks", headers: bearer(read))).status == .ok)
        let fields = [("video_url", "https://cdn.example.com/a.mp4"), ("notice_acknowledged", "yes")]
        #expect(await test.send(.post("/videos/new", fields, headers: bearer(write))).status == .seeOther)
        let refused = await test.send(.post("/videos/new", fields, headers: bearer(read)))
        #expect(refused.status == .forbidden && refused.headers["Content-Type"]?.hasPrefix("text/plain") == true)
        #expect(await test.send(.post("/videos/new", fields, headers: bearer(weak))).status == .forbidden)
        for header in ["Bearer nonsense", "Basic YTpi", "Bearer", "Bearer \(read)x", ""] {
            let session = try await test.signIn(ada)
            // Who says to be a program is one: a cookie beside it does not help.
            let response = await test.send(.get("/tasks", headers: [("Authorization", header)], session: session))
            #expect(response.status == .unauthorized && response.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true, "\(header)")
        }
    }

    @Test func `is shown once, kept as a hash, and revoked`() async throws {
        let test = try TestSite()
        _ = try await test.connect()
        let ada = try await test.addMember(.admin)
        let session = try await test.signIn(ada)
        let key = ("csrf_token", try test.formToken(session: session))
        let made = await test.send(.post("/account/tokens", [key, ("token_name", "nightly"), ("token_scope", "read")], session: session))
        let token = String(try #require(made.text.firstMatch(of: /code secret">([0-9a-z]{26})</)).output.1)
        #expect(await test.send(.get("/tasks", headers: [("Authorization", "Bearer \(token)")])).status == .ok)
        let page = await test.send(.get("/account", session: session)).text
        #expect(!page.contains(token) && page.contains("…\(token.suffix(4))") && page.contains("nightly"))
        let action = try #require(page.firstMatch(of: /action="(\/account\/tokens\/[0-9]+\/revoke)"/)).output.1
        #expect(await test.send(.post(String(action), [key], session: session)).status == .seeOther)
        #expect(await test.send(.get("/tasks", headers: [("Authorization", "Bearer \(token)")])).status == .unauthorized)
    }
}
