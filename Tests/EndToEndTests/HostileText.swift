import Foundation
import Testing

/// What people and the service write stays text on every page that shows it.
@Suite(.timeLimit(.minutes(3)))
struct HostileText {
    private static let payload = #""><script>alert(1)</script><img src=x onerror=alert(2)>'{{frame}}"#

    @Test func `in every stored field runs on no page`() async throws {
        let payload = Self.payload
        let launch = try Program.Launch.serve(["--pace", "1", "--creates-per-minute", "60"])
        try await launch.addMember(Team.admin, name: payload)
        let app = try await Program(launch)
        try await launch.addMember("ben@example.com", name: "Ben \(payload)")
        var ada = try await app.client.signedIn()
        ada.headers = [("User-Agent", payload)]

        var brief = try await ada.productBrief()
        for name in ["name", "brand", "description", "selling_points"] { try brief.fill("product_info.\(name)", payload) }
        for name in ["tone", "style", "point_of_view", "relevant_industry"] { brief.forge("script_info.\(name)", payload) }
        brief.forge("media_list.image_url_list", "https://cdn.example.com/%22%3E%3Cscript%3Ealert(1)%3C/script%3E.jpg")
        let product = try await ada.submit(brief).destination
        var prompt = try await ada.productBrief()
        try prompt.fill(["script_source": "CUSTOM", "custom_prompt": payload])
        let custom = try await ada.submit(prompt).destination
        try await ada.upload(["https://cdn.example.com/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%3Cimg%20src=x%20onerror=alert(2)%3E.mp4"])
        for task in [product, custom] { try await ada.wait(for: "succeeded", at: task) }
        _ = try await ada.submit(["token_name": payload, "token_scope": "read"], at: "/account", action: "/account/tokens")
        _ = try await ada.submit(["role": "writer"], at: "/members", action: "/members/invites")
        _ = try await app.client.signedIn(as: "ben@example.com")
        // Shown again with its mistakes.
        var mistaken = try await ada.productBrief()
        for name in ["name", "price", "currency", "description"] { mistaken.forge("product_info.\(name)", payload) }
        expectHarmless(try await ada.submit(mistaken), at: "the brief again")
        expectHarmless(try await app.client.submit(["email": payload, "password": payload], at: "/sign-in"), at: "the sign-in again")
        expectHarmless(try await ada.get("/no\(payload.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"), at: "no page")

        var (seen, waiting, showing): (Set<String>, [String], Int) = ([], ["/", "/audit", "/connection"], 0)
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted else { continue }
            let answer = try await ada.get(path)
            #expect([200, 303].contains(answer.status), "\(path)")
            guard answer["Content-Type"]?.hasPrefix("text/html") == true else { continue }
            expectHarmless(answer, at: path)
            if answer.page.root.text.contains("<script>alert(1)</script>") { showing += 1 }
            waiting += answer.page.root.all.compactMap { $0["href"] }.filter { $0.hasPrefix("/") && !$0.hasPrefix("/public/") }
                .map { String($0.prefix { $0 != "#" }) }
        }
        #expect(seen.count >= 15, "\(seen)")
        #expect(showing >= 10, "\(showing) of \(seen)")
    }

    private func expectHarmless(_ answer: Answer, at path: String) {
        for element in answer.page.root.all {
            #expect(element.name != "script" || element["src"]?.hasPrefix("/public/") == true, "\(path)")
            #expect(element.name != "img", "\(path)")
            #expect(!element.attributes.contains { $0.name.hasPrefix("on") }, "\(path)")
        }
    }
}
