import Domain

/// A remark beside a script.
package struct Note: Sendable, Hashable {
    package typealias ID = Identifier<Note>

    package let id: ID
    package let text: String
    package let member: String
    package let created: Timestamp

    package init(id: ID, text: String, member: String, created: Timestamp) {
        (self.id, self.text, self.member, self.created) = (id, text, member, created)
    }
}

extension Database {
    /// Oldest first.
    package func findNotes(of script: Script.ID) throws(StoreError) -> [Note] {
        try all(
            """
            SELECT n.id, n.text, m.name, n.created FROM note AS n JOIN member AS m ON m.id = n.member_id
            WHERE n.script_id = ? AND n.removed IS NULL ORDER BY n.id
            """, script
        ) { row in Note(id: row.id(0), text: row.text(1), member: row.text(2), created: row.time(3)) }
    }
}

extension Transaction {
    /// - Returns: the action that takes the note back; nil when there is no such script.
    package mutating func addNote(_ text: String, to script: Script.ID, by member: Member.ID, now: Timestamp) throws(StoreError) -> Sorting
        .ID?
    {
        guard try database.findScript(script)?.trashed == nil, try database.findScript(script) != nil else { return nil }
        try database.run(
            "INSERT INTO note (script_id, text, member_id, created) VALUES (?, ?, ?, ?)", script, text, member, now)
        return try noteSorting(Note.ID(database.lastInsertedRow), of: script, before: "0", after: "1", by: member, now: now)
    }

    /// - Returns: the action that brings it back; nil when there is no such note.
    package mutating func removeNote(_ note: Note.ID, of script: Script.ID, by member: Member.ID, now: Timestamp) throws(StoreError)
        -> Sorting.ID?
    {
        let changed = try database.run(
            "UPDATE note SET removed = ? WHERE id = ? AND script_id = ? AND removed IS NULL", now, note, script)
        guard changed > 0 else { return nil }
        return try noteSorting(note, of: script, before: "1", after: "0", by: member, now: now)
    }

    private mutating func noteSorting(
        _ note: Note.ID, of script: Script.ID, before: String, after: String, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> Sorting.ID {
        let sorting = try beginSorting(.note, subject: "\(note)", comment: "", by: member, now: now)
        try database.run(
            "INSERT INTO sorting_change (sorting_id, script_id, before, after) VALUES (?, ?, ?, ?)", sorting, script, before, after)
        announce(.script)
        return sorting
    }
}
