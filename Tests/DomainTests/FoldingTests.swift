import Domain
import Testing

struct FoldingTests {
    @Test(arguments: [
        ("Größe", "grosse"), ("GROẞ", "gross"), ("Đường phố", "duong pho"), ("đèn", "den"), ("ñandú", "nandu"), ("Œuvre", "oeuvre"),
        ("garçon", "garcon"), ("naïve café", "naive cafe"), ("lampu 300", "lampu 300"), ("Æther", "aether"), ("øl", "ol"),
        ("e\u{301}te\u{301}", "ete"), ("Ứng dụng", "ung dung"), ("ĲSSEL", "ijssel"), ("ſie", "sie"),
    ])
    func `letters lose their marks and capitals`(text: String, folded: String) {
        #expect(Folding.words(of: text).joined(separator: " ") == folded)
    }

    @Test func `what is neither letter nor digit parts words`() {
        #expect(Folding.words(of: "don't stop—now: 39,90 €/USB-C [cut]") == ["don", "t", "stop", "now", "39", "90", "usb", "c", "cut"])
        #expect(Folding.words(of: "\"quoted\" =lde AND NOT (x*)") == ["quoted", "lde", "and", "not", "x"])
        #expect(Folding.words(of: "… !?") == [])
    }

    @Test func `other scripts stay as they are, in small letters`() {
        #expect(Folding.words(of: "ПРИВЕТ 日本 สวัสดี") == ["привет", "日本", "สวัสดี"])
    }

    @Test func `each word is indexed once`() {
        #expect(Folding.index(of: "Go, go! Gó on") == "go on")
    }

    @Test func `matches are found where they stand in the text`() {
        let text = "Die Größe zählt. Grosse Lampe, GROẞ gedacht"
        #expect(Folding.matches(of: ["gross"], in: text).map { String(text[$0]) } == ["Größe", "Grosse", "GROẞ"])
        #expect(Folding.matches(of: ["la", "zah"], in: text).map { String(text[$0]) } == ["zählt", "Lampe"])
        #expect(Folding.matches(of: [], in: text).isEmpty)
        let decomposed = "un e\u{301}te\u{301} ici"
        #expect(Folding.matches(of: ["ete"], in: decomposed).map { String(decomposed[$0]) } == ["e\u{301}te\u{301}"])
    }
}

struct DayTests {
    @Test func `a day has a beginning and an end in UTC`() throws {
        let day = try #require(Day("2026-11-23"))
        #expect(day.start.iso8601 == "2026-11-23T00:00:00Z")
        #expect(day.end.iso8601 == "2026-11-24T00:00:00Z")
        #expect(Day("1970-01-01")?.start.milliseconds == 0)
        #expect(Day("2024-02-29")?.end.iso8601 == "2024-03-01T00:00:00Z")
    }

    @Test(arguments: [
        "2026-02-30", "2025-02-29", "26-01-01", "2026-1-01", "2026-13-01", "2026-00-10", "+026-01-01", "2026-01-01x", "", "heute",
    ])
    func `what the calendar does not have is no day`(text: String) {
        #expect(Day(text) == nil)
    }
}

struct WordDiffTests {
    private func shown(_ old: String, _ new: String) -> String {
        WordDiff(from: old, to: new).parts.map { part in
            switch part.change {
            case .same: part.text
            case .removed: "[-\(part.text)-]"
            case .added: "{+\(part.text)+}"
            }
        }.joined()
    }

    @Test func `words that were struck out and written in are told apart`() {
        #expect(shown("Walk in the dark.", "Run in the dark.") == "[-Walk-]{+Run+} in the dark.")
        #expect(shown("Stop now", "Stop right now") == "Stop {+right +}now")
        #expect(shown("same", "same") == "same")
        #expect(shown("", "new") == "{+new+}")
        #expect(shown("old", "") == "[-old-]")
    }

    /// Whatever the two texts are, the parts make both of them again.
    @Test func `nothing is lost between any two texts`() {
        var random = SystemRandomNumberGenerator()
        let words = ["a", "b", "c", "d\n\n", " ", "  ", "x y"]
        for _ in 0..<300 {
            func text() -> String {
                (0..<Int.random(in: 0...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            }
            let (old, new) = (text(), text())
            let parts = WordDiff(from: old, to: new).parts
            #expect(parts.filter { $0.change != .added }.map(\.text).joined() == old)
            #expect(parts.filter { $0.change != .removed }.map(\.text).joined() == new)
        }
    }

    @Test func `two long texts that share nothing are told apart in no time`() {
        let old = (0..<20_000).map { "a\($0)" }.joined(separator: " ")
        let new = (0..<20_000).map { "b\($0)" }.joined(separator: " ")
        #expect(WordDiff(from: old, to: new).parts.map(\.change) == [.removed, .added])
    }
}

struct SpokenWordsTests {
    @Test(arguments: [
        ("[Close-up] It weighs less (smiles) than your phone.", "It weighs less than your phone."),
        ("NARRATOR: Walk on.\nVO: Now!", "Walk on.\nNow!"),
        ("Hook: Stop walking in the dark.\n\n[Cut to black]\n\nGet it.", "Stop walking in the dark.\n\nGet it."),
        ("Scene 2: We run.", "We run."), ("One thing: light.", "One thing: light."), ("An open [bracket stays", "An open [bracket stays"),
        ("", ""), ("[only a cut]", ""), ("Wait (what), then go.", "Wait, then go."),
    ])
    func `what is written for the eye is left out`(text: String, spoken: String) {
        #expect(SpokenWords.of(text) == spoken)
    }
}

struct RevisionTests {
    @Test func `versions are called by the film trade's colours, and round again`() {
        let names = (1...8).map { Revision(number: $0).name }
        #expect(names == ["white, as delivered", "blue", "pink", "yellow", "green", "goldenrod", "second blue", "second pink"])
        #expect(Revision(number: 12).name == "third blue")
        #expect(Revision(number: 7).color == .blue)
    }
}
