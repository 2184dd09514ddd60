import Domain

/// Something that a person did to one script or to many at once, which can be taken back.
package enum Sorting {
    package typealias ID = Identifier<Sorting>

    package enum Kind: String, Sendable, CaseIterable {
        case star, tag, approval, trash, note, rename, merge
    }

    /// What is to be done.
    package enum Action: Sendable, Hashable {
        case star(Bool)
        case tag(String)
        case untag(String)
        case approve(Approval, comment: String)
        /// Hides the scripts; 30 days later their texts go. Nothing is deleted at the service.
        case trash
        case restore
    }
}

/// An action as it stands in a script's history.
package struct SortingRecord: Sendable, Hashable {
    package let id: Sorting.ID
    package let kind: Sorting.Kind
    /// The tag's name, or the approval's word; empty for the rest.
    package let subject: String
    package let comment: String
    package let after: String
    package let member: String
    package let at: Timestamp
    package let isUndone: Bool

    package init(
        id: Sorting.ID, kind: Sorting.Kind, subject: String, comment: String, after: String, member: String, at: Timestamp, isUndone: Bool
    ) {
        (self.id, self.kind, self.subject, self.comment) = (id, kind, subject, comment)
        (self.after, self.member, self.at, self.isUndone) = (after, member, at, isUndone)
    }
}

extension Database {
    /// What was done to a script, newest first.
    package func findSortings(of script: Script.ID, limit: Int = 100) throws(StoreError) -> [SortingRecord] {
        try all(
            """
            SELECT s.id, s.kind, CASE s.kind WHEN 'tag' THEN coalesce((SELECT name FROM tag WHERE id = s.subject), '') ELSE '' END,
                s.comment, c.after, m.name, s.at, s.undone IS NOT NULL
            FROM sorting_change AS c JOIN sorting AS s ON s.id = c.sorting_id JOIN member AS m ON m.id = s.member_id
            WHERE c.script_id = ? ORDER BY s.id DESC LIMIT ?
            """, script, limit
        ) { row throws(StoreError) in
            SortingRecord(
                id: row.id(0), kind: try row.word(1), subject: row.text(2), comment: row.text(3), after: row.text(4), member: row.text(5),
                at: row.time(6), isUndone: row.flag(7))
        }
    }

    /// Whoever takes an action back may bring an opinion back, or take one away.
    package func findRole(toUndo sorting: Sorting.ID) throws(StoreError) -> Role {
        let opinions: [Approval] = try all(
            """
            SELECT DISTINCT c.before FROM sorting AS s JOIN sorting_change AS c ON c.sorting_id = s.id
            WHERE s.id = ?1 AND s.kind = 'approval'
            UNION SELECT DISTINCT c.after FROM sorting AS s JOIN sorting_change AS c ON c.sorting_id = s.id
            WHERE s.id = ?1 AND s.kind = 'approval'
            """, sorting
        ) { row throws(StoreError) in try row.word(0) }
        return opinions.map(\.role).max() ?? .writer
    }

    /// How many scripts an action changed; nil when there is no such action or it has been taken back.
    package func countChanges(by sorting: Sorting.ID) throws(StoreError) -> Int? {
        try first(
            "SELECT (SELECT count(*) FROM sorting_change WHERE sorting_id = s.id) FROM sorting AS s WHERE id = ? AND undone IS NULL",
            sorting
        ) { row in row.integer(0) }
    }

    /// What lies in the trash, last thrown away first. Beyond 30 days it is gone.
    /// - Parameter before: the last one of the page before.
    package func findTrash(before: Script.ID? = nil, limit: Int, now: Timestamp) throws(StoreError) -> [ScriptRecord] {
        try all(
            """
            SELECT * FROM script_row WHERE trashed > ?1 AND (trashed, id) < (
                coalesce((SELECT trashed FROM script WHERE id = ?2), 9223372036854775807), coalesce(?2, 9223372036854775807))
            ORDER BY trashed DESC, id DESC LIMIT ?3
            """, now - Script.Limits.trash, before, limit
        ) { row throws(StoreError) in try row.script() }
    }
}

extension Transaction {
    /// Does it to all of the scripts that it changes anything for; those in the trash can only be restored.
    /// - Returns: the action and how many it changed; nil when that was none.
    package mutating func sort(
        _ scripts: [Script.ID], _ action: Sorting.Action, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> (id: Sorting.ID, count: Int)? {
        var subject = ""
        var comment = ""
        let kind: Sorting.Kind
        var tag: Tag.ID?
        switch action {
        case .star: kind = .star
        case .tag(let name):
            kind = .tag
            let id = try ensureTag(name, by: member, now: now)
            (tag, subject) = (id, "\(id)")
        case .untag(let name):
            kind = .tag
            guard let id = try database.findTag(named: name)?.id else { return nil }
            (tag, subject) = (id, "\(id)")
        case .approve(_, let words): (kind, comment) = (.approval, words)
        case .trash, .restore: kind = .trash
        }
        let sorting = try beginSorting(kind, subject: subject, comment: comment, by: member, now: now)
        var count = 0
        for script in Set(scripts).sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let before = try value(of: kind, tag: tag, script) else { continue }
            let after: String
            switch action {
            case .star(let isStarred): after = isStarred ? "1" : "0"
            case .tag: after = "1"
            case .untag: after = "0"
            case .approve(let approval, _): after = approval.rawValue
            case .trash: after = before.isEmpty ? "\(now.milliseconds)" : before
            case .restore: after = ""
            }
            guard before != after, try set(kind, tag: tag, script, to: after) else { continue }
            try database.run(
                "INSERT INTO sorting_change (sorting_id, script_id, before, after) VALUES (?, ?, ?, ?)", sorting, script, before, after)
            count += 1
        }
        guard count > 0 else {
            try database.run("DELETE FROM sorting WHERE id = ?", sorting)
            return nil
        }
        announce(.script)
        return (sorting, count)
    }

