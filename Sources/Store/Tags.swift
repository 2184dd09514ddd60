import Domain

package struct Tag: Sendable, Hashable {
    package typealias ID = Identifier<Tag>

    package let id: ID
    package let name: String

    package init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}

extension Database {
    /// In the order of the alphabet.
    package func findTags(limit: Int = 1_000) throws(StoreError) -> [Tag] {
        try all("SELECT id, name FROM tag WHERE merged_into IS NULL ORDER BY key LIMIT ?", limit) { row in
            Tag(id: row.id(0), name: row.text(1))
        }
    }

    /// How many scripts bear each tag, those in the trash included.
    package func countTagged(_ tag: Tag.ID) throws(StoreError) -> Int {
        try first(
            """
            SELECT count(DISTINCT script_id) FROM script_tag
            WHERE tag_id IN (SELECT id FROM tag WHERE id = ?1 OR merged_into = ?1)
            """, tag
        ) { row in row.integer(0) } ?? 0
    }

    package func findTag(named name: String) throws(StoreError) -> Tag? {
        try first("SELECT id, name FROM tag WHERE merged_into IS NULL AND key = ?", Folding.key(of: name)) { row in
            Tag(id: row.id(0), name: row.text(1))
        }
    }

    package func findMemberName(_ id: Member.ID) throws(StoreError) -> String? {
        try first("SELECT name FROM member WHERE id = ?", id) { row in row.text(0) }
    }

    func findTag(_ id: Tag.ID) throws(StoreError) -> Tag? {
        try first("SELECT id, name FROM tag WHERE merged_into IS NULL AND id = ?", id) { row in Tag(id: row.id(0), name: row.text(1)) }
    }

    /// A tag's own id and those that were merged into it.
    func findTagIDs(named name: String) throws(StoreError) -> [Tag.ID] {
        guard let tag = try findTag(named: name) else { return [] }
        return try all("SELECT id FROM tag WHERE id = ?1 OR merged_into = ?1 ORDER BY id", tag.id) { row in row.id(0) }
    }
}

/// What became of a change of a tag.
package enum TagChange: Sendable, Hashable {
    /// The action that takes it back.
    case done(Sorting.ID)
    case unknownTag
    /// Another tag has this name: merging is what is meant.
    case nameTaken(Tag)
}

extension Transaction {
    /// The tag of this name, which is made if there is none.
    mutating func ensureTag(_ name: String, by member: Member.ID, now: Timestamp) throws(StoreError) -> Tag.ID {
        if let tag = try database.findTag(named: name) { return tag.id }
        try database.run(
            "INSERT INTO tag (name, key, member_id, created) VALUES (?, ?, ?, ?)", name.trimmed, Folding.key(of: name), member, now)
        return Tag.ID(database.lastInsertedRow)
    }

    package mutating func rename(_ id: Tag.ID, to name: String, by member: Member.ID, now: Timestamp) throws(StoreError) -> TagChange {
        guard let tag = try database.findTag(id) else { return .unknownTag }
        if let other = try database.findTag(named: name), other.id != id { return .nameTaken(other) }
        try database.run("UPDATE tag SET name = ?, key = ? WHERE id = ?", name.trimmed, Folding.key(of: name), id)
        announce(.script)
        return .done(try beginSorting(.rename, subject: "\(id)", comment: tag.name, by: member, now: now))
    }

    /// All that bears `id` bears `target` from now on. The scripts stay as they are: their tag stands for another one, so that a tag of
    /// a hundred thousand scripts is merged in no time.
    package mutating func merge(_ id: Tag.ID, into target: Tag.ID, by member: Member.ID, now: Timestamp) throws(StoreError) -> TagChange {
        guard id != target, try database.findTag(id) != nil, try database.findTag(target) != nil else { return .unknownTag }
        // What had been merged into it comes along, and is named so that it can go back.
        let moved: [Tag.ID] = try database.all("SELECT id FROM tag WHERE id = ?1 OR merged_into = ?1 ORDER BY id", id) { row in row.id(0) }
        try database.run("UPDATE tag SET merged_into = ? WHERE id = ?2 OR merged_into = ?2", target, id)
        announce(.script)
        let list = moved.map { "\($0)" }.joined(separator: " ")
        return .done(try beginSorting(.merge, subject: "\(id)", comment: list, by: member, now: now))
    }

    mutating func undoRename(of id: Tag.ID, to name: String) throws(StoreError) -> Bool {
        if let other = try database.findTag(named: name), other.id != id { return false }
        return try database.run("UPDATE tag SET name = ?, key = ? WHERE id = ?", name, Folding.key(of: name), id) > 0
    }

    /// - Parameter moved: the ids that came along, parted by spaces.
    mutating func undoMerge(of id: Tag.ID, moved: String) throws(StoreError) -> Bool {
        let key: String? = try database.first("SELECT key FROM tag WHERE id = ? AND merged_into IS NOT NULL", id) { row in row.text(0) }
        // A new tag may have taken the name meanwhile.
        guard let key, try database.findTag(named: key) == nil else { return false }
        for other in moved.split(separator: " ").compactMap({ Tag.ID(decimal: String($0)) }) {
            if other == id {
                try database.run("UPDATE tag SET merged_into = NULL WHERE id = ?", id)
            } else {
                try database.run("UPDATE tag SET merged_into = ? WHERE id = ?", id, other)
            }
        }
        return true
    }
}
