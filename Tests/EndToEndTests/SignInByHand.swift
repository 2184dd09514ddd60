import Foundation
import Testing

extension InTheBrowser {
    /// A person at a browser: cookies, forms and scripts as they really are.
    @Suite struct SignInByHand {
        @Test(arguments: [true, false]) func `a person signs in, goes on to where they wanted to be, and signs out`(javaScript: Bool)
            async throws
        {
            let app = try await Program(try await .team())
            try await Browser.open(javaScript: javaScript) { browser in
                try await browser.go(to: app.url("/tasks/new"))
                #expect(try await browser.path == "/sign-in")
                try await signIn(in: browser)
                _ = try await eventually("the brief") { try await browser.path == "/tasks/new" ? true : nil }
                let cookies: String = javaScript ? try await browser.run("return document.cookie") : ""
                #expect(cookies == "")
                try await browser.go(to: app.url("/account"))
                try await browser.click(browser.one("form[action='/sign-out'] button"))
                _ = try await eventually("the way in") { try await browser.path == "/sign-in" ? true : nil }
                try await browser.go(to: app.url("/"))
                #expect(try await browser.path == "/sign-in")
            }
        }

        @Test func `a page that follows its task goes to the way in when its member is signed out`() async throws {
            let launch = try await Program.Launch.team(["--pace", "60"])
            let app = try await Program(launch)
            let task = try await app.client.signedIn().askForScripts()
            try await Browser.open { browser in
                try await browser.go(to: app.url(task))
                try await signIn(in: browser)
                _ = try await eventually("the page's event stream is open", within: .seconds(20)) {
                    try await browser.networkEvents().contains { $0.contains("text/event-stream") } ? true : nil
                }
                #expect(try await browser.path == task)
                #expect(try await launch.member(["reset", Team.admin]).end == .exited(0))
                _ = try await eventually("the way in", within: .seconds(30)) { try await browser.path == "/sign-in" ? true : nil }
                // And back to the task.
                try await signIn(in: browser)
                _ = try await eventually("the task") { try await browser.path == task ? true : nil }
            }
        }

        private func signIn(in browser: Browser) async throws {
            try await browser.fill("email", Team.admin)
            try await browser.fill("password", Team.password)
            try await browser.submit(formOf: "password")
        }
    }
}
