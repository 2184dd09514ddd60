import Foundation
import Testing

/// A brief whose answer was lost: nobody knows, so a person decides, and is shown what there is to decide by.
@Suite(.timeLimit(.minutes(4)))
struct LostAnswers {
    @Test func `its scripts are found in the account and kept when a person says so`() async throws {
        let pair = try await Pair(pace: 1)
        let client = pair.app.client
        // Scripts that were there before, and those of another brief, are none of its own.
        let earlier = try await client.askForScripts()
        try await client.wait(for: "succeeded", at: earlier)
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"cut_head","done":true}"#)
        let lost = try await client.askForScripts()
        try await client.wait(for: "unconfirmed", at: lost)

        let page: Page = try await eventually("its scripts are offered") {
            try await client.press("\(lost)/search", at: lost)
            try await Task.sleep(for: .seconds(1))
            let page = try await client.get(lost).page
            return page.root.all({ $0["name"] == "script" }).count == 3 ? page : nil
        }
        #expect(page.main?.mentions("3 scripts have appeared in your account") == true)
        // One of them is not wanted.
        var form = try page.form(action: "\(lost)/adopt", at: lost)
        let ids = form.values("script")
        #expect(ids.count == 3)
        form.remove("script")
        form.forge("script", ids[0])
        #expect(try await client.submit(form).destination == lost)
        let kept = try await client.get(lost).page
        #expect(kept.state == "succeeded")
        #expect(kept.scripts.count == 1)
        #expect(try await client.get(try #require(kept.scripts.first)).status == 200)
        #expect(try await client.get(earlier).page.scripts.count == 3)
        #expect(try await pair.stats.creates == 2)
    }

    @Test func `one that never arrived is said to have brought nothing, and is sent again once by a person`() async throws {
        let pair = try await Pair(pace: 1)
        let client = pair.app.client
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"reset"}"#)
        let lost = try await client.askForScripts()
        try await client.wait(for: "unconfirmed", at: lost)
        _ = try await eventually("the search has come to nothing") {
            try await client.press("\(lost)/search", at: lost)
            return try await client.get(lost).page.main?.mentions("has probably never arrived") == true ? true : nil
        }
        #expect(try await pair.stats.creates == 0)
        try await client.press("\(lost)/resend", at: lost)
        let page = try await client.wait(for: "succeeded", at: lost)
        #expect(page.scripts.count == 3)
        #expect(try await pair.stats.creates == 1)
        // The form that was open meanwhile does nothing more.
        #expect(try await client.get("\(lost)/resend").status == 303)
        #expect(try await pair.stats.creates == 1)
    }

    @Test func `what was in the account before the brief is not offered`() async throws {
        let pair = try await Pair(pace: 1)
        // Another program of the same account.
        let other = try await Program(Pair.app(base: pair.sandbox.address))
        let foreign = try await other.client.askForScripts()
        try await other.client.wait(for: "succeeded", at: foreign)
        let app = try await Program(Pair.app(base: pair.sandbox.address))
        // The walk at the start has seen them.
        _ = try await eventually("the list was walked") { try await listed(pair) >= 3 ? true : nil }
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"reset"}"#)
        let lost = try await app.client.askForScripts()
        try await app.client.wait(for: "unconfirmed", at: lost)
        _ = try await eventually("the search has come to nothing") {
            try await app.client.press("\(lost)/search", at: lost)
            return try await app.client.get(lost).page.main?.mentions("has probably never arrived") == true ? true : nil
        }
        let forged = try await app.client.press("\(lost)/resend", at: lost)
        #expect(try forged.destination == lost)
        try await app.client.wait(for: "succeeded", at: lost)
    }

    private func listed(_ pair: Pair) async throws -> Int {
        struct Lists: Decodable { let lists: Int }
        return try JSONDecoder().decode(Lists.self, from: Data(try await pair.sandbox.client.get("/control/stats").body)).lists
    }
}

extension InTheBrowser {
    @Suite struct Search {
        @Test func `what has been found appears on the open page and is kept with one button`() async throws {
            let pair = try await Pair(pace: 0)
            let client = pair.app.client
            try await pair.sandbox.inject(#"{"endpoint":"create","kind":"cut_head","done":true}"#)
            let lost = try await client.askForScripts()
            try await client.wait(for: "unconfirmed", at: lost)
            try await Browser.open { browser in
                try await browser.go(to: pair.app.url(lost))
                #expect(try await browser.all("[name=script]").isEmpty)
                // Somebody else asks for it, and this page is told.
                try await client.press("\(lost)/search", at: lost)
                _ = try await eventually("the candidates appear", within: .seconds(20)) {
                    try await browser.all("[name=script]").count == 3 ? true : nil
                }
                try await browser.click(browser.one("form[action$='/adopt'] button"))
                _ = try await eventually("they are kept", within: .seconds(20)) {
                    try await browser.page.state == "succeeded" ? true : nil
                }
                #expect(try await browser.page.scripts.count == 3)
            }
        }
    }
}
