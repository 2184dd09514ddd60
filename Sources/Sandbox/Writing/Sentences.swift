/// Taking texts apart into sentences and clauses, roughly: enough to stage a prompt, to quote a description, and to see to it that no
/// task says anything twice.
enum Sentences {
    /// A sentence ends at `.`, `!`, `?` or `…` before a space, and at a line break.
    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var ended = false
        for character in text {
            if character.isNewline || (ended && character.isWhitespace) {
                sentences.append(current)
                current = ""
                ended = false
                continue
            }
            // A closing quotation mark belongs to the sentence that it closes.
            ended = ".!?…".contains(character) || (ended && "”“»\")’".contains(character))
            current.append(character)
        }
        sentences.append(current)
        return sentences.map(trimmed).filter { !$0.isEmpty }
    }

    /// The text without anything that `split` would take for an end.
    static func unpunctuated(_ text: String) -> String {
        text.filter { !".!?…".contains($0) && !$0.isNewline }
    }

    static func words(_ text: String) -> Int {
        text.split(whereSeparator: \.isWhitespace).count
    }

    /// The sentence with a full stop, unless it ends with a mark of its own.
    static func closed(_ sentence: String) -> String {
        guard let last = sentence.last, !".!?…".contains(last) else { return sentence }
        return sentence + "."
    }

    /// The first clause of the sentence, without its end: "A head lamp for night runs: 300 lumens." gives "A head lamp for night runs".
    static func firstClause(_ sentence: String) -> String {
        var clause = sentence.prefix { !":;–—\n".contains($0) }
        while let last = clause.last, last.isWhitespace || ".!?…".contains(last) { clause.removeLast() }
        return String(clause)
    }

    /// At most `most` words; what is longer breaks off after the last word that fits.
    static func clipped(_ text: String, words most: Int) -> String {
        guard words(text) > most else { return text }
        return text.split(whereSeparator: \.isWhitespace).prefix(most).joined(separator: " ") + " …"
    }

    static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
