import Domain

/// What a full-text index is asked (https://sqlite.org/fts5.html#full_text_query_syntax).
enum SearchExpression {
    /// Something is asked for that no row can have.
    case none
    case everything
    case match(String)
}

extension Database {
    /// The index answers a beginning of up to three letters as fast as a word. For a longer one it would gather all rows with any such
    /// word first; naming these words one by one, it takes the newest rows first.
    /// - Parameter vocabulary: the indexed words from ?1 to before ?2, at most ?3 of them.
    func expression(forBeginning word: String, among vocabulary: StaticString) throws(StoreError) -> String {
        if word.unicodeScalars.count <= 3 { return "\"\(word)\" *" }
        let words: [String] = try all(vocabulary, word, word + "\u{10FFFF}", Self.mostWords) { row in row.text(0) }
        if words.isEmpty { return "\"\(word)\"" }
        if words.count == Self.mostWords { return "\"\(word)\" *" }
        return "(\(words.map { "\"\($0)\"" }.joined(separator: " OR ")))"
    }

    private static var mostWords: Int { 200 }

    /// Nil for a value that no brief has.
    func expression(for facet: ScriptQuery.Facet, _ value: String) throws(StoreError) -> String? {
        try first("SELECT id FROM facet WHERE kind = ? AND key = ?", facet.rawValue, Folding.key(of: value)) { row in row.integer(0) }
            .map { "\"=f\($0)\"" }
    }
}
