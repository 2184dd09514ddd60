import Testing

@testable import Domain

struct PresetTests {
    private var typed: BriefForm {
        var form = BriefForm.fresh
        form.name = "Trail Lamp 300"
        form.price = "39.90"
        form.tone = "Friendly"
        form.style = "  "
        form.images = "https://cdn.example.com/lamp.jpg"
        form.videos = ["7"]
        form.prompt = "A runner loses the trail."
        form.notice = "yes"
        return form
    }

    @Test func `holds what is filled in of the sections that were chosen, and never the notice or a video`() throws {
        #expect(try NewPreset(name: "a", [.voice], of: typed).parts.fields == [.tone])
        let all = Preset.Parts(Preset.Section.allCases, of: typed)
        #expect(all.fields == [.tone, .count, .language, .name, .price, .currency, .images, .prompt])
        let offered = Set(Preset.Section.allCases.flatMap(\.fields))
        #expect(Set(BriefField.allCases).subtracting(offered) == [.source, .notice, .videos])
    }

    @Test func `changes only what it sets`() throws {
        var mine = BriefForm.fresh
        (mine.name, mine.tone, mine.style, mine.notice, mine.videos) = ("Rain Shell", "Calm", "Humor", "yes", ["3"])
        var expected = mine
        expected.tone = "Friendly"
        mine.apply(Preset.Parts([.voice], of: typed))
        #expect(mine == expected)
        mine.apply(Preset.Parts([.prompt], of: typed))
        #expect(mine.prompt == typed.prompt && mine.source == "CUSTOM")
    }

    @Test(arguments: ["", " \n ", String(repeating: "x", count: 61), "bell\u{7}"]) func `needs a name of one short line`(name: String) {
        let error = #expect(throws: InvalidPreset.self) { try NewPreset(name: name, [.voice], of: typed) }
        #expect(error?.name != nil && error?.sections == nil)
        #expect(throws: Never.self) { try NewPreset(name: " our\r\nvoice ", [.voice], of: typed) }
    }

    @Test func `sets something`() {
        #expect(throws: InvalidPreset.self) { try NewPreset(name: "a", [], of: typed) }
        #expect(throws: InvalidPreset.self) { try NewPreset(name: "a", [.voice], of: .fresh) }
    }

    @Test func `holds nothing that a brief could not be sent with, and tells all of it at once`() {
        var form = BriefForm.fresh
        form.name = String(repeating: "n", count: 301)
        form.price = "a lot"
        form.count = "9"
        form.language = "tlh"
        form.images = "lamp.jpg"
        form.prompt = String(repeating: "p", count: 3_001)
        form.tone = String(repeating: "t", count: 301)
        form.sellingPoints = String(repeating: "s", count: 301)
        form.currency = "XXX"
        form.duration = "16S"
        let error = #expect(throws: InvalidPreset.self) { try NewPreset(name: "", Preset.Section.allCases, of: form) }
        #expect(
            error?.mistakes.map(\.field) == [
                .prompt, .name, .price, .currency, .sellingPoints, .images, .tone, .count, .language, .duration,
            ])
        #expect(error?.name != nil)
        // What is not chosen may be wrong.
        form.tone = "Friendly"
        #expect(throws: Never.self) { try NewPreset(name: "a", [.voice], of: form) }
    }
}
