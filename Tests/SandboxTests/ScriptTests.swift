import Testing

@testable import Sandbox

struct ScriptTests {
    private let pen: Pen

    init() throws {
        pen = try Pen()
    }

    /// One task for each style, tone, view and duration, its product now with and now without a brand, a price, selling points.
    @Test(arguments: Sample.all)
    func `every style, tone, view and duration gives a good script, and no two alike`(sample: Sample) {
        var texts: Set<String> = []
        var tasks = 0
        for style in Sample.styles {
            for tone in Sample.tones {
                for view in Sample.views {
                    for seconds in [15, 30] {
                        tasks += 1
                        let missing = [nil, "brand", "price", "selling_points"][tasks % 4]
                        var body = sample.brief(style: style, tone: tone, view: view).with("video_duration", .string("\(seconds)S"))
                        if let missing { body = body.with("product_info.\(missing)", nil) }
                        let name = "\(sample.language) \(style) \(tone) \(view) \(seconds) s, no \(missing ?? "gap")"
                        let scripts = pen.scripts(body, task: name, count: 1)
                        pen.check(scripts, name)
                        for script in scripts {
                            check(script.text, name, sample, view, seconds: seconds, missing)
                            #expect(texts.insert(script.text).inserted, "\(name): \(script.text)")
                        }
                    }
                }
            }
        }
        #expect(texts.count == 16 * 4 * 3 * 2)
    }

