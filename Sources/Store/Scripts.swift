import Domain

/// A script with what a page shows beside it.
package struct ScriptRecord: Sendable, Hashable {
    package let script: Script
    package let taskTitle: String
    package let language: ScriptLanguage
    package let connection: Connection.ID
    package let kind: Connection.Kind
}

extension Database {
    package func findScript(_ id: Script.ID) throws(StoreError) -> ScriptRecord? {
        try first("SELECT * FROM script_row WHERE id = ?", id) { row throws(StoreError) in try row.script() }
    }

    /// In the order in which they arrived.
    package func findScripts(of task: GenerationTask.ID) throws(StoreError) -> [ScriptRecord] {
        try all("SELECT * FROM script_row WHERE task_id = ? ORDER BY position", task) { row throws(StoreError) in try row.script() }
    }

    /// A page of scripts, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findScripts(before: Script.ID? = nil, limit: Int) throws(StoreError) -> [ScriptRecord] {
        try all(
            "SELECT * FROM script_row WHERE id < ? ORDER BY id DESC LIMIT ?", before?.rawValue ?? .max, limit
        ) { row throws(StoreError) in try row.script() }
    }
}

extension Row {
    fileprivate func script() throws(StoreError) -> ScriptRecord {
        let script = Script(
            id: id(0), task: id(1), position: integer(2), remoteID: text(3), title: text(4), text: text(5), created: time(6))
        return ScriptRecord(script: script, taskTitle: text(7), language: try word(8), connection: id(9), kind: try word(10))
    }
}
