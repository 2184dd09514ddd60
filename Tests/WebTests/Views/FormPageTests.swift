import Domain
import Testing

@testable import Web

@Suite struct `The form of a brief` {
    @Test(arguments: ["PRODUCT", "CUSTOM"]) func `has every control of the brief, whatever the source`(source: String) throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage(source: source)))
        // In this order too: the summary of mistakes goes down the page.
        var names: [BriefField] = []
        for case let field? in page.values("name").map(BriefField.init) where names.last != field { names.append(field) }
        #expect(names == BriefField.allCases)
        let chosen = page.tags.filter { $0.attributes["name"] == "script_source" && $0.attributes["checked"] != nil }
        #expect(chosen.map { $0.attributes["value"] } == [source])
    }

    @Test func `shows each mistake at its control and links it from above`() throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage(mistakes: Sample.mistakes)))
        #expect(page.text.contains("4 things to mend"))
        for mistake in Sample.mistakes {
            #expect(page.values("href").contains("#\(mistake.field)"))
            let control = try #require(page.find(id: mistake.field).map { page.tags[$0] })
            #expect(control.attributes["aria-invalid"] == "true")
            #expect(control.attributes["aria-describedby"]?.contains("\(mistake.field)-said") == true)
        }
        let wrong = page.tags.compactMap { $0.attributes["aria-invalid"] == nil ? nil : $0.attributes["name"] }
        #expect(Set(wrong) == Set(Sample.mistakes.map(\.field)))
    }

    @Test func `tells a warning from a mistake`() throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage(warning: "Short phrases give better scripts.")))
        #expect(page.text.contains(#"<p class="warning">Short phrases give better scripts.</p>"#))
        #expect(page.values("aria-invalid").isEmpty)
    }

    @Test func `sums up what will be sent`() throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage()))
        #expect(page.text.contains("<dd>1 video, 1 image</dd>"))
        #expect(page.text.contains("<dt>Language</dt><dd>German</dd>"))
        #expect(page.text.contains(">Ask for 4 scripts</button>"))
        let empty = page.tags.filter { $0.attributes["data-summary"] == "script_info.relevant_industry" }
        #expect(empty.allSatisfy { $0.attributes["hidden"] != nil } && empty.count == 1)
    }

    @Test func `counts as the server does`() throws {
        let page = Markup(try Bound.pages().brief.render(Sample.briefPage(name: "é😀")))
        #expect(page.text.contains(#"data-counter="product_info.name">3 / 300</span>"#))
        let long = Markup(try Bound.pages().brief.render(Sample.briefPage(name: String(repeating: "é", count: 301))))
        #expect(long.text.contains(#"<span class="counter over" data-counter="product_info.name">301 / 300</span>"#))
    }
}

@Suite struct `The notice` {
    @Test func `stands word for word before every control of assets, with its links and its box`() throws {
        let pages = try Bound.pages()
        for (page, controls) in [
            (Markup(pages.brief.render(Sample.briefPage())), ["media_list.image_url_list", "media_list.video_id_list"]),
            (Markup(pages.upload.render(Sample.uploadPage())), ["video_url"]),
        ] {
            let index = try #require(page.find(id: "notice-text"))
            let start = page.text.utf8.index(page.text.startIndex, offsetBy: page.tags[index].offset)
            let markup = page.text[start...].prefix { $0 != "\n" }
            let text = markup.replacing(/<[^>]*>/, with: "").replacing("&#39;", with: "'")
            #expect(text == Notice.text)
            for link in Notice.links { #expect(markup.contains(#"<a href="\#(link.url)">\#(link.name)</a>"#)) }

            let box = try #require(page.tags.first { $0.attributes["name"] == "notice_acknowledged" })
            #expect(box.attributes["type"] == "checkbox" && box.attributes["value"] == "yes")
            #expect(box.offset > page.tags[index].offset)
            for name in controls {
                let control = try #require(page.tags.first { $0.attributes["name"] == name })
                #expect(control.offset > box.offset)
            }
        }
    }

    @Test func `is acknowledged only by the person`() throws {
        let page = Markup(try Bound.pages().upload.render(Sample.uploadPage()))
        #expect(page.tags.first { $0.attributes["name"] == "notice_acknowledged" }?.attributes["checked"] == nil)
    }
}
