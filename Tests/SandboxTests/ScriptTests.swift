import Testing

@testable import Sandbox

struct ScriptTests {
    static let languages = ["en", "de"]
    static let styles = ["Recommended"] + Take.styles
    static let tones = ["All", "Friendly", "Confident", "Professional"]
    static let views = ["All", "From consumer", "From brand"]

    private let writer: ScriptWriter
    private let books: [String: PhraseBook]

    init() throws {
        books = try PhraseBook.library()
        writer = try ScriptWriter(books: books)
    }

    @Test(arguments: languages, styles)
    func `every style, tone, view and duration gives good scripts`(language: String, style: String) throws {
        for tone in Self.tones {
            for view in Self.views {
                for (duration, range) in [("15S", 35...45), ("30S", 70...90)] {
                    let info: JSONValue = [
                        "script_language": .string(language), "style": .string(style), "tone": .string(tone),
                        "point_of_view": .string(view),
                    ]
                    let body = JSONValue.product.with("script_info", info).with("video_duration", .string(duration))
                    let name = "\(language) \(style) \(tone) \(view) \(duration)"
                    let scripts = self.scripts(body, task: name, count: 4)
                    check(scripts, name)
                    for script in scripts {
                        #expect(range.contains(Sentences.words(script.text)), "\(name): \(script.text)")
                        #expect(script.text.split(separator: "\n\n").count == 3, "\(name): \(script.text)")
                        #expect(script.text.contains("Trail Lamp 300"), "\(name): \(script.text)")
                        #expect(script.text.contains(language == "de" ? "39,90 €" : "€39.90"), "\(name): \(script.text)")
                        #expect(
                            ["58 g", "30 "].contains { script.text.contains($0) } && !script.text.contains("{"), "\(name): \(script.text)")
                        if view != "All" { #expect(Self.speaks(script.text, view), "\(name): \(script.text)") }
                        let own = books[language]?.commonWords(in: script.text) ?? 0
                        let other = books[language == "de" ? "en" : "de"]?.commonWords(in: script.text) ?? 0
                        #expect(own > other, "\(name): \(script.text)")
                    }
                }
            }
        }
    }

