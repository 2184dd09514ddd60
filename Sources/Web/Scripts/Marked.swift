import Domain

/// A text in which what was looked for is marked.
struct Marked: Sendable {
    let text: String
    /// As much of it as is shown, in one line; nil for all of it.
    private var length: Int?
    /// The parts that are marked, in the order of the text.
    private let matches: [Range<String.Index>]

    init(_ text: String, marking words: [String] = []) {
        self.text = text
        matches = Folding.matches(of: words, in: text)
    }

    /// How a text begins, in one line of some `count` characters.
    static func beginning(of text: String, count: Int) -> Marked {
        var marked = Marked(text)
        marked.length = count
        return marked
    }

    /// How a text begins, or what stands around the first word that was looked for, in one line of some `count` characters.
    static func excerpt(of text: String, marking words: [String], count: Int) -> Marked {
        if words.isEmpty { return beginning(of: text, count: count) }
        let matches = Folding.matches(of: words, in: text)
        guard let first = matches.first, text.distance(from: text.startIndex, to: first.upperBound) > count else {
            return Marked(text.beginning(count), marking: words)
        }
        // From the beginning of a word some way before it.
        let about = text.index(first.lowerBound, offsetBy: -count / 3, limitedBy: text.startIndex) ?? text.startIndex
        let start = text[about..<first.lowerBound].firstIndex(where: \.isWhitespace).map { text.index(after: $0) } ?? first.lowerBound
        return Marked("…" + String(text[start...]).beginning(count), marking: words)
    }

    func write(to page: inout Rendering) {
        if let length { return page.append(text: text.beginningBytes(length)) }
        var place = text.startIndex
        for match in matches {
            page.append(String(text[place..<match.lowerBound]))
            page.append(markup: "<mark>")
            page.append(String(text[match]))
            page.append(markup: "</mark>")
            place = match.upperBound
        }
        page.append(place == text.startIndex ? text : String(text[place...]))
    }
}
