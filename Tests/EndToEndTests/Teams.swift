import Foundation
import Testing

/// Several people on one app: how they come in, and how they are kept out.
@Suite(.timeLimit(.minutes(3)))
struct Teams {
    /// Bound to this computer alone, and written so that the program cannot know that.
    private static let address = ["--host", "::ffff:127.0.0.1"]

    @Test func `on a network nothing is served before the printed link has made the first admin, who takes over`() async throws {
        var launch = try Program.Launch.serve(["--pace", "1", "--creates-per-minute", "60"])
        var app = try await Program(launch)
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: task)
        #expect(!app.process.output.contains("/set-up/"))
        #expect(try await app.terminate() == .exited(0))

        launch.arguments += Self.address
        app = try await Program(launch)
        let link = try await eventually("the set-up link is printed") {
            app.process.output.firstMatch(of: /(\/set-up\/[0-9a-z]+)\n/).map { String($0.output.1) }
        }
        #expect(app.process.output.contains("within 15 minutes") && !app.process.errors.contains("/set-up/"))
        for path in ["/", task, "/sign-in", "/healthz", "/events", "/connection", "/set-up/guess0000000000000000000"] {
            let answer = try await app.client.get(path)
            #expect(answer.status == (path.hasPrefix("/set-up") ? 404 : 403), "\(path)")
            #expect(!answer.text.contains("Trail Lamp"))
        }
        let answer = try await app.client.submit(
            ["name": "Ada Lovelace", "email": Team.admin, "password": "password1234"], at: link)
        #expect(answer.status == 422 && answer.text.contains("tried first"))
        #expect(try answer.page.form(action: link, at: link).values("name") == ["Ada Lovelace"])
        let first = try await app.client.submit(["name": "Ada Lovelace", "email": Team.admin, "password": Team.password], at: link)
        let ada = app.client.keeping(first)
        #expect(try await ada.get(task).text.contains("asked by Ada Lovelace"))
        #expect(try await app.client.get(link).status == 404)
        #expect(try await app.client.get("/").destination.hasPrefix("/sign-in"))

