import Foundation
import Testing

/// What a team uses in brief after brief, saved once and applied by anybody.
@Suite(.timeLimit(.minutes(3)))
struct Presets {
    private static let typed = [
        "script_source": "PRODUCT", "product_info.name": "Rain Shell & <b>more</b>", "product_info.brand": "Ridgeline",
        "product_info.price": "a lot", "product_info.currency": "NOK", "product_info.description": "\nFor long days.\nOn the ridge.",
        "product_info.selling_points": "three layers\nno seams", "media_list.image_url_list": "lamp.jpg\nhttps://cdn.example.com/shell.jpg",
        "script_info.tone": "Loud", "script_info.point_of_view": "From brand", "custom_prompt": "It rains.", "video_duration": "30S",
        "script_generation_count": "7", "script_info.script_language": "fr",
    ]

    /// Nothing of what stands in a form is another after a button of the presets but for these.
    private func expect(_ form: Form, isAs before: Form, but changed: [String: String] = [:]) {
        for name in Set((form.pairs + before.pairs).map(\.name)) where !name.hasPrefix("preset") {
            #expect(form.values(name) == (changed[name].map { [$0] } ?? before.values(name)), "\(name)")
        }
    }

    @Test func `one writer saves a preset, another applies it without JavaScript, and nothing typed is lost`() async throws {
        let launch = try await Program.Launch.team()
        for (email, role) in [("mara@example.com", "writer"), ("ben@example.com", "writer"), ("vera@example.com", "viewer")] {
            try await launch.addMember(email, role: role)
        }
        let app = try await Program(launch)
        let mara = try await app.client.signedIn(as: "mara@example.com")
        try await mara.savePreset("Our voice", ["voice", "scripts"])
        let listed = try await mara.get("/presets").page
        let row = try #require(listed.root.first { $0.name == "li" && $0.text.contains("Our voice") })
        for words in ["tone “Friendly”", "style “Humor”", "5 scripts", "German", "mara"] { #expect(row.text.contains(words), "\(words)") }
        #expect(!row.text.contains("Trail Lamp"))

        let ben = try await app.client.signedIn(as: "ben@example.com")
        let page = try await ben.get("/tasks/new").page
        var form = try page.form(action: "/tasks/new", at: "/tasks/new")
        try form.fill(Self.typed)
        try form.tick("notice_acknowledged")
        try form.fill("preset_name", "begun")
        let id = try #require(form.offered("preset").first)
        let answer = try await ben.press("apply", of: page, form)
        #expect(answer.status == 200)
        let applied = try answer.page.form(action: "/tasks/new", at: "/tasks/new")
        expect(
            applied, isAs: form,
            but: [
                "script_info.tone": "Friendly", "script_info.style": "Humor", "script_generation_count": "5",
                "script_info.script_language": "de",
            ])
        #expect(applied.values("preset_name") == ["begun"] && applied.values("preset_part") == ["voice"])
        let said = try #require(answer.page.root.first { $0["class"] == "done" }?.text)
        #expect(said.contains("“Our voice” is applied") && said.contains("In place of what stood there: tone"))

        // The form that it was is sent, once, with what was applied.
        var mended = applied
        try mended.fill(["product_info.price": "39.90", "media_list.image_url_list": Sample.image])
        let task = try await ben.submit(mended).destination
        #expect(try await ben.submit(mended).destination == task)
        #expect(try await ben.get(task).text.contains("5 scripts in German"))

        let fresh = try await ben.get("/tasks/new?preset=\(id)").page.form(action: "/tasks/new", at: "/tasks/new")
        #expect(fresh.values("script_info.tone") == ["Friendly"] && fresh.values("product_info.name") == [""])
        #expect(try await ben.get("/tasks/new?preset=99").status == 404)
        #expect(try await ben.get("/tasks/new/preset/apply").destination == "/tasks/new")

        let vera = try await app.client.signedIn(as: "vera@example.com")
        let read = try await vera.get("/presets").page
        #expect(read.main?.text.contains("tone “Friendly”") == true)
        #expect(
            read.main?.all { ["form", "button", "input"].contains($0.name) || $0["href"]?.hasPrefix("/tasks/new") == true }.isEmpty == true)
        #expect(try await vera.submit(applied.posting(to: "/tasks/new/preset/save")).status == 403)
    }

