import Domain
import HTTP
import Secrets
import Store
import Testing

@testable import Web

@Suite struct `A sign-in` {
    let test: TestSite
    let ada: Account

    init() async throws {
        test = try TestSite()
        _ = try await test.connect()
        ada = try await test.addMember(.admin, name: "Ada", email: "ada@example.com")
    }

    private func signIn(
        _ email: String = "ada@example.com", _ password: String = TestSite.password, next: String = "", headers: [(String, String)] = [],
        session: String? = nil, peer: String = "127.0.0.1"
    ) async throws -> Response {
        let token = try test.formToken(session: session)
        return await test.send(
            .post(
                "/sign-in", [("csrf_token", token), ("email", email), ("password", password), ("next", next)],
                headers: [("Origin", "http://127.0.0.1:8080")] + headers, session: session, peer: peer))
    }

    private func token(_ response: Response) throws -> String {
        let cookie = try #require(response.cookie("scriptorium"))
        return String(cookie.dropFirst("scriptorium=".count).prefix { $0 != ";" })
    }

    @Test func `with the right password goes on to where the person wanted to be`() async throws {
        let refused = await test.send(.get("/tasks?before=7"))
        #expect(refused.headers["Location"] == "/sign-in?next=%2Ftasks%3Fbefore%3D7")
        let page = await test.send(.get("/sign-in?next=%2Ftasks%3Fbefore%3D7"))
        #expect(page.text.contains(#"name="next" value="/tasks?before=7""#))
        let response = try await signIn(" Ada@Example.com ", next: "/tasks?before=7")
        #expect(response.status == .seeOther && response.headers["Location"] == "/tasks?before=7")
        #expect(await test.send(.get("/", session: try token(response))).status == .ok)
    }

    @Test(arguments: [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1", "http:evil.example", "", "tasks", "/%0d%0a\n", "///evil.example", "/ä",
    ]) func `never leads to another site`(next: String) async throws {
        let response = try await signIn(next: next)
        let location = try #require(response.headers["Location"])
        #expect(location == "/", "\(location)")
        let page = await test.send(.get("/sign-in?next=\(next.percentEncoded)"))
        #expect(page.text.contains(#"name="next" value="/""#))
        let again = await test.send(.get("/sign-in?next=\(next.percentEncoded)", session: try token(response)))
        #expect(again.headers["Location"] == "/")
    }

    @Test func `with a wrong password says the same as for a name that nobody has, and keeps the name`() async throws {
        let wrong = try await signIn("ada@example.com", "four lamps in the fog")
        let unknown = try await signIn("eve@example.com", "four lamps in the fog")
        #expect(wrong.status == .unprocessableContent && unknown.status == wrong.status)
        #expect(wrong.headers.values("Set-Cookie").isEmpty)
        func plain(_ response: Response) -> String {
            response.text.split(separator: "\n").filter { !$0.contains("submission_id") }.joined().replacing("eve@", with: "ada@")
        }
        #expect(plain(wrong) == plain(unknown))
        #expect(wrong.text.contains(#"value="ada@example.com""#) && !wrong.text.contains("fog"))
    }

    @Test func `gives a session of its own: one that somebody else planted is not taken over`() async throws {
        let planted = RandomID.make()
        let response = try await signIn(headers: [("Cookie", "scriptorium=\(planted)")])
        let token = try token(response)
        #expect(token != planted)
        #expect(await test.send(.get("/", session: planted)).leadsToSignIn)
        // Signing in again ends what the browser had.
        let second = try await signIn(session: token)
        #expect(try self.token(second) != token)
        #expect(await test.send(.get("/", session: token)).leadsToSignIn)
    }

    @Test func `is held up after some failures, by account and by address, and never for good`() async throws {
        for _ in 0..<5 { #expect(try await signIn("ada@example.com", "wrong").status == .unprocessableContent) }
        let held = try await signIn()
        #expect(held.status == .tooManyRequests && held.headers["Retry-After"] == "1")
        // From elsewhere as well: it is the account that is guessed at.
        #expect(try await signIn(peer: "192.0.2.9").status == .tooManyRequests)
        test.clock.advance(by: .seconds(1))
        #expect(try await signIn().status == .seeOther)
        // One address that tries many names.
        var statuses: [Status] = []
        for number in 0..<30 { statuses.append(try await signIn("nobody\(number)@example.com", "wrong", peer: "192.0.2.66").status) }
        #expect(statuses.last == .tooManyRequests)
        #expect(try await signIn().status == .seeOther)
    }

    @Test func `on a device that the member knows is not held up by strangers`() async throws {
        let device = try #require(try await signIn().cookie("scriptorium-device")).prefix { $0 != ";" }
        for _ in 0..<12 {
            _ = try await signIn("ada@example.com", "wrong", peer: "192.0.2.9")
            test.clock.advance(by: .seconds(1))
        }
        #expect(try await signIn(peer: "192.0.2.1").status == .tooManyRequests)
        #expect(try await signIn(headers: [("Cookie", String(device))], peer: "192.0.2.1").status == .seeOther)
        // It is no password: guesses from there are held up as well.
        for _ in 0..<6 { _ = try await signIn("ada@example.com", "wrong", headers: [("Cookie", String(device))]) }
        #expect(try await signIn(headers: [("Cookie", String(device))]).status == .tooManyRequests)
    }

    @Test func `is written down, and so is one that failed`() async throws {
        _ = try await signIn("ada@example.com", "wrong")
        _ = try await signIn("my-password-by-mistake", "wrong")
        _ = try await signIn()
        let page = await test.send(.get("/audit", session: try token(try await signIn())))
        #expect(page.text.contains("could not sign in") && page.text.contains("Somebody unknown"))
        #expect(!page.text.contains("my-password-by-mistake"))
    }

    @Test func `needs a member who may come in`() async throws {
        let ben = try await test.addMember(.writer, name: "Ben", email: "ben@example.com")
        let session = try await test.signIn(ben)
        let now = test.clock.now
        _ = try await test.write { transaction throws(StoreError) in
            try transaction.disableMember(ben.id, by: Actor(member: nil, address: ""), now: now)
        }
        #expect(await test.send(.get("/", session: session)).leadsToSignIn)
        #expect(try await signIn("ben@example.com").status == .unprocessableContent)
    }
}
