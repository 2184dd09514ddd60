import Domain

/// What became of a change of a preset.
package enum PresetChange: Sendable, Hashable {
    case saved(Preset.ID)
    /// This preset has the name, and it was not said, of what it is now, that it be replaced.
    case nameTaken(Preset)
    /// Somebody changed it meanwhile: nothing has been written.
    case overtaken(Preset)
    /// There are as many as there may be.
    case full
    case unknown
}

/// A preset as it was before a person who wants to change it.
package struct SeenPreset: Sendable, Hashable {
    package let id: Preset.ID
    package let revision: Int

    package init(id: Preset.ID, revision: Int) {
        self.id = id
        self.revision = revision
    }
}

extension Database {
    /// In the order of the alphabet.
    package func findPresets() throws(StoreError) -> [Preset] {
        try all("SELECT * FROM preset_row WHERE trashed IS NULL ORDER BY key LIMIT ?", Preset.Limits.count) { row throws(StoreError) in
            try row.preset()
        }
    }

    /// What a list to choose from needs: every form of a brief asks.
    package func findPresetNames() throws(StoreError) -> [(id: Preset.ID, name: String)] {
        try all("SELECT id, name FROM preset WHERE trashed IS NULL ORDER BY key LIMIT ?", Preset.Limits.count) { row in
            (row.id(0), row.text(1))
        }
    }

    package func findPreset(_ id: Preset.ID) throws(StoreError) -> Preset? {
        try first("SELECT * FROM preset_row WHERE id = ? AND trashed IS NULL", id) { row throws(StoreError) in try row.preset() }
    }

    package func findPreset(named name: Preset.Name) throws(StoreError) -> Preset? {
        try first("SELECT * FROM preset_row WHERE key = ? AND trashed IS NULL", name.key) { row throws(StoreError) in try row.preset() }
    }

    /// Those that were deleted and can still be brought back, last deleted first.
    package func findTrashedPresets(now: Timestamp) throws(StoreError) -> [Preset] {
        try all(
            "SELECT * FROM preset_row WHERE trashed > ? ORDER BY trashed DESC, id DESC LIMIT ?", now - Preset.Limits.trash,
            Preset.Limits.count
        ) { row throws(StoreError) in try row.preset() }
    }
}

extension Transaction {
    /// - Parameter seen: the preset of this name as it was before the person who said that it be replaced. Under another name it says
    ///   nothing.
    package mutating func savePreset(
        _ preset: NewPreset, replacing seen: SeenPreset? = nil, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> PresetChange {
        guard let existing = try database.findPreset(named: preset.name) else {
            return try insertPreset(preset, by: member, now: now)
        }
        // A second click, or a reload.
        if existing.name == preset.name, existing.parts == preset.parts { return .saved(existing.id) }
        guard let seen, seen.id == existing.id else { return .nameTaken(existing) }
        let change = try updatePreset(existing, from: seen.revision, to: preset.name, preset.parts, by: member, now: now)
        if case .overtaken(let other) = change { return .nameTaken(other) }
        return change
    }

    package mutating func renamePreset(
        _ seen: SeenPreset, to name: Preset.Name, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> PresetChange {
        guard let preset = try database.findPreset(seen.id) else { return .unknown }
        if preset.name == name { return .saved(preset.id) }
        if let other = try database.findPreset(named: name), other.id != preset.id { return .nameTaken(other) }
        return try updatePreset(preset, from: seen.revision, to: name, preset.parts, by: member, now: now)
    }

    /// Hides it; 30 days later it goes.
    /// - Returns: what was deleted; nil where there is nothing to delete.
    package mutating func trashPreset(_ id: Preset.ID, now: Timestamp) throws(StoreError) -> Preset? {
        guard let preset = try database.findPreset(id) else { return nil }
        try forgetPresets(now: now)
        try database.run("UPDATE preset SET trashed = ? WHERE id = ? AND trashed IS NULL", now, id)
        return preset
    }

    package mutating func restorePreset(_ id: Preset.ID, now: Timestamp) throws(StoreError) -> PresetChange {
        // A second click finds it back already.
        if try database.findPreset(id) != nil { return .saved(id) }
        let found: Preset? = try database.first(
            "SELECT * FROM preset_row WHERE id = ? AND trashed > ?", id, now - Preset.Limits.trash
        ) { row throws(StoreError) in try row.preset() }
        guard let preset = found else { return .unknown }
        if let other = try database.findPreset(named: preset.name) { return .nameTaken(other) }
        if try isFullOfPresets() { return .full }
        try database.run("UPDATE preset SET trashed = NULL WHERE id = ?", id)
        return .saved(id)
    }

    mutating func forgetPresets(now: Timestamp) throws(StoreError) {
        try database.run("DELETE FROM preset WHERE trashed <= ?", now - Preset.Limits.trash)
    }

    private mutating func insertPreset(_ preset: NewPreset, by member: Member.ID, now: Timestamp) throws(StoreError) -> PresetChange {
        if try isFullOfPresets() { return .full }
        try database.run(
            "INSERT INTO preset (name, key, parts, member_id, editor_id, changed) VALUES (?1, ?2, ?3, ?4, ?4, ?5)", preset.name.text,
            preset.name.key, try JSONColumn.text(preset.parts), member, now)
        return .saved(Preset.ID(database.lastInsertedRow))
    }

    /// By compare-and-set: only when `revision` is the one that is current.
    private mutating func updatePreset(
        _ preset: Preset, from revision: Int, to name: Preset.Name, _ parts: Preset.Parts, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> PresetChange {
        let changed = try database.run(
            """
            UPDATE preset SET name = ?, key = ?, parts = ?, editor_id = ?, changed = ?, revision = revision + 1
            WHERE id = ? AND revision = ? AND trashed IS NULL
            """, name.text, name.key, try JSONColumn.text(parts), member, now, preset.id, revision)
        return changed == 1 ? .saved(preset.id) : .overtaken(preset)
    }

    private func isFullOfPresets() throws(StoreError) -> Bool {
        let count = try database.first("SELECT count(*) FROM preset WHERE trashed IS NULL") { row in row.integer(0) }
        return count ?? 0 >= Preset.Limits.count
    }
}

extension Row {
    fileprivate func preset() throws(StoreError) -> Preset {
        Preset(
            id: id(0), name: Preset.Name(saved: text(1)), parts: try JSONColumn.value(text(2)), member: text(3), editor: text(4),
            changed: time(5), revision: integer(6), trashed: timeOrNil(7))
    }
}
