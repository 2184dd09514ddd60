import Foundation
import Testing

/// A brief that is being written is lost by nothing.
@Suite(.program, .timeLimit(.minutes(3)))
struct Drafts {
    private let client: Client

    init() throws {
        client = try Program.shared.client
    }

    private func keep(_ form: Form) async throws -> String {
        var form = form
        form.action = "/tasks/new/draft"
        let answer = try await client.submit(form)
        guard answer.status == 303, let location = answer["Location"] else { throw Failure("not kept: \(answer.status)") }
        return location
    }

    @Test func `without JavaScript a button keeps it, the desk lists it, and sending it ends it`() async throws {
        var form = try await client.form(at: "/tasks/new")
        try form.fill(["product_info.name": "Draft Lantern", "product_info.description": "A lamp.\n\n& <b>bright</b>"])
        let draft = try await keep(form)
        #expect(draft.hasPrefix("/tasks/new?draft="))
        #expect(try await client.get("/").text.contains("Draft Lantern"))
        #expect(try await client.get("/tasks/new").page.main?.text.contains("You were writing") == true)

        var again = try await client.form(at: draft, action: "/tasks/new")
        #expect(again.values("product_info.description") == ["A lamp.\n\n& <b>bright</b>"])
        #expect(again.values("notice_acknowledged") == [], "it is confirmed for each brief")
        try again.fill("media_list.image_url_list", Sample.image)
        try again.tick("notice_acknowledged")
        let task = try await client.submit(again).destination
        #expect(task.hasPrefix("/tasks/"))
        #expect(try await !client.get("/").page.root.all { $0["href"] == draft }.contains { _ in true })
        #expect(try await client.get(draft).status == 303)
    }

    @Test func `what was thrown away is taken back`() async throws {
        var form = try await client.form(at: "/tasks/new")
        try form.fill("product_info.name", "Thrown Lantern")
        let draft = try await keep(form)
        let id = draft.dropFirst("/tasks/new?draft=".count)
        let discarded = try await client.submit(client.form(at: "/", action: "/drafts/\(id)/discard"))
        #expect(discarded["Location"] == "/?discarded=\(id)")
        let desk = try await client.get("/?discarded=\(id)")
        #expect(desk.text.contains("The draft “Thrown Lantern” is thrown away."))
        #expect(try await client.get(draft).status == 303)
        _ = try await client.submit(desk.page.form(action: "/drafts/\(id)/restore", at: "/"))
        #expect(try await client.form(at: draft, action: "/tasks/new").values("product_info.name") == ["Thrown Lantern"])
    }

    @Test func `a known product is put into the brief, and all else that was typed stays`() async throws {
        let task = try await client.askForScripts()
        var form = try await client.form(at: "/tasks/new")
        try form.fill(["script_info.tone": "Friendly", "product_info.name": "Something else"])
        form.action = "/tasks/new/product"
        form.forge("product", String(task.dropFirst("/tasks/".count)))
        let page = try await client.submit(form)
        #expect(page.status == 200)
        let filled = try page.page.form(action: "/tasks/new", at: "/tasks/new")
        #expect(filled.values("product_info.name") == ["Trail Lamp 300"] && filled.values("script_info.tone") == ["Friendly"])
        #expect(filled.values("media_list.image_url_list") == [Sample.image] && filled.values("notice_acknowledged") == [])
        let fromDesk = try await client.form(at: "/tasks/new?product=\(task.dropFirst("/tasks/".count))", action: "/tasks/new")
        #expect(fromDesk.values("product_info.name") == ["Trail Lamp 300"])
        #expect(try await client.get("/").page.root.first { $0["href"] == "/tasks/new?product=\(task.dropFirst("/tasks/".count))" } != nil)
    }

    @Test func `a page of a form that is loaded again by its address begins anew`() async throws {
        for path in ["/tasks/new/draft", "/tasks/new/product", "/tasks/new/currencies"] {
            #expect(try await client.get(path)["Location"] == "/tasks/new")
        }
    }
}

extension InTheBrowser {
    @Suite(.program) struct OfDrafts {
        @Test func `what is typed survives a reload, a closed tab, and Enter asks for scripts`() async throws {
            try await Browser.open { browser in
                try await browser.go(to: Program.shared.url("/tasks/new"))
                try await browser.fill("product_info.name", "Kept Lantern")
                try await browser.fill("product_info.description", "A lamp that nobody loses.")
                _ = try await eventually("it is kept") {
                    try await browser.run("return document.querySelector('[data-draft]').textContent", as: String.self)
                        .hasPrefix("Kept as a draft") ? true : nil
                }
                #expect(try await browser.run("return location.search", as: String.self).hasPrefix("?draft="))
                try await browser.go(to: browser.run("return location.href"))
                #expect(try await browser.value("product_info.description") == "A lamp that nobody loses.")

                // Typed and left at once: before the pause is over.
                try await browser.fill("product_info.brand", "Northbeam")
                try await browser.go(to: Program.shared.url("/"))
                let link = try await browser.one("[id^=draft-] a")
                try await browser.click(link)
                _ = try await browser.one("form.brief")
                #expect(try await browser.value("product_info.brand") == "Northbeam")

                try await browser.fill("media_list.image_url_list", Sample.image)
                try await browser.choose("notice_acknowledged")
                _ = try await browser.run("document.querySelector('[name=\"product_info.name\"]').focus()", as: Bool?.self)
                try await browser.press("Enter")
                _ = try await eventually("the task") { try await browser.path.wholeMatch(of: /\/tasks\/[0-9]+/) != nil ? true : nil }
                #expect(try await !Program.shared.client.get("/").text.contains("Kept Lantern</a> <span"))
            }
        }

        @Test func `two windows on one draft lose nothing of each other's`() async throws {
            try await Browser.open { browser in
                let client = try Program.shared.client
                var form = try await client.form(at: "/tasks/new")
                try form.fill("product_info.name", "Two Windows")
                form.action = "/tasks/new/draft"
                let draft = try #require(try await client.submit(form)["Location"])
                try await browser.go(to: Program.shared.url(draft))
                // Elsewhere, meanwhile.
                var other = try await client.form(at: draft, action: "/tasks/new")
                other.action = "/tasks/new/draft"
                try other.fill("product_info.name", "Two Windows, theirs")
                _ = try await client.submit(other)
                try await browser.fill("product_info.name", "Two Windows, mine")
                _ = try await eventually("it is told") {
                    try await browser.run("return document.querySelector('[data-draft]').textContent", as: String.self)
                        .contains("another window") ? true : nil
                }
                let desk = try await client.get("/").text
                #expect(desk.contains("Two Windows, theirs") && desk.contains("Two Windows, mine"))
            }
        }
    }
}

extension Browser {
    fileprivate func value(_ name: String) async throws -> String? {
        try await property("value", of: one("[name='\(name)']"))
    }
}
