import Domain

/// A script with what a page shows beside it.
package struct ScriptRecord: Sendable, Hashable {
    package let script: Script
    /// Empty for an imported one.
    package let taskTitle: String
    /// Nil for an imported one.
    package let source: ScriptSource?
    /// Only where it is known: a product brief says it.
    package let language: ScriptLanguage?
    package let connection: Connection.ID
    package let kind: Connection.Kind
    package let revision: Revision
    package let isStarred: Bool
    package let approval: Approval
    /// When it was put into the trash; nil for one that is not there.
    package let trashed: Timestamp?
    /// In the order of the alphabet.
    package let tags: [String]
}

extension Database {
    package func findScript(_ id: Script.ID) throws(StoreError) -> ScriptRecord? {
        try first("SELECT * FROM script_row WHERE id = ?", id) { row throws(StoreError) in try row.script() }
    }

    /// In the order in which they arrived.
    package func findScripts(of task: GenerationTask.ID) throws(StoreError) -> [ScriptRecord] {
        try all("SELECT * FROM script_row WHERE task_id = ? AND trashed IS NULL ORDER BY position", task) { row throws(StoreError) in
            try row.script()
        }
    }

    /// How many a task has brought, those in the trash included.
    package func countScripts(of task: GenerationTask.ID) throws(StoreError) -> Int {
        try first("SELECT count(*) FROM script WHERE task_id = ?", task) { row in row.integer(0) } ?? 0
    }

    /// A page of scripts, newest first, without those in the trash.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findScripts(before: Script.ID? = nil, limit: Int) throws(StoreError) -> [ScriptRecord] {
        // Most scripts have no tags, and to find that out is a tenth of what gathering them takes.
        try all(
            """
            SELECT id, task_id, position, remote_id, title, text, created, task_title, source, language, connection_id, kind, version,
                starred, approval, trashed,
                CASE WHEN EXISTS (SELECT 1 FROM script_tag WHERE script_id = script_row.id) THEN tags ELSE '[]' END
            FROM script_row WHERE id < ? AND trashed IS NULL ORDER BY id DESC LIMIT ?
            """, before?.rawValue ?? .max, limit
        ) { row throws(StoreError) in try row.script() }
    }
}

extension Row {
    func script() throws(StoreError) -> ScriptRecord {
        let script = Script(
            id: id(0), task: isNull(1) ? nil : id(1), position: integer(2), remoteID: text(3), title: text(4), text: text(5),
            created: time(6))
        let source: ScriptSource? = isNull(8) ? nil : try word(8)
        // Most scripts have none, and a list of fifty would spend more time on reading fifty empty JSON arrays than on all the rest.
        let tags = text(16)
        return ScriptRecord(
            script: script, taskTitle: text(7), source: source, language: source == .product ? try word(9) : nil, connection: id(10),
            kind: try word(11), revision: Revision(number: integer(12)), isStarred: flag(13), approval: try word(14),
            trashed: timeOrNil(15), tags: tags == "[]" ? [] : try JSONColumn.value(tags))
    }
}
