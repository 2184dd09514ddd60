import Foundation
import Testing

/// Who only reads is offered what the server would do for them, and nothing else.
@Suite(.timeLimit(.minutes(5)))
struct Viewers {
    @Test func `no page that a viewer reaches offers what the server refuses them`() async throws {
        let launch = try await Program.Launch.team()
        let app = try await Program(launch)
        try await launch.addMember("ben@example.com", role: "viewer", name: "Ben")
        let (ada, ben) = (try await app.client.signedIn(), try await app.client.signedIn(as: "ben@example.com"))

        // Before anything is there, each page says what it is empty of.
        var walk = Walk(ben)
        try await walk.go(from: ["/"])
        #expect(walk.refused == [] && walk.dead == [])
        #expect(walk.visited.isSuperset(of: ["/", "/tasks", "/scripts", "/videos", "/scripts/tags", "/scripts/trash", "/account"]))

        let tour = try await Tour.prepare(with: ada)
        walk = Walk(ben)
        // What was just done may be handed on with the address.
        try await walk.go(from: ["/", "/scripts?done=1", tour.script + "?done=1", "/scripts/tags?done=1", "/scripts/trash?done=1"])
        #expect(walk.refused == [] && walk.dead == [])
        let (task, video) = (try tour.path("task"), try tour.path("video"))
        #expect(
            walk.visited.isSuperset(of: [
                task, video, tour.script, tour.script + "/versions", tour.script + "/prompter", "/scripts?tag=night+run",
                "/scripts/trash",
            ]))
        #expect(walk.visited.contains { $0.hasPrefix("/scripts/download?") } && walk.visited.contains { $0.hasPrefix("/scripts/print?") })

        // The same walk over the pages of somebody who may everything does find what the viewer is refused.
        walk = Walk(ada, asking: ben)
        try await walk.go(
            from: ["/", "/scripts", "/scripts/tags", "/scripts/trash", task, tour.script, tour.script + "/versions", video],
            follows: false)
        for offer in [
            "GET /tasks/new", "GET /scripts/import", "GET \(tour.script)/edit", "GET /videos/new", "GET /members", "POST /scripts/sort",
            "POST \(tour.script)/notes", "POST \(tour.script)/restore", "POST /scripts/tags/rename", "POST \(video)/rename",
        ] {
            #expect(walk.refused.contains { $0.hasPrefix(offer) }, "\(offer)")
        }
    }

    @Test func `what becomes of a brief whose answer was lost is not a viewer's to decide`() async throws {
        let pair = try await Pair(pace: 1)
        try await pair.app.launch.addMember(Team.admin)
        try await pair.app.launch.addMember("ben@example.com", role: "viewer", name: "Ben")
        let (ada, ben) = (try await pair.app.client.signedIn(), try await pair.app.client.signedIn(as: "ben@example.com"))
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"reset"}"#)
        let lost = try await ada.askForScripts()
        try await ada.wait(for: "unconfirmed", at: lost)
        var walk = Walk(ben)
        try await walk.go(from: ["/", lost])
        #expect(walk.refused == [] && walk.dead == [] && walk.visited.contains(lost))
        walk = Walk(ada, asking: ben)
        try await walk.go(from: [lost], follows: false)
        for action in ["search", "resend"] { #expect(walk.refused.contains("POST \(lost)/\(action) on \(lost)"), "\(action)") }
    }

    @Test func `a writer asks for an opinion, takes that back, and is offered none to give`() async throws {
        let launch = try await Program.Launch.team()
        let app = try await Program(launch)
        try await launch.addMember("wim@example.com", role: "writer", name: "Wim")
        let wim = try await app.client.signedIn(as: "wim@example.com")
        let script = try await wim.wait(for: "succeeded", at: wim.askForScripts()).scripts[0]
        func offered(at path: String) async throws -> Set<String> {
            let page = try await wim.get(path).page
            let buttons = page.root.all { $0.name == "button" && $0["name"] == "approval" }
            let options = page.root.first { $0["name"] == "approval" && $0.name == "select" && $0["id"] == "sort-approval" }
            return Set((buttons + (options?.all { $0.name == "option" } ?? [])).compactMap { $0["value"] })
        }
        #expect(try await offered(at: script) == ["review"])
        #expect(try await offered(at: "/scripts") == ["draft", "review"])
        var form = try await wim.form(at: "/scripts", action: "/scripts/sort")
        for name in ["tag", "comment", "format"] { form.remove(name) }
        form.add("script", String(script.dropFirst("/scripts/".count)))
        try form.fill("approval", "review")
        form.forge("action", "approval")
        let done = try await wim.submit(form)
        #expect(try await offered(at: script) == ["draft"])
        let undo = try await wim.get(try #require(done["Location"])).page.form(action: "/scripts/undo", at: "/scripts")
        #expect(try await wim.submit(undo).status == 303)
        #expect(try await offered(at: script) == ["review"])
    }

    @Test func `a viewer reads what others did, and hands it on`() async throws {
        let launch = try await Program.Launch.team()
        let app = try await Program(launch)
        try await launch.addMember("ben@example.com", role: "viewer", name: "Ben")
        let tour = try await Tour.prepare(with: try await app.client.signedIn())
        let ben = try await app.client.signedIn(as: "ben@example.com")

        let script = try await ben.get(tour.script)
        for words in [
            "★ starred", "night run", "In review", "start with it in the fifteen-second cut", "/prompter", "format=csv", "/versions",
        ] {
            #expect(script.text.contains(words), "\(words)")
        }
        #expect(script.page.root.first { $0["data-copy"] != nil } != nil)
        #expect(try await ben.get(tour.path("task")).text.contains("★ starred"))

        // The list is for choosing what is downloaded or printed.
        let list = try await ben.get("/scripts").page
        let form = try #require(list.root.first { $0.name == "form" && $0["action"] == "/scripts/download" })
        #expect(form["method"] == "get")
        #expect(form.all { $0.name == "input" && $0["name"] == "script" }.count == form.all { $0.name == "li" }.count)
        #expect(Set(form.all { $0.name == "button" }.compactMap { $0["formaction"] }) == ["/scripts/download", "/scripts/print"])
        #expect(form.first { $0.name == "button" && $0["name"] != nil } == nil && form.text.contains("★ starred"))
        let id = tour.script.dropFirst("/scripts/".count)
        #expect(try await ben.get("/scripts/download?script=\(id)&format=json").status == 200)
    }
}