        // The next start, on loopback as well, asks for the sign-in and prints no link.
        launch.arguments.removeLast(2)
        app.process.kill()
        app = try await Program(launch)
        #expect(try await app.client.get("/").destination.hasPrefix("/sign-in"))
        #expect(!app.process.output.contains("/set-up/"))
        let asked = try await app.client.signedIn().askForScripts()
        #expect(try await app.client.signedIn().get(asked).text.contains("asked by Ada Lovelace"))
    }

    @Test func `this computer sets up members on its page, and from then on signs in as well`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        let stream = try await EventStream(app.client)
        let typed = ["name": "Ada Lovelace", "email": "not an address", "password": Team.password]
        let mistaken = try await app.client.submit(typed, at: "/members", action: "/members/first")
        #expect(mistaken.status == 422)
        var form = try mistaken.page.form(action: "/members/first", at: "/members")
        #expect(form.values("name") == ["Ada Lovelace"])
        try form.fill(["email": Team.admin, "password": Team.password])
        let ada = app.client.keeping(try await app.client.submit(form))
        try await stream.ended()
        #expect(try await app.client.get("/").destination.hasPrefix("/sign-in"))
        #expect(try await ada.get("/members").text.contains("Invite somebody"))
        #expect(try await app.client.submit(form).status == 401)
    }

    @Test func `invited, a member joins once, in the role they were invited to`() async throws {
        let app = try await Program(.team())
        let ada = try await app.client.signedIn()
        let shown = try await ada.submit(["role": "viewer"], at: "/members", action: "/members/invites")
        let link = String(try #require(shown.text.firstMatch(of: /http:\/\/[^\/]+(\/invite\/[0-9a-z]+)/)).output.1)
        #expect(try await !ada.get("/members").text.contains(link))
        let joined = try await app.client.submit(
            ["name": "Ben", "email": "ben@example.com", "password": "two owls under a bridge"], at: link)
        let ben = app.client.keeping(joined)
        let desk = try await ben.get("/")
        #expect(desk.status == 200 && !desk.text.contains("New brief") && !desk.text.contains("href=\"/members\""))
        #expect(try await ben.get("/tasks/new").status == 403)
        #expect(try await ben.get("/members").status == 403)
        #expect(try await app.client.get(link).status == 404)

        // What they may changes with the next click.
        let list = try await ada.get("/members").page
        let row = try #require(list.root.first { $0.name == "li" && $0.text.contains("ben@example.com") })
        let id = try #require(row["id"]).replacing("member-", with: "")
        #expect(try await ada.submit(["role": "writer"], at: "/members", action: "/members/\(id)/role").status == 303)
        let task = try await ben.askForScripts()
        #expect(try await ada.get(task).text.contains("asked by Ben"))
        #expect(try await ada.submit([:], at: "/members", action: "/members/\(id)/disable").status == 303)
        #expect(try await ben.get("/").destination.hasPrefix("/sign-in"))
        #expect(try await ada.get(task).text.contains("asked by Ben"))
        let audit = try await ada.get("/audit").text
        for words in ["signed in", "made an invite", "became a member", "Ben: viewer to writer", "disabled a member"] {
            #expect(audit.contains(words), "\(words)")
        }
        let csv = try await ada.get("/audit.csv")
        #expect(csv["Content-Type"]?.hasPrefix("text/csv") == true && csv["Content-Disposition"]?.contains("attachment") == true)
        #expect(csv.text.contains("member_disabled,Ben,127.0.0.1"))
    }

    @Test func `the shell does the same while the app runs`() async throws {
        let launch = try await Program.Launch.team()
        let app = try await Program(launch)
        try await launch.addMember("ben@example.com", role: "viewer", name: "Ben")
        let ben = try await app.client.signedIn(as: "ben@example.com")
        let listed = try await launch.member(["list"])
        #expect(listed.output == "\(Team.admin)\tadmin\tada\nben@example.com\tviewer\tBen\n")

        let stream = try await EventStream(ben)
        #expect(try await launch.member(["disable", "ben@example.com"]).end == .exited(0))
        try await stream.ended()
        #expect(try await ben.get("/").destination.hasPrefix("/sign-in"))

        #expect(try await launch.member(["reset", "ben@example.com"], password: "two owls under a bridge").end == .exited(0))
        _ = try await app.client.signedIn(as: "ben@example.com", password: "two owls under a bridge")
        for (arguments, cause) in [
            (["disable", Team.admin], "last admin"), (["add", "ben@example.com", "--name", "Ben"], "address already"),
            (["reset", "eve@example.com"], "no member"), (["add", "eve", "--name", "Eve"], "e-mail"),
        ] {
            let result = try await launch.member(arguments)
            #expect(result.end == .exited(1) && result.errors.contains(cause), "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1)
        }
        #expect(try await launch.member(["reset", "ben@example.com"], password: "short").errors.contains("12 characters"))
    }

    @Test func `the shell makes the first admin of an app that runs, which asks for the sign-in at once`() async throws {
        let app = try await Program(.serve())
        let stream = try await EventStream(app.client)
        #expect(try await app.client.get("/").status == 200)
        try await app.launch.addMember(Team.admin, role: "viewer")
        _ = try await eventually("the sign-in is asked for") { try await app.client.get("/").status == 303 ? true : nil }
        try await stream.ended()
        #expect(try await app.client.signedIn().get("/members").status == 200)
    }

    @Test func `a sign-out ends the open event stream, and no other`() async throws {
        let app = try await Program(.team())
        let (here, there) = (try await app.client.signedIn(), try await app.client.signedIn())
        let (mine, other) = (try await EventStream(here), try await EventStream(there))
        let task = try await there.askForScripts()
        try await mine.heard("event: task")
        #expect(try await here.submit([:], at: "/account", action: "/sign-out").destination == "/sign-in")
        try await mine.ended()
        try await there.wait(for: "succeeded", at: task)
        try await other.heard("event: task")
        #expect(!other.isEnded)
    }

    @Test func `an unknown name takes as long as a known one`() async throws {
        let launch = try await Program.Launch.team()
        let app = try await Program(launch)
        var (known, unknown): ([Duration], [Duration]) = ([], [])
        for number in 0..<8 {
            // Each a name of its own, so that none is held up.
            try await launch.addMember("member\(number)@example.com")
            for (isKnown, email) in [(true, "member\(number)@example.com"), (false, "nobody\(number)@example.com")] {
                var form = try await app.client.form(at: "/sign-in")
                try form.fill(["email": email, "password": "a wrong password"])
                let start = ContinuousClock.now
                #expect(try await app.client.submit(form).status == 422)
                if isKnown { known.append(ContinuousClock.now - start) } else { unknown.append(ContinuousClock.now - start) }
            }
        }
        let ratio = try #require(unknown.min()) / #require(known.min())
        #expect((0.6...1.7).contains(ratio), "known \(known), unknown \(unknown)")
    }

    @Test func `paths and headers that mean to break out do not`() async throws {
        let app = try await Program(.team())
        let ada = try await app.client.signedIn()
        for path in [
            "/public/../Package.swift", "/public/..%2f..%2fPackage.swift", "/public/%2e%2e/%2e%2e/etc/passwd", "/public/....//etc/passwd",
            "/..%5c..%5cetc%5cpasswd", "/public/scriptorium.css%00.png", "/tasks/1%0d%0aSet-Cookie:%20x=1", "//evil.example/%2e%2e",
        ] {
            let answer = try await ada.get(path)
            #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
            #expect(!answer.text.contains("swift-tools-version") && !answer.text.contains("root:"))
            #expect(answer["Set-Cookie"] == nil)
            let signedOut = try await app.client.get(path)
            #expect(signedOut["Set-Cookie"] == nil)
            if let location = signedOut["Location"] { #expect(location.hasPrefix("/sign-in?next=%2F"), "\(location)") }
        }
    }
}
