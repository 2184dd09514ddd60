import Testing

@testable import Sandbox

struct SentencesTests {
    @Test(arguments: [
        ("A head lamp for night runs: 300 lumens.", "A head lamp for night runs"), ("Opens at 12:30; closes late.", "Opens at 12:30"),
        ("Light – and bright", "Light"), ("No marks", "No marks"), ("Twenty-four hours", "Twenty-four hours"),
    ])
    func `a first clause ends at a mark before a space`(sentence: String, clause: String) {
        #expect(Sentences.firstClause(sentence) == clause)
    }

    @Test(arguments: [
        (
            "Dr. Best is here. So are J. Doe and I! \"Really?\" Yes…\nGood",
            ["Dr. Best is here.", "So are J. Doe and I!", "\"Really?\"", "Yes…", "Good"]
        ),
        ("€39.90 a pair. ", ["€39.90 a pair."]), ("", []), (" \n ", []),
    ])
    func `a text is parted into sentences`(text: String, sentences: [String]) {
        #expect(Sentences.split(text) == sentences)
    }

    @Test func `words are what spaces part`() {
        #expect(Sentences.words(" 39,90 €\n\nfür  dich ") == 4)
        #expect(Sentences.words("") == 0)
    }

    @Test func `a text that is too long breaks off after a word`() {
        #expect(Sentences.clipped("one two three", words: 2) == "one two …")
        #expect(Sentences.clipped("one two", words: 2) == "one two")
    }

    @Test(arguments: [
        ("A head lamp for night runs", "a head lamp for night runs"), ("The North Face jacket", "The North Face jacket"),
        ("Head lamp for runs", "Head lamp for runs"), ("A", "A"), ("", ""), ("In-line skates", "In-line skates"),
    ])
    func `a clause goes on in small letters where that is safe`(clause: String, text: String) {
        #expect(Sentences.continuing(clause, after: ["a", "the", "in"]) == text)
    }
}