/// Every page that links lead to, and what each offers: its links, and where its forms and buttons send to.
private struct Walk {
    /// As whom the pages are read.
    private let reader: Client
    /// As whom it is asked whether the server does what they offer.
    private let asker: Client
    private(set) var visited: Set<String> = []
    /// `GET /tasks/new on /tasks`
    private(set) var refused: Set<String> = []
    /// Buttons that belong to no form, and send nothing.
    private(set) var dead: Set<String> = []
    private var asked: Set<String> = []

    /// Far more than an app of some scripts has.
    private static let most = 500

    init(_ reader: Client, asking asker: Client? = nil) {
        self.reader = reader
        self.asker = asker ?? reader
    }

    mutating func go(from start: [String], follows: Bool = true) async throws {
        var ahead = start
        while let path = ahead.popLast() {
            guard visited.insert(path).inserted else { continue }
            guard visited.count <= Self.most else { throw Failure("there is no end of pages: \(visited.sorted().suffix(20))") }
            let answer = try await reader.get(path)
            if answer.status == 403 { refused.insert("GET \(path)") }
            guard answer["Content-Type"]?.hasPrefix("text/html") == true else { continue }
            let page = answer.page
            for offer in Self.offers(of: page, at: path) {
                if try await isRefused(offer) { refused.insert("\(offer.method) \(offer.path) on \(path)") }
                if follows, offer.method == "GET" { ahead.append(offer.path) }
            }
            for button in page.root.all where button.name == "button" && button["type"] != "button" {
                if let form = button["form"], page.element(id: form)?.name != "form" { dead.insert("\(button.text) on \(path)") }
            }
        }
    }

    /// Nothing is sent but the address: who may do it is decided before the form is looked at, and without its token nothing is done.
    private mutating func isRefused(_ offer: Offer) async throws -> Bool {
        // Each once: what is followed is asked when it is read.
        guard asked.insert("\(offer.method) \(offer.path)").inserted else { return false }
        if offer.method == "GET" { return try await asker.get(offer.path).status == 403 }
        let answer = try await asker.get(offer.path, method: "POST")
        return answer.status == 403 && answer.text.contains("It takes the role")
    }

    private struct Offer: Hashable {
        let method: String
        let path: String
    }

    private static func offers(of page: Page, at path: String) -> Set<Offer> {
        var offers: Set<Offer> = []
        func add(_ method: String, _ address: String) {
            let address = String(address.prefix { $0 != "#" })
            if address.hasPrefix("?") {
                offers.insert(Offer(method: method, path: path.prefix { $0 != "?" } + address))
            } else if address.hasPrefix("/") {
                offers.insert(Offer(method: method, path: address))
            }
        }
        for element in page.root.all {
            switch element.name {
            case "a": add("GET", element["href"] ?? "")
            case "form" where element["method"] != "dialog": add(element["method"]?.uppercased() ?? "GET", element["action"] ?? path)
            case "button":
                if let action = element["formaction"] { add(element["formmethod"]?.uppercased() ?? "POST", action) }
            case _: continue
            }
        }
        return offers
    }
}