    private func check(_ text: String, _ name: String, _ sample: Sample, _ view: String, seconds: Int, _ missing: String?) {
        let comment = Comment(rawValue: "\(name): \(text)")
        #expect(sample.words(seconds: seconds).contains(Sentences.words(text)), comment)
        #expect(text.split(separator: "\n\n").count == 3, comment)
        #expect(text.contains("Trail Lamp 300"), comment)
        #expect(text.contains(sample.price) == (missing != "price"), comment)
        if missing == "brand" { #expect(!text.contains("Northbeam"), comment) }
        if missing != "selling_points" { #expect(text.contains("58 g") || text.contains("30 "), comment) }
        #expect(pen.language(of: text) == sample.language, comment)
        let words = text.lowercased().split { !$0.isLetter }
        if view == "From consumer" { #expect(!sample.consumer.isDisjoint(with: words), comment) }
        if view == "From brand" { #expect(!sample.brand.isDisjoint(with: words), comment) }
    }

    @Test(arguments: Sample.all)
    func `eight scripts of a task are eight different ones`(sample: Sample) {
        for style in Sample.styles {
            for seconds in [15, 30] {
                let body = sample.brief(style: style, tone: "Confident").with("video_duration", .string("\(seconds)S"))
                let scripts = pen.scripts(body, task: style)
                pen.check(scripts, "\(sample) \(style)")
                #expect(scripts.count == 8)
                for script in scripts {
                    #expect(sample.words(seconds: seconds).contains(Sentences.words(script.text)), "\(script.text)")
                }
            }
        }
    }

    @Test(arguments: Sample.all, [15, 30])
    func `a bare product is enough for eight scripts`(sample: Sample, seconds: Int) {
        let bare: JSONValue = ["name": "Trail Lamp 300", "description": "Cup"]
        let body = sample.brief().with("video_duration", .string("\(seconds)S")).with("product_info", bare)
        let scripts = pen.scripts(body, task: "bare")
        pen.check(scripts, "bare")
        for script in scripts {
            #expect(sample.words(seconds: seconds).contains(Sentences.words(script.text)), "\(script.text)")
        }
    }

    @Test(arguments: Sample.all)
    func `each style opens in its own way`(sample: Sample) throws {
        let book = try #require(pen.books[sample.language])
        for style in Take.styles {
            let hooks = book.phrases(.hook).filter { $0.manner == style }
            let values: [Template.Slot: String] = [.name: "Trail Lamp 300", .price: sample.price]
            let openings = Set(hooks.flatMap { hook in Template.View.allCases.compactMap { hook.text.rendered(values, $0) } })
            for script in pen.scripts(sample.brief(style: style), task: style, count: 4) {
                let opening = script.text.split(separator: "\n\n").first.map(String.init) ?? ""
                #expect(openings.contains(opening), "\(style): \(script.text)")
            }
        }
    }

    @Test(arguments: Sample.all)
    func `each industry has a word of its own`(sample: Sample) throws {
        let book = try #require(pen.books[sample.language])
        for industry in Sample.industries {
            let lines = book.phrases(.line).filter { $0.manner == industry }.compactMap { $0.text.rendered([:], .brand) }
            #expect(!lines.isEmpty, "\(industry)")
            let scripts = pen.scripts(sample.brief(industry: industry).with("video_duration", "30S"), task: industry)
            #expect(scripts.contains { script in lines.contains(where: script.text.contains) }, "\(industry)")
        }
    }

    @Test(arguments: Sample.all)
    func `a name of ten words leaves the length as it should be`(sample: Sample) {
        let name = "Velmora Night Repair Anti-Ageing Face Cream With Sun Protection 20"
        for seconds in [15, 30] {
            let body = sample.brief().with("video_duration", .string("\(seconds)S")).with("product_info.name", .string(name))
            for script in pen.scripts(body, task: name) {
                #expect(sample.words(seconds: seconds).contains(Sentences.words(script.text)), "\(script.text)")
                #expect(script.text.contains(name))
            }
        }
    }

    @Test func `the same task has the same scripts, and a repeated brief new ones`() {
        let body = JSONValue.product
        let first = pen.scripts(body, task: "7391")
        #expect(first == pen.scripts(body, task: "7391"))
        let second = pen.scripts(body, task: "7392")
        #expect(Set(first.map(\.text)).isDisjoint(with: second.map(\.text)))
    }

    @Test(arguments: Sample.all)
    func `without a duration what there is to say decides`(sample: Sample) {
        for script in pen.scripts(sample.brief(), task: "1") {
            #expect(sample.words(seconds: 15).contains(Sentences.words(script.text)), "\(script.text)")
        }
        let points: JSONValue = ["A", "B", "C", "D"]
        for script in pen.scripts(sample.brief().with("product_info.selling_points", points), task: "1") {
            #expect(sample.words(seconds: 30).contains(Sentences.words(script.text)), "\(script.text)")
        }
    }

    @Test func `a language without a book is written in English`() throws {
        let english = try #require(pen.books["en"])
        let writer = try ScriptWriter(books: ["en": english])
        let script = try #require(writer.scripts(for: Brief(Sample.all[6].brief()), task: "1", ids: ["1"]).first)
        #expect(pen.language(of: script.text) == "en")
    }

    @Test func `a brand that the name holds already is not said again`() {
        let body = JSONValue.product.with("product_info.name", "Northbeam Trail Lamp 300")
        for script in pen.scripts(body, task: "1") { #expect(!script.text.contains("by Northbeam"), "\(script.text)") }
    }

    @Test func `the team's own words are a direction for the speaker`() {
        let info: JSONValue = ["tone": "Deadpan, like a weather report", "style": "One long shot"]
        for script in pen.scripts(JSONValue.product.with("script_info", info), task: "1") {
            #expect(script.text.hasPrefix("(Deadpan, like a weather report; One long shot) "))
        }
    }

    @Test(arguments: [
        ("de", "„30 hours on one charge“"), ("es", "«30 hours on one charge»"), ("fr", "«\u{202F}30 hours on one charge\u{202F}»"),
    ])
    func `what is in another language stands as a quotation`(language: String, quoted: String) {
        let body = JSONValue.product.with("script_info", ["script_language": .string(language)])
        #expect(pen.scripts(body, task: "1").contains { $0.text.contains(quoted) })
    }

    @Test(arguments: ["id", "ml"])
    func `Malay and Indonesian are no quotation in each other`(language: String) throws {
        let other = try #require(Sample.all.first { $0.language == (language == "id" ? "ml" : "id") })
        let body = other.brief().with("script_info.script_language", .string(language))
        for script in pen.scripts(body, task: "1") { #expect(!script.text.contains("“"), "\(script.text)") }
    }

    @Test(
        arguments: Sample.all,
        [
            "<b>&amp;</b> \"quoted\" 'single'", "{{name}} {price} [I|We] <x> \\n", "👟👨‍👩‍👧🏳️‍🌈", "مصباح المسار ٣٠٠", "\u{202E}odd\u{202C}",
            "A. B. Co.",
            "Dr. Best!", "%s %d $1", "100% natural?",
        ])
    func `what comes from the brief comes out as it went in`(sample: Sample, text: String) {
        var body = sample.brief().with("product_info.name", .string(text)).with("product_info.brand", .string(text + " brand"))
        body = body.with("product_info.selling_points", [.string(text + " point")])
        for script in pen.scripts(body, task: text) {
            #expect(script.text.contains(text))
            #expect(script.text.contains(text + " point"))
        }
        let custom = JSONValue.custom.with("custom_prompt", .string("Somebody holds up " + text))
        for script in pen.scripts(custom, task: text) { #expect(script.text.contains(text)) }
    }

    @Test func `the longest brief is written too`() {
        let point = JSONValue.string(String(repeating: "👟 ", count: 500))
        let long = JSONValue.product.with("product_info.name", .string(String(repeating: "n ", count: 150)))
            .with("product_info.selling_points", .array(Array(repeating: point, count: 10)))
            .with("product_info.description", .string(String(repeating: "d ", count: 250)))
        #expect(pen.scripts(long, task: "1").count == 8)
        for prompt in [String(repeating: "a", count: 3000), String(repeating: "👟", count: 1500), String(repeating: "a. ", count: 1000)] {
            let written = pen.scripts(JSONValue.custom.with("custom_prompt", .string(prompt)), task: "1")
            #expect(written.count == 8)
            #expect(written.allSatisfy { !$0.title.isEmpty })
        }
    }
}
