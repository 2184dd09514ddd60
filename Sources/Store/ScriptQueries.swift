import Domain

/// What can be chosen to filter by, beside what is known anyway.
package struct FilterChoices: Sendable {
    package var facets: [ScriptQuery.Facet: [String]] = [:]
    package var authors: [Member] = []
    package var tags: [Tag] = []
}

extension Database {
    /// A page of what a query finds, newest first, at the same cost from any cursor.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findScripts(_ query: ScriptQuery, before: Script.ID? = nil, limit: Int) throws(StoreError) -> [ScriptRecord] {
        let span = try span(of: query, before: before)
        switch try expression(for: query) {
        case .none: return []
        case .everything:
            return try all(
                "SELECT * FROM script_row WHERE id < ? AND id >= ? AND trashed IS NULL ORDER BY id DESC LIMIT ?", span.end, span.start,
                limit
            ) { row throws(StoreError) in try row.script() }
        case .match(let expression):
            return try all(
                """
                SELECT s.* FROM script_index AS i CROSS JOIN script_row AS s ON s.id = i.rowid
                WHERE script_index MATCH ? AND i.rowid < ? AND i.rowid >= ? ORDER BY i.rowid DESC LIMIT ?
                """, expression, span.end, span.start, limit
            ) { row throws(StoreError) in try row.script() }
        }
    }

    /// How many scripts a query finds, counted up to `cap`.
    package func countScripts(_ query: ScriptQuery, cap: Int) throws(StoreError) -> Int {
        let span = try span(of: query, before: nil)
        switch try expression(for: query) {
        case .none: return 0
        case .everything:
            return try first(
                "SELECT count(*) FROM (SELECT 1 FROM script WHERE id < ? AND id >= ? AND trashed IS NULL LIMIT ?)", span.end, span.start,
                cap
            ) { row in row.integer(0) } ?? 0
        case .match(let expression):
            return try first(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM script_index WHERE script_index MATCH ? AND rowid < ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?)
                """, expression, span.end, span.start, cap
            ) { row in row.integer(0) } ?? 0
        }
    }

    /// The newest of each kind; a filter that is already set is kept although it may not be among them.
    package func findFilterChoices(limit: Int = 50) throws(StoreError) -> FilterChoices {
        var choices = FilterChoices()
        for facet in ScriptQuery.Facet.allCases {
            choices.facets[facet] = try all(
                "SELECT value FROM (SELECT key, value FROM facet WHERE kind = ? ORDER BY id DESC LIMIT ?) ORDER BY key", facet.rawValue,
                limit
            ) { row in row.text(0) }
        }
        choices.authors = try all("SELECT id, name FROM member ORDER BY name LIMIT ?", limit) { row in
            Member(id: row.id(0), name: row.text(1))
        }
        choices.tags = try findTags(limit: limit)
        return choices
    }

    /// Where in the order of the list the days and the cursor of a query lie.
    private func span(of query: ScriptQuery, before: Script.ID?) throws(StoreError) -> (start: Int64, end: Int64) {
        func first(from time: Timestamp) throws(StoreError) -> Int64 {
            try self.first("SELECT id FROM script WHERE created >= ? ORDER BY created, id LIMIT 1", time) { row in row.integer(0) }
                .map { Int64($0) } ?? .max
        }
        let start = if let from = query.from { try first(from: from.start) } else { Int64(0) }
        let end = if let to = query.to { try first(from: to.end) } else { Int64.max }
        return (start, min(end, before?.rawValue ?? .max))
    }
}

extension Database {
    private func expression(for query: ScriptQuery) throws(StoreError) -> SearchExpression {
        var parts: [String] = []
        for word in Set(query.words).sorted() {
            parts.append(
                try expression(forBeginning: word, among: "SELECT word FROM search_word WHERE word >= ?1 AND word < ?2 LIMIT ?3"))
        }
        // A text of punctuation alone asks for what no script has words for.
        if parts.isEmpty, !query.text.isBlank { return .none }
        for facet in ScriptQuery.Facet.allCases {
            guard let value = query[facet] else { continue }
            guard let part = try expression(for: facet, value) else { return .none }
            parts.append(part)
        }
        for name in query.tags {
            let ids = try findTagIDs(named: name)
            if ids.isEmpty { return .none }
            parts.append("(\(ids.map { "\"=g\($0)\"" }.joined(separator: " OR ")))")
        }
        if let language = query.language { parts.append("\"=l\(language.word)\"") }
        if let source = query.source { parts.append("\"=o\(source.rawValue)\"") }
        if let author = query.author { parts.append("\"=m\(author)\"") }
        if let task = query.task { parts.append("\"=t\(task)\"") }
        if let approval = query.approval { parts.append("\"=a\(approval.rawValue)\"") }
        if query.isStarred { parts.append("\"=s\"") }
        return parts.isEmpty ? .everything : .match(parts.joined(separator: " AND "))
    }
}
