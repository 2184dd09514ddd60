/// Taking texts apart into sentences and clauses, roughly: enough to stage a prompt, to quote a description, and to see to it that no
/// task says anything twice.
enum Sentences {
    private static let abbreviations: Set<Substring> = ["Dr", "Mr", "Mrs", "Ms", "St", "Prof", "Co", "Inc", "Ltd", "vs", "Nr", "bzw", "ca"]

    /// A sentence ends at `.`, `!`, `?` or `…` before a space, and at a line break; "Dr. Best" and "J. Doe" are no end.
    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        var start = text.startIndex
        var ended = false
        func close(at end: String.Index) {
            let sentence = trimmed(String(text[start..<end]))
            if !sentence.isEmpty { sentences.append(sentence) }
        }
        // By scalars: a writer asks this of every phrase for every script, and characters would take most of its time.
        for index in text.unicodeScalars.indices {
            let scalar = text.unicodeScalars[index]
            if scalar == "\n" || scalar == "\r" || (ended && isSpace(scalar)) {
                close(at: index)
                start = index
                ended = false
                continue
            }
            // A closing quotation mark belongs to the sentence that it closes.
            ended =
                switch scalar {
                case ".": !isAbbreviated(text[start..<index])
                case "!", "?", "…": true
                case "”", "“", "»", "\"", ")", "’": ended
                default: false
                }
        }
        close(at: text.endIndex)
        return sentences
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0xA0
    }

    private static func isAbbreviated(_ text: Substring) -> Bool {
        let word = text[(text.lastIndex { !$0.isLetter }.map(text.index(after:)) ?? text.startIndex)...]
        return abbreviations.contains(word) || (word.count == 1 && word.allSatisfy(\.isUppercase))
    }

    /// The text without anything that `split` would take for an end.
    static func unpunctuated(_ text: String) -> String {
        text.filter { !".!?…".contains($0) && !$0.isNewline }
    }

    /// What spaces part.
    static func words(_ text: String) -> Int {
        var count = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            let isSpace = isSpace(scalar)
            if !isSpace && !isInWord { count += 1 }
            isInWord = !isSpace
        }
        return count
    }

    /// The words in small letters and without marks, for looking them up: "l'eau" gives two.
    static func spelled(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }

    /// The sentence with a full stop, unless it ends with a mark of its own.
    static func closed(_ sentence: String) -> String {
        guard let last = sentence.last, !".!?…".contains(last) else { return sentence }
        return sentence + "."
    }

    /// The first clause of the sentence, without its end: "A head lamp for night runs: 300 lumens." gives "A head lamp for night runs".
    static func firstClause(_ sentence: String) -> String {
        var clause = sentence[...]
        // A mark without a space after it is none: "12:30", "https://".
        for mark in [": ", "; ", " – ", " — "] {
            if let range = clause.firstRange(of: mark) { clause = clause[..<range.lowerBound] }
        }
        while let last = clause.last, last.isWhitespace || ".!?…".contains(last) { clause.removeLast() }
        return String(clause)
    }

    /// The clause as it stands within a sentence: "A head lamp" is "a head lamp" there, but a name keeps its capital. What can be lowered
    /// is one of the language's commonest words before a small letter.
    static func continuing(_ clause: String, after commonWords: Set<String>) -> String {
        let words = clause.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let next = words[1].first, next.isLowercase, commonWords.contains(words[0].lowercased()) else {
            return clause
        }
        return words[0].lowercased() + clause[words[0].endIndex...]
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
