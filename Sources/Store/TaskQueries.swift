import Domain

extension Database {
    /// A page of what a query finds, newest first, at the same cost from any cursor.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findTasks(_ query: TaskQuery, before: GenerationTask.ID? = nil, limit: Int) throws(StoreError) -> [TaskSummary] {
        let span = try span(of: query, before: before)
        switch try expression(for: query) {
        case .none: return []
        case .everything:
            return try all(
                "SELECT * FROM task_summary WHERE id < ? AND id >= ? ORDER BY id DESC LIMIT ?", span.end, span.start, limit
            ) { row throws(StoreError) in try row.taskSummary() }
        case .match(let expression):
            return try all(
                """
                SELECT t.* FROM task_index AS i CROSS JOIN task_summary AS t ON t.id = i.rowid
                WHERE task_index MATCH ? AND i.rowid < ? AND i.rowid >= ? ORDER BY i.rowid DESC LIMIT ?
                """, expression, span.end, span.start, limit
            ) { row throws(StoreError) in try row.taskSummary() }
        }
    }

    /// Where in the order of the list the days and the cursor of a query lie.
    private func span(of query: TaskQuery, before: GenerationTask.ID?) throws(StoreError) -> (start: Int64, end: Int64) {
        func first(from time: Timestamp) throws(StoreError) -> Int64 {
            try self.first("SELECT id FROM task WHERE created >= ? ORDER BY created, id LIMIT 1", time) { row in row.integer(0) }
                .map { Int64($0) } ?? .max
        }
        let start = if let from = query.from { try first(from: from.start) } else { Int64(0) }
        let end = if let to = query.to { try first(from: to.end) } else { Int64.max }
        return (start, min(end, before?.rawValue ?? .max))
    }

    private func expression(for query: TaskQuery) throws(StoreError) -> SearchExpression {
        var parts: [String] = []
        for word in Set(query.words).sorted() {
            parts.append(try expression(forBeginning: word, among: "SELECT word FROM task_word WHERE word >= ?1 AND word < ?2 LIMIT ?3"))
        }
        // A text of punctuation alone asks for what no title has words for.
        if parts.isEmpty, !query.text.isBlank { return .none }
        for facet in ScriptQuery.Facet.allCases {
            guard let value = query.facets[facet] else { continue }
            guard let part = try expression(for: facet, value) else { return .none }
            parts.append(part)
        }
        if let language = query.language { parts.append("\"=l\(language.word)\"") }
        if let source = query.source { parts.append("\"=o\(source.rawValue)\"") }
        if let author = query.author { parts.append("\"=m\(author)\"") }
        if let state = query.state { parts.append("\"=s\(state.rawValue)\"") }
        return parts.isEmpty ? .everything : .match(parts.joined(separator: " AND "))
    }
}
