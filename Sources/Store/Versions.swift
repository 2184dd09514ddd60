import Domain

/// What became of an edit.
package enum Edited: Sendable, Hashable {
    /// The new version's number.
    case saved(Int)
    /// The text is what the current version says already.
    case unchanged(Int)
    /// Somebody else saved this version meanwhile: nothing has been written.
    case overtaken(ScriptVersion)
    case unknownScript
}

extension Database {
    /// All versions of a script, oldest first.
    package func findVersions(of script: Script.ID) throws(StoreError) -> [ScriptVersion] {
        try all("SELECT * FROM script_version_row WHERE script_id = ? ORDER BY number", script) { row throws(StoreError) in
            try row.version()
        }
    }

    package func findVersion(_ number: Int, of script: Script.ID) throws(StoreError) -> ScriptVersion? {
        try first("SELECT * FROM script_version_row WHERE script_id = ? AND number = ?", script, number) { row throws(StoreError) in
            try row.version()
        }
    }
}

extension Transaction {
    /// Makes a new version of a script, by compare-and-set: only when `base` is the version that is current. The one before is kept. What
    /// had been approved is a draft again.
    /// - Parameter member: nil when the service changed it.
    package mutating func edit(
        _ id: Script.ID, from base: Int, title: String, text: String, origin: VersionOrigin = .edited, reason: String,
        by member: Member.ID?,
        now: Timestamp
    ) throws(StoreError) -> Edited {
        guard let record = try database.findScript(id), record.trashed == nil,
            let current = try database.findVersion(record.revision.number, of: id)
        else { return .unknownScript }
        if current.title == title, current.text == text { return .unchanged(current.number) }
        guard current.number == base else { return .overtaken(current) }
        try database.run(
            """
            INSERT INTO script_version (script_id, number, title, text, origin, reason, member_id, created)
            SELECT id, version, title, text, origin, reason, editor_id, coalesce(edited, created) FROM script WHERE id = ? AND version = ?
            """, id, base)
        let changed = try database.run(
            """
            UPDATE script SET version = version + 1, title = ?, text = ?, origin = ?, reason = ?, edited = ?, editor_id = ?,
                approval = 'draft'
            WHERE id = ? AND version = ?
            """, title, text, origin.rawValue, reason, now, member, id, base)
        guard changed == 1 else { return .overtaken(current) }
        announce(.script)
        return .saved(base + 1)
    }

    /// Makes an older version the current one again, as a new version.
    package mutating func restore(
        _ number: Int, of id: Script.ID, from base: Int, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> Edited {
        guard let old = try database.findVersion(number, of: id) else { return .unknownScript }
        return try edit(
            id, from: base, title: old.title, text: old.text, origin: .restored, reason: "back to \(old.revision.name)", by: member,
            now: now)
    }
}

extension Row {
    fileprivate func version() throws(StoreError) -> ScriptVersion {
        ScriptVersion(
            number: integer(1), title: text(2), text: text(3), origin: try word(4), reason: text(5), member: textOrNil(6), created: time(7))
    }
}
