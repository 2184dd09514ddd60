extension Schema {
    /// Presets of a brief. A deleted one stays for a while and gives its name free.
    static let presetSchema: StaticString = """
        CREATE TABLE preset (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            parts TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
            member_id INTEGER NOT NULL REFERENCES member,
            editor_id INTEGER NOT NULL REFERENCES member,
            changed INTEGER NOT NULL,
            trashed INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX preset_key ON preset (key) WHERE trashed IS NULL;
        CREATE INDEX preset_trashed ON preset (trashed) WHERE trashed IS NOT NULL;

        CREATE VIEW preset_row AS
            SELECT p.id, p.name, p.parts, m.name AS member, e.name AS editor, p.changed, p.revision, p.trashed, p.key
            FROM preset AS p JOIN member AS m ON m.id = p.member_id JOIN member AS e ON e.id = p.editor_id;

        PRAGMA user_version = 9;
        """
}