    /// Takes an action back, wherever nobody has changed the same thing since.
    /// - Returns: how many scripts, or tags, are again as before; nil when there is nothing to take back.
    package mutating func undo(_ id: Sorting.ID, by member: Member.ID, now: Timestamp) throws(StoreError) -> Int? {
        let found: (kind: Sorting.Kind, subject: String, comment: String)? = try database.first(
            "SELECT kind, subject, comment FROM sorting WHERE id = ? AND undone IS NULL", id
        ) { row throws(StoreError) in (try row.word(0), row.text(1), row.text(2)) }
        guard let found else { return nil }
        let subject = Tag.ID(decimal: found.subject)
        var count = 0
        switch found.kind {
        case .rename:
            guard let subject, try undoRename(of: subject, to: found.comment) else { return nil }
            count = 1
        case .merge:
            guard let subject, try undoMerge(of: subject, moved: found.comment) else { return nil }
            count = 1
        case .star, .tag, .approval, .trash, .note:
            let changes: [(script: Script.ID, before: String, after: String)] = try database.all(
                "SELECT script_id, before, after FROM sorting_change WHERE sorting_id = ?", id
            ) { row in (row.id(0), row.text(1), row.text(2)) }
            for change in changes {
                guard try value(of: found.kind, tag: subject, change.script) == change.after,
                    try set(found.kind, tag: subject, change.script, to: change.before)
                else { continue }
                count += 1
            }
        }
        try database.run("UPDATE sorting SET undone = ?, undone_by = ? WHERE id = ?", now, member, id)
        announce(.script)
        return count
    }

    mutating func beginSorting(
        _ kind: Sorting.Kind, subject: String, comment: String, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> Sorting.ID {
        try database.run(
            "INSERT INTO sorting (kind, subject, comment, member_id, at) VALUES (?, ?, ?, ?, ?)", kind.rawValue, subject, comment, member,
            now)
        return Sorting.ID(database.lastInsertedRow)
    }

    /// What stands there now, as text; nil where there is no such script, or none that this can be done to.
    /// - Parameter tag: for `tag`, the tag; for `note`, the note's number.
    private func value(of kind: Sorting.Kind, tag: Tag.ID?, _ script: Script.ID) throws(StoreError) -> String? {
        switch kind {
        case .star:
            return try database.first("SELECT starred FROM script WHERE id = ? AND trashed IS NULL", script) { row in row.text(0) }
        case .approval:
            return try database.first("SELECT approval FROM script WHERE id = ? AND trashed IS NULL", script) { row in row.text(0) }
        case .trash:
            // What is gone for good has no version any more.
            return try database.first(
                "SELECT coalesce(trashed, '') FROM script WHERE id = ? AND NOT (trashed IS NOT NULL AND title = '' AND text = '')", script
            ) { row in row.text(0) }
        case .tag:
            return try database.first(
                """
                SELECT EXISTS (SELECT 1 FROM script_tag JOIN tag ON tag.id = tag_id
                    WHERE script_id = s.id AND (tag.id = ?2 OR tag.merged_into = ?2))
                FROM script AS s WHERE id = ?1 AND trashed IS NULL
                """, script, tag
            ) { row in row.text(0) }
        case .note:
            return try database.first("SELECT removed IS NULL FROM note WHERE id = ?", tag) { row in row.text(0) }
        case .rename, .merge: return nil
        }
    }

    private func set(_ kind: Sorting.Kind, tag: Tag.ID?, _ script: Script.ID, to value: String) throws(StoreError) -> Bool {
        switch kind {
        case .star: return try database.run("UPDATE script SET starred = CAST(? AS INTEGER) WHERE id = ?", value, script) > 0
        case .approval: return try database.run("UPDATE script SET approval = ? WHERE id = ?", value, script) > 0
        case .trash:
            return try database.run("UPDATE script SET trashed = CAST(nullif(?, '') AS INTEGER) WHERE id = ?", value, script) > 0
        case .tag where value == "1":
            return try database.run("INSERT INTO script_tag (script_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING", script, tag) > 0
        case .tag:
            return try database.run(
                """
                DELETE FROM script_tag WHERE script_id = ?1
                    AND tag_id IN (SELECT id FROM tag WHERE id = ?2 OR merged_into = ?2)
                """, script, tag) > 0
        case .note:
            return try database.run("UPDATE note SET removed = CASE ? WHEN '1' THEN NULL ELSE 0 END WHERE id = ?", value, tag) > 0
        case .rename, .merge: return false
        }
    }

    /// The texts of what has lain in the trash for 30 days. The empty row stays, so that neither the service's list nor a late answer
    /// brings the script back. Of a preset nothing stays.
    package mutating func emptyTrash(now: Timestamp) throws(StoreError) {
        try forgetPresets(now: now)
        let old: [Script.ID] = try database.all(
            "SELECT id FROM script WHERE trashed <= ? AND (title <> '' OR text <> '')", now - Script.Limits.trash
        ) { row in row.id(0) }
        for id in old {
            try database.run("DELETE FROM script_version WHERE script_id = ?", id)
            try database.run("DELETE FROM note WHERE script_id = ?", id)
            try database.run("DELETE FROM sorting_change WHERE script_id = ?", id)
            try database.run("DELETE FROM script_tag WHERE script_id = ?", id)
            try database.run("UPDATE script SET title = '', text = '', reason = '' WHERE id = ?", id)
        }
        if !old.isEmpty { announce(.script) }
        try forgetDrafts(now: now)
    }
}