    @Test(arguments: languages, styles)
    func `eight scripts of a task are eight different ones`(language: String, style: String) {
        let info: JSONValue = ["script_language": .string(language), "style": .string(style), "tone": "Confident"]
        for (duration, range) in [("15S", 35...45), ("30S", 70...90)] {
            let body = JSONValue.product.with("script_info", info).with("video_duration", .string(duration))
            let scripts = self.scripts(body, task: style)
            check(scripts, style)
            #expect(scripts.count == 8)
            for script in scripts { #expect(range.contains(Sentences.words(script.text)), "\(script.text)") }
        }
    }

    @Test(arguments: languages, ["15S", "30S"])
    func `a bare product is enough for eight scripts`(language: String, duration: String) {
        let body = JSONValue.product.with("video_duration", .string(duration)).with("product_info.brand", nil)
            .with("product_info.price", nil).with("product_info.selling_points", nil).with("product_info.description", "Cup")
        let scripts = self.scripts(body.with("script_info", ["script_language": .string(language)]), task: "bare")
        check(scripts, "bare")
        for script in scripts {
            #expect((duration == "15S" ? 35...45 : 70...90).contains(Sentences.words(script.text)), "\(script.text)")
        }
    }

    @Test func `the same task has the same scripts, and a repeated brief new ones`() {
        let body = JSONValue.product
        let first = scripts(body, task: "7391")
        #expect(first == scripts(body, task: "7391"))
        let second = scripts(body, task: "7392")
        #expect(Set(first.map(\.text)).isDisjoint(with: second.map(\.text)))
    }

    @Test func `without a duration what there is to say decides`() {
        let few = scripts(JSONValue.product, task: "1").map { Sentences.words($0.text) }
        let points: JSONValue = ["light", "bright", "waterproof", "quick to charge"]
        let many = scripts(JSONValue.product.with("product_info.selling_points", points), task: "1").map { Sentences.words($0.text) }
        #expect(few.allSatisfy { (35...45).contains($0) })
        #expect(many.allSatisfy { (70...90).contains($0) })
    }

    @Test func `a language without a book is written in English`() throws {
        let script = try #require(scripts(JSONValue.product.with("script_info", ["script_language": "vi"]), task: "1").first)
        #expect((books["en"]?.commonWords(in: script.text) ?? 0) > 5)
    }

    @Test func `a brand that the name holds already is not said again`() {
        let body = JSONValue.product.with("product_info.name", "Northbeam Trail Lamp 300")
        for script in scripts(body, task: "1") { #expect(!script.text.contains("by Northbeam"), "\(script.text)") }
    }

    @Test func `the team's own words are a direction for the speaker`() {
        let info: JSONValue = ["tone": "Deadpan, like a weather report", "style": "One long shot"]
        for script in scripts(JSONValue.product.with("script_info", info), task: "1") {
            #expect(script.text.hasPrefix("(Deadpan, like a weather report; One long shot) "))
        }
    }

    @Test(
        arguments: languages,
        [
            "<b>&amp;</b> \"quoted\" 'single'", "{{name}} {price} [I|We] <x> \\n", "👟👨‍👩‍👧🏳️‍🌈", "مصباح المسار ٣٠٠", "\u{202E}odd\u{202C}",
            "A. B. Co.",
            "Dr. Best!", "%s %d $1", "100% natural?",
        ])
    func `what comes from the brief comes out as it went in`(language: String, text: String) {
        var body = JSONValue.product.with("product_info.name", .string(text)).with("product_info.brand", .string(text + " brand"))
        body = body.with("product_info.selling_points", [.string(text + " point")])
        for script in scripts(body.with("script_info", ["script_language": .string(language)]), task: text) {
            #expect(script.text.contains(text))
            #expect(script.text.contains(text + " point"))
        }
        let custom = JSONValue.custom.with("custom_prompt", .string("Somebody holds up " + text))
        for script in scripts(custom, task: text) { #expect(script.text.contains(text)) }
    }

    @Test func `the longest brief is written too`() {
        let point = JSONValue.string(String(repeating: "👟 ", count: 500))
        let long = JSONValue.product.with("product_info.name", .string(String(repeating: "n ", count: 150)))
            .with("product_info.selling_points", .array(Array(repeating: point, count: 10)))
            .with("product_info.description", .string(String(repeating: "d ", count: 250)))
        #expect(scripts(long, task: "1").count == 8)
        for prompt in [String(repeating: "a", count: 3000), String(repeating: "👟", count: 1500), String(repeating: "a. ", count: 1000)] {
            let written = scripts(JSONValue.custom.with("custom_prompt", .string(prompt)), task: "1")
            #expect(written.count == 8)
            #expect(written.allSatisfy { !$0.title.isEmpty })
        }
    }

    @Test(
        arguments: [
            "A runner loses the trail at dusk, then switches the lamp on.",
            "Sam opens the fridge. The light goes out. But then the dog helps.",
            "One clause only", "Unboxing on a kitchen table; hands only; ends with a smile",
        ], [true, false])
    func `a prompt is staged, and never merely repeated`(prompt: String, withProduct: Bool) {
        let body = JSONValue.custom.with("custom_prompt", .string(prompt)).with("product_info", withProduct ? .lamp : nil)
        let scripts = self.scripts(body, task: prompt)
        check(scripts, prompt)
        let opening = prompt.prefix { !",.;".contains($0) }
        for script in scripts {
            #expect(script.text.contains(opening), "\(script.text)")
            #expect(!script.text.contains(prompt) || prompt.split(separator: " ").count < 4, "\(script.text)")
            #expect(Sentences.words(script.text) >= 35, "\(script.text)")
            if withProduct {
                #expect(script.text.contains("Trail Lamp 300"), "\(script.text)")
                #expect(script.text.contains("€39.90"), "\(script.text)")
            }
        }
    }

    @Test(
        arguments: [
            (
                "A runner loses the trail at dusk, then switches the lamp on.", "A runner loses the trail at dusk.", nil,
                "the runner switches the lamp on.", "The runner"
            ),
            (
                "My sister forgets her keys. She sits down. Until a neighbour calls.", "My sister forgets her keys.", "She sits down.",
                "a neighbour calls.", "My sister"
            ),
            ("The camera pans over a desk", "The camera pans over a desk.", nil, nil, nil),
            ("Wow!", "Wow!", nil, nil, nil),
        ] as [(String, String, String?, String?, String?)])
    func `a prompt is taken apart`(prompt: String, setup: String, middle: String?, turn: String?, who: String?) {
        let staging = Staging(prompt)
        #expect(staging.setup == setup)
        #expect(staging.middle == middle)
        #expect(staging.turn == turn)
        #expect(staging.who == who)
    }

    private func scripts(_ body: JSONValue, task: String, count: Int = 8) -> [Script] {
        writer.scripts(for: Brief(body), task: task, ids: (1...count).map(String.init))
    }

    /// No placeholder is left, no two scripts are alike, and no sentence comes twice.
    private func check(_ scripts: [Script], _ name: String) {
        #expect(Set(scripts.map(\.title)).count == scripts.count, "\(name)")
        var seen: Set<String> = []
        for script in scripts {
            #expect(Self.isClean(script.title) && Self.isClean(script.text), "\(name): \(script.text)")
            for sentence in Sentences.split(script.text) {
                #expect(seen.insert(sentence).inserted, "\(name) says again: \(sentence)")
            }
        }
    }

    private static func speaks(_ text: String, _ view: String) -> Bool {
        let consumer: Set<Substring> = ["i", "my", "me", "ich", "mein", "meine", "meiner", "mir", "mich"]
        let brand: Set<Substring> = ["we", "our", "us", "wir", "unser", "unsere", "unserer", "uns"]
        return !(view == "From brand" ? brand : consumer).isDisjoint(with: text.lowercased().split { !$0.isLetter })
    }

    /// No mark of a template is left, and no gap where a value would have stood.
    private static func isClean(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if "{}[]<>|\\".utf8.contains(byte) { return false }
            if [UInt8(ascii: " "), UInt8(ascii: ".")].contains(byte), last == byte { return false }
            if last == UInt8(ascii: " "), ".,;:!?".utf8.contains(byte) { return false }
            last = byte
        }
        return !text.isEmpty
    }
}
