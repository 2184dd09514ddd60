extension Schema {
    /// What makes writing quick: drafts, and the products that briefs were written about, each with its newest brief.
    static let deskSchema: StaticString = """
        CREATE TABLE draft (
            id INTEGER PRIMARY KEY,
            member_id INTEGER NOT NULL REFERENCES member,
            submission_id TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            form TEXT NOT NULL CHECK (length(form) <= 200000),
            revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
            window TEXT NOT NULL,
            changed INTEGER NOT NULL,
            discarded INTEGER
        ) STRICT;
        CREATE INDEX draft_kept ON draft (member_id, changed) WHERE discarded IS NULL;
        CREATE INDEX draft_discarded ON draft (member_id, discarded) WHERE discarded IS NOT NULL;

        CREATE TABLE product (
            key TEXT NOT NULL PRIMARY KEY,
            task_id INTEGER NOT NULL UNIQUE REFERENCES task
        ) STRICT;
        INSERT INTO product
        SELECT facet_key(coalesce(form ->> 'brand', '')) || char(10) || facet_key(form ->> 'name'), max(id) FROM task
        WHERE source = 'PRODUCT' AND form ->> 'name' IS NOT NULL GROUP BY 1;

        PRAGMA user_version = 7;
        """

    /// A draft's number is never given to another one: a page that was left open would throw away, or show, that one instead. The table is
    /// otherwise that of version 7, whose own text has to stay as it was run.
    static let draftNumberSchema: StaticString = """
        CREATE TABLE numbered_draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            member_id INTEGER NOT NULL REFERENCES member,
            submission_id TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            form TEXT NOT NULL CHECK (length(form) <= 200000),
            revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
            window TEXT NOT NULL,
            changed INTEGER NOT NULL,
            discarded INTEGER
        ) STRICT;
        INSERT INTO numbered_draft SELECT id, member_id, submission_id, title, form, revision, window, changed, discarded FROM draft;
        DROP TABLE draft;
        ALTER TABLE numbered_draft RENAME TO draft;
        CREATE INDEX draft_kept ON draft (member_id, changed) WHERE discarded IS NULL;
        CREATE INDEX draft_discarded ON draft (member_id, discarded) WHERE discarded IS NOT NULL;

        PRAGMA user_version = 10;
        """
}
