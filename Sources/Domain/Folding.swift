/// How texts are compared in a search: small Latin letters without their marks, so that `Größe`, `grosse` and `GROSSE` are one word.
/// SQLite's own `unicode61` leaves `đ` and `ß` as they are, so this is done here, the same on the indexed copy and on the question.
package enum Folding {
    /// The words of a text, folded, in its order: runs of letters and digits.
    package static func words(of text: String) -> [String] {
        var words: [String] = []
        scan(text) { word, _ in words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// What is indexed: each word once, parted by spaces.
    package static func index(of text: String) -> String {
        var seen: Set<[UInt8]> = []
        var line: [UInt8] = []
        scan(text) { word, _ in
            guard seen.insert(word).inserted else { return }
            if !line.isEmpty { line.append(UInt8(ascii: " ")) }
            line += word
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// What makes two names the same, such as two tags: their words, or for a name without any the name itself.
    package static func key(of name: String) -> String {
        let words = words(of: name)
        return words.isEmpty ? name.trimmed : words.joined(separator: " ")
    }

    /// The parts of a text, in its order, that are words beginning as one of `beginnings` does.
    /// - Parameter beginnings: folded words.
    package static func matches(of beginnings: [String], in text: String) -> [Range<String.Index>] {
        if beginnings.isEmpty { return [] }
        let beginnings = beginnings.map { Array($0.utf8) }
        var found: [Range<String.Index>] = []
        scan(text) { word, range in
            guard beginnings.contains(where: { word.starts(with: $0) }) else { return }
            found.append(
                text.utf8.index(text.startIndex, offsetBy: range.lowerBound)..<text.utf8.index(text.startIndex, offsetBy: range.upperBound))
        }
        return found
    }

    /// Calls `body` with each word, folded, and its place in the text's UTF-8.
    private static func scan(_ text: String, _ body: ([UInt8], Range<Int>) -> Void) {
        var word: [UInt8] = []
        var start = 0
        var place = 0
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            if let letters = fold(scalar) {
                if word.isEmpty { start = place }
                word += letters
            } else if !word.isEmpty {
                body(word, start..<place)
                word = []
            }
            place += width
        }
        if !word.isEmpty { body(word, start..<place) }
    }

    /// Nil for what parts words. A mark that follows its letter is part of the word and says nothing.
    private static func fold(_ scalar: Unicode.Scalar) -> [UInt8]? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: [UInt8(scalar.value)]
        case 0x41...0x5A: [UInt8(scalar.value) | 0x20]
        case ..<0xAA: nil
        case 0x300...0x36F: []
        case 0xAA..<0x250, 0x1E00..<0x1F00: latin[Int(scalar.value)] ?? general(scalar)
        case _: general(scalar)
        }
    }

    private static func general(_ scalar: Unicode.Scalar) -> [UInt8]? {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return Array(String(scalar).utf8)
        case _: break
        }
        guard properties.isAlphabetic || properties.numericType != nil else { return nil }
        return Array(properties.lowercaseMapping.utf8)
    }

    /// By Unicode's name of a letter: `LATIN SMALL LETTER E WITH CIRCUMFLEX AND ACUTE` is an `e`.
    private static let latin: [[UInt8]?] = (0..<0x1F00).map { value in
        guard (0xAA..<0x250).contains(value) || value >= 0x1E00, let scalar = Unicode.Scalar(value), let name = scalar.properties.name
        else {
            return nil
        }
        if scalar == "ß" || scalar == "ẞ" { return Array("ss".utf8) }
        if scalar == "ı" { return Array("i".utf8) }
        if scalar == "ſ" { return Array("s".utf8) }
        let words = name.split(separator: " ")
        guard words.count >= 4, words[0] == "LATIN", words[2] == "LETTER" || words[2] == "LIGATURE", words[3].utf8.count <= 2,
            words.count == 4 || words[4] == "WITH"
        else { return nil }
        return Array(words[3].lowercased().utf8)
    }
}
