import Domain

/// A piece of text, marked where it is what was looked for.
struct MarkedPiece: View {
    let text: String
    let isMatch: Bool

    static var fields: [Field<MarkedPiece>] {
        [
            .text("text") { $0.text },
            .flag("is_match") { $0.isMatch },
        ]
    }

    /// A text in pieces, the words that were looked for marked.
    static func pieces(of text: String, marking words: [String]) -> [MarkedPiece] {
        var pieces: [MarkedPiece] = []
        var place = text.startIndex
        for match in Folding.matches(of: words, in: text) {
            if place < match.lowerBound { pieces.append(MarkedPiece(text: String(text[place..<match.lowerBound]), isMatch: false)) }
            pieces.append(MarkedPiece(text: String(text[match]), isMatch: true))
            place = match.upperBound
        }
        if place < text.endIndex { pieces.append(MarkedPiece(text: String(text[place...]), isMatch: false)) }
        return pieces
    }

    /// How a text begins, or what stands around the first word that was looked for, in one line of some `count` characters.
    static func excerpt(of text: String, marking words: [String], count: Int) -> [MarkedPiece] {
        let matches = Folding.matches(of: words, in: text)
        guard let first = matches.first, text.distance(from: text.startIndex, to: first.upperBound) > count else {
            return pieces(of: text.beginning(count), marking: words)
        }
        // From the beginning of a word some way before it.
        let about = text.index(first.lowerBound, offsetBy: -count / 3, limitedBy: text.startIndex) ?? text.startIndex
        let start = text[about..<first.lowerBound].firstIndex(where: \.isWhitespace).map { text.index(after: $0) } ?? first.lowerBound
        return pieces(of: "…" + String(text[start...]).beginning(count), marking: words)
    }
}