    @Test func `what keeps a preset from being saved is said, with everything still there`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        let page = try await app.client.get("/tasks/new").page
        var form = try page.form(action: "/tasks/new", at: "/tasks/new")
        try form.fill(Self.typed)
        try form.fill("preset_name", String(repeating: "x", count: 61))
        try form.tick("preset_part")
        let refused = try await app.client.press("save", of: page, form)
        #expect(refused.status == 422)
        let again = try refused.page.form(action: "/tasks/new", at: "/tasks/new")
        expect(again, isAs: form)
        #expect(again.values("preset_name") == form.values("preset_name"))
        let links = refused.page.root.first { $0["class"] == "mistakes" }?.all.compactMap { $0["href"] }
        #expect(links == ["#product_info.price", "#media_list.image_url_list", "#preset_name"])
        #expect(refused.page.root.first { $0["class"] == "presets" }?["open"] != nil)
        #expect(try await app.client.get("/presets").text.contains("no presets yet"))
    }

    @Test func `a name that is taken is replaced only when that is said`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        try await app.client.savePreset("Our voice", ["voice"])
        let page = try await app.client.get("/tasks/new").page
        var form = try page.form(action: "/tasks/new", at: "/tasks/new")
        try form.fill(["script_info.tone": "Calm", "preset_name": "OUR VÖICE"])
        let offer = try await app.client.press("save", of: page, form)
        #expect(offer.status == 422 && offer.text.contains("“Our voice” is there already, by this computer: it sets tone and style."))
        var again = try offer.page.form(action: "/tasks/new", at: "/tasks/new")
        expect(again, isAs: form)
        // Somebody else is quicker.
        try again.tick("preset_replace")
        let quicker = again
        try again.fill("script_info.tone", "Dry")
        #expect(try await app.client.press("save", of: offer.page, again).status == 200)
        let late = try await app.client.press("save", of: offer.page, quicker)
        #expect(late.status == 422)
        let saved = try await app.client.get("/presets").page.root.text
        #expect(saved.contains("tone “Dry”") && saved.contains("OUR VÖICE") && !saved.contains("Our voice"))
        let offered = try late.page.form(action: "/tasks/new", at: "/tasks/new")
        #expect(offered.values("preset_replace").isEmpty && offered.offered("preset_replace") != quicker.offered("preset_replace"))
    }

    @Test func `a preset is renamed, deleted and brought back`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        let client = app.client
        try await client.savePreset("Our voice", ["voice"])
        try await client.savePreset("Other", ["scripts"])
        var form = try await client.rename("Our voice")
        let stale = form
        try form.fill("name", "other")
        let refused = try await client.submit(form)
        #expect(refused.status == 422 && refused.text.contains("“Other” is another preset"))
        #expect(try refused.page.rename("Our voice").values("name") == ["other"])
        try form.fill("name", " The <b>voice</b> ")
        _ = try await client.submit(form).destination
        #expect(try await client.get("/presets").page.root.text.contains("The <b>voice</b>"))
        let overtaken = try await client.submit(stale)
        #expect(overtaken.status == 409 && overtaken.text.contains("has changed this preset meanwhile"))

        var delete = try await client.form(at: "/presets", action: "/presets/delete")
        delete.add("preset", form.values("preset")[0])
        let deleted = try #require(try await client.submit(delete)["Location"])
        let told = try await client.get(deleted).page
        #expect(told.root.first { $0["class"] == "done" }?.text.contains("“The <b>voice</b>” is deleted") == true)
        #expect(try await !client.get("/tasks/new").page.root.text.contains("The <b>voice</b>"))
        // What is applied meanwhile from a page that still offers it.
        let page = try await client.get("/tasks/new").page
        var brief = try page.form(action: "/tasks/new", at: "/tasks/new")
        brief.forge("preset", form.values("preset")[0])
        let gone = try await client.press("apply", of: page, brief)
        #expect(gone.status == 422 && gone.text.contains("This preset is gone"))

        let undo = try told.form(action: "/presets/restore", at: "/presets")
        _ = try await client.submit(undo).destination
        _ = try await client.submit(undo).destination
        #expect(try await client.get("/presets").page.root.text.contains("Deleted in the last") == false)
        #expect(try await client.rename("The <b>voice</b>").values("preset") == form.values("preset"))
    }
}

extension Client {
    /// Posts the form of a brief by a button of the presets, which the page has.
    fileprivate func press(_ button: String, of page: Page, _ form: Form) async throws -> Answer {
        let action = "/tasks/new/preset/\(button)"
        guard page.root.first({ $0.name == "button" && $0["formaction"] == action }) != nil else { throw Failure("no button \(button)") }
        return try await submit(form.posting(to: action))
    }

    /// Saves sections of a brief with all of them filled in.
    func savePreset(_ name: String, _ sections: [String]) async throws {
        let page = try await get("/tasks/new").page
        var form = try page.form(action: "/tasks/new", at: "/tasks/new")
        try form.fill(Sample.product)
        try form.fill([
            "script_info.tone": "Friendly", "script_info.style": "Humor", "script_generation_count": "5",
            "script_info.script_language": "de", "preset_name": name,
        ])
        form.remove("preset_part")
        for section in sections { form.add("preset_part", section) }
        let answer = try await press("save", of: page, form)
        guard answer.status == 200, answer.page.root.first({ $0["class"] == "done" })?.text.contains("“\(name)” is saved") == true else {
            throw Failure("no preset: \(answer.status) \(answer.page.main?.text ?? "")")
        }
    }

    fileprivate func rename(_ preset: String) async throws -> Form {
        try await get("/presets").page.rename(preset)
    }
}

extension Page {
    /// The form that renames a preset.
    fileprivate func rename(_ preset: String) throws -> Form {
        let row = root.first { $0.name == "li" && $0.first { $0.name == "strong" }?.text == preset }
        guard let row else { throw Failure("no preset \(preset)") }
        return try row.form(action: "/presets/rename", at: "/presets")
    }
}
