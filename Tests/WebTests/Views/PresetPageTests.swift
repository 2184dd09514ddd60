import Domain
import Testing

@testable import Web

@Suite struct `Presets` {
    @Test func `are applied and saved by buttons of the brief's own form, after the one that sends it`() throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage(presets: Sample.chooser("Our voice"))))
        let buttons = page.all("button").filter { $0.attributes["type"] == nil }
        // The first is what the Enter key presses.
        #expect(
            buttons.map { $0.attributes["formaction"] } == [
                nil, "/tasks/new/currencies", nil, "/tasks/new/draft", "/tasks/new/preset/apply", "/tasks/new/preset/save",
            ])
        let form = try #require(page.tags.firstIndex { $0.attributes["action"] == "/tasks/new" })
        #expect(buttons.allSatisfy { $0.path.contains(form) })
        #expect(page.text.contains(#"<option value="12" selected>Our voice<option value="14">Product &amp; price</select>"#))
        let chosen = page.tags.filter { $0.attributes["name"] == "preset_part" && $0.attributes["checked"] != nil }
        #expect(chosen.map { $0.attributes["value"] } == ["voice", "product"])
        let replace = try #require(page.tags.first { $0.attributes["name"] == "preset_replace" })
        #expect(replace.attributes["value"] == "12.3" && replace.attributes["checked"] == nil)
        #expect(page.all("details").contains { $0.attributes["open"] != nil })
    }

    @Test func `are folded away until they are needed, with the voice to be saved`() throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage()))
        #expect(page.find(id: "preset") == nil)
        #expect(page.all("details").allSatisfy { $0.attributes["open"] == nil })
        let chosen = page.tags.filter { $0.attributes["name"] == "preset_part" && $0.attributes["checked"] != nil }
        #expect(chosen.map { $0.attributes["value"] } == ["voice"])
    }

    @Test func `say what each sets in words`() {
        let parts = PresetPart.all(of: Sample.preset("Our voice").parts).map { "\($0.section): \($0.words)" }
        #expect(
            parts == [
                "Voice: tone “Our voice”", "Scripts: 4 scripts, English, 15 seconds",
                "Product: “Our voice”, in USD, 2 selling points", "Images: 1 image", "Prompt: prompt “Our voice”",
            ])
    }

    @Test func `have no button for who may only read them`() throws {
        let page = Markup(try Bound.pages().presets.render(Sample.presetsPage(mayChange: false)))
        #expect(page.text.contains("Our voice") && page.all("form").isEmpty && !page.text.contains("/tasks/new?preset"))
        #expect(page.all("button").allSatisfy { $0.attributes["type"] == "button" })
    }
}

@Suite struct `The list of currencies` {
    private func options(_ currency: String, at path: String = "/tasks/new") async throws -> [Substring] {
        let test = try TestSite()
        _ = try await test.connect()
        let session = try await test.signIn(try await test.addMember(.writer))
        let sent = [("csrf_token", try test.formToken(session: session)), ("product_info.currency", currency)]
        let answer = await test.send(.post(path, sent, session: session))
        let select = try #require(answer.text.firstMatch(of: /<select id="product_info.currency"[^>]*>(.*?)<\/select>/)).1
        return select.split(separator: "<option").map { $0 }
    }

    @Test func `has the usual ones by name, and the brief's own`() async throws {
        let usual = try await options("EUR")
        #expect(usual.count == Currency.usual.count && usual.contains(#" value="EUR" selected>EUR, Euro"#))
        let other = try await options("UGX")
        #expect(other.count == Currency.usual.count + 1 && other[0].hasPrefix(#" value="UGX" selected>UGX, "#))
    }

    @Test func `has all there are once they are asked for, and the brief's is still chosen`() async throws {
        let all = try await options("UGX", at: "/tasks/new/currencies")
        #expect(all.count == Currency.names.count && all.count { $0.contains(" selected>UGX, ") } == 1)
    }

    @Test(arguments: ["", "<b>", "EUR "]) func `has what the brief has, whatever that is`(currency: String) async throws {
        let options = try await options(currency)
        #expect(options.count == Currency.usual.count + 1)
        #expect(options.first?.contains("selected") == true)
        #expect(!options[0].contains("<b>"))
    }
}
