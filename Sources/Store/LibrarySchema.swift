extension Schema {
    /// The library: what a team does with scripts, and how it finds them.
    ///
    /// A search is one question to one full-text index (https://sqlite.org/fts5.html), filters included: what can be filtered by stands in
    /// the index as words that begin with `=`, which no text can hold. So the index intersects them, from the newest script on, and a page
    /// costs the same however many there are. It is kept by triggers, so nothing that writes can forget it.
    static let librarySchema: StaticString = """
        DROP VIEW script_row;
        DROP VIEW task_summary;

        -- An imported script has no task; ids are never used twice, since people share them.
        CREATE TABLE library_script (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            task_id INTEGER REFERENCES task,
            position INTEGER,
            connection_id INTEGER REFERENCES connection,
            remote_id TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            created INTEGER NOT NULL,
            version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
            origin TEXT NOT NULL DEFAULT 'delivered' CHECK (origin IN ('delivered', 'imported', 'edited', 'restored', 'service')),
            reason TEXT NOT NULL DEFAULT '',
            edited INTEGER,
            editor_id INTEGER REFERENCES member,
            starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
            approval TEXT NOT NULL DEFAULT 'draft' CHECK (approval IN ('draft', 'review', 'approved', 'changes')),
            trashed INTEGER,
            CHECK ((task_id IS NULL) = (position IS NULL)),
            CHECK ((task_id IS NULL) = (connection_id IS NOT NULL)),
            UNIQUE (task_id, remote_id),
            UNIQUE (task_id, position)
        ) STRICT;
        INSERT INTO library_script (id, task_id, position, remote_id, title, text, created)
            SELECT id, task_id, position, remote_id, title, text, created FROM script ORDER BY id;
        DROP TABLE script;
        ALTER TABLE library_script RENAME TO script;
        CREATE UNIQUE INDEX script_imported ON script (connection_id, remote_id) WHERE task_id IS NULL;
        CREATE INDEX script_remote ON script (remote_id);
        CREATE INDEX script_created ON script (created);
        CREATE INDEX script_trashed ON script (trashed) WHERE trashed IS NOT NULL;
        CREATE INDEX acknowledgement_task ON acknowledgement (task_id) WHERE task_id IS NOT NULL;
        CREATE INDEX script_kept ON script (id) WHERE trashed IS NULL;

        -- Times run as ids do, whatever the clock does, so that a time is a place in the order of the list.
        UPDATE script SET created = before.latest
            FROM (SELECT id, max(created) OVER (ORDER BY id) AS latest FROM script) AS before
            WHERE script.id = before.id AND script.created < before.latest;
        CREATE TRIGGER script_in_time AFTER INSERT ON script
            WHEN NEW.created < (SELECT created FROM script WHERE id < NEW.id ORDER BY id DESC LIMIT 1)
        BEGIN
            UPDATE script SET created = (SELECT created FROM script WHERE id < NEW.id ORDER BY id DESC LIMIT 1) WHERE id = NEW.id;
        END;

        -- The versions before the current one, which the script itself holds.
        CREATE TABLE script_version (
            script_id INTEGER NOT NULL REFERENCES script,
            number INTEGER NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            origin TEXT NOT NULL CHECK (origin IN ('delivered', 'imported', 'edited', 'restored', 'service')),
            reason TEXT NOT NULL,
            member_id INTEGER REFERENCES member,
            created INTEGER NOT NULL,
            PRIMARY KEY (script_id, number)
        ) STRICT, WITHOUT ROWID;

        -- A tag that was merged stands for another, so that a merge is one row and can be taken back.
        CREATE TABLE tag (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            merged_into INTEGER REFERENCES tag,
            member_id INTEGER NOT NULL REFERENCES member,
            created INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX tag_key ON tag (key) WHERE merged_into IS NULL;
        CREATE INDEX tag_merged ON tag (merged_into) WHERE merged_into IS NOT NULL;
        CREATE TABLE script_tag (
            script_id INTEGER NOT NULL REFERENCES script,
            tag_id INTEGER NOT NULL REFERENCES tag,
            PRIMARY KEY (script_id, tag_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX script_tag_tag ON script_tag (tag_id);

        CREATE TABLE note (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            script_id INTEGER NOT NULL REFERENCES script,
            text TEXT NOT NULL,
            member_id INTEGER NOT NULL REFERENCES member,
            created INTEGER NOT NULL,
            removed INTEGER
        ) STRICT;
        CREATE INDEX note_script ON note (script_id);

        -- What somebody did to one script or many at once, with what was there before, so that it can be taken back.
        CREATE TABLE sorting (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('star', 'tag', 'approval', 'trash', 'note', 'rename', 'merge')),
            subject TEXT NOT NULL,
            comment TEXT NOT NULL,
            member_id INTEGER NOT NULL REFERENCES member,
            at INTEGER NOT NULL,
            undone INTEGER,
            undone_by INTEGER REFERENCES member
        ) STRICT;
        CREATE TABLE sorting_change (
            sorting_id INTEGER NOT NULL REFERENCES sorting,
            script_id INTEGER NOT NULL REFERENCES script,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            PRIMARY KEY (sorting_id, script_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sorting_change_script ON sorting_change (script_id);

        -- The words of briefs that are worth a filter. Filled from the brief as it is kept, whoever writes it.
        CREATE TABLE facet (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('product', 'brand', 'tone', 'style', 'industry')),
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            UNIQUE (kind, key)
        ) STRICT;
        CREATE VIEW brief_value AS
            SELECT id AS task_id, 'product' AS kind,
                coalesce(brief ->> '$.subject.product._0.name', brief ->> '$.subject.prompt._1.name') AS value FROM task
            UNION ALL SELECT id, 'brand',
                coalesce(brief ->> '$.subject.product._0.brand', brief ->> '$.subject.prompt._1.brand') FROM task
            UNION ALL SELECT id, 'tone', brief ->> '$.subject.product._3.tone' FROM task
            UNION ALL SELECT id, 'style', brief ->> '$.subject.product._3.style' FROM task
            UNION ALL SELECT id, 'industry', brief ->> '$.subject.product._3.industry' FROM task;
        ALTER TABLE task ADD COLUMN facets TEXT NOT NULL DEFAULT '';
        CREATE TRIGGER task_facets AFTER INSERT ON task BEGIN
            INSERT INTO facet (kind, key, value)
                SELECT kind, facet_key(value), value FROM brief_value WHERE task_id = NEW.id AND value IS NOT NULL
                ON CONFLICT DO NOTHING;
            UPDATE task SET facets = (
                SELECT coalesce(group_concat(' =f' || f.id, ''), '') FROM brief_value AS v
                JOIN facet AS f ON f.kind = v.kind AND f.key = facet_key(v.value) WHERE v.task_id = NEW.id
            ) WHERE id = NEW.id;
        END;
        INSERT INTO facet (kind, key, value)
            SELECT kind, facet_key(value), min(value) FROM brief_value WHERE value IS NOT NULL GROUP BY 1, 2;
        UPDATE task SET facets = (
            SELECT coalesce(group_concat(' =f' || f.id, ''), '') FROM brief_value AS v
            JOIN facet AS f ON f.kind = v.kind AND f.key = facet_key(v.value) WHERE v.task_id = task.id);

        -- What is indexed of each script: its folded words, then what it can be filtered by.
        CREATE TABLE script_search (
            id INTEGER PRIMARY KEY REFERENCES script,
            terms TEXT NOT NULL
        ) STRICT;
        CREATE VIEW script_terms AS
            SELECT s.id, search_words(s.title || ' ' || s.text)
                || ' =l' || CASE WHEN t.source = 'PRODUCT' THEN t.language ELSE 'none' END
                || ' =o' || CASE t.source WHEN 'PRODUCT' THEN 'product' WHEN 'CUSTOM' THEN 'prompt' ELSE 'account' END
                || ' =a' || s.approval
                || CASE WHEN s.starred THEN ' =s' ELSE '' END
                || coalesce(' =m' || t.member_id || ' =t' || t.id || t.facets, '')
                || coalesce((SELECT group_concat(' =g' || tag_id, '') FROM script_tag WHERE script_id = s.id), '') AS terms
            FROM script AS s LEFT JOIN task AS t ON t.id = s.task_id;
        CREATE VIRTUAL TABLE script_index USING fts5 (
            terms, content = 'script_search', content_rowid = 'id', tokenize = "ascii tokenchars '='", detail = none, columnsize = 0,
            prefix = '1 2 3');
        -- All words there are, so that a longer beginning is a choice among whole words.
        CREATE TABLE search_word (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        INSERT INTO script_search SELECT id, terms FROM script_terms;
        INSERT INTO script_index (script_index) VALUES ('rebuild');
        INSERT OR IGNORE INTO search_word
            SELECT value FROM script_search, json_each('["' || replace(terms, ' ', '","') || '"]') WHERE value >= '>' OR value < '=';

        CREATE TRIGGER script_search_added AFTER INSERT ON script_search BEGIN
            INSERT INTO script_index (rowid, terms) VALUES (NEW.id, NEW.terms);
            INSERT OR IGNORE INTO search_word
                SELECT value FROM json_each('["' || replace(NEW.terms, ' ', '","') || '"]') WHERE value >= '>' OR value < '=';
        END;
        CREATE TRIGGER script_search_removed AFTER DELETE ON script_search BEGIN
            INSERT INTO script_index (script_index, rowid, terms) VALUES ('delete', OLD.id, OLD.terms);
        END;
        CREATE TRIGGER script_added AFTER INSERT ON script BEGIN
            INSERT INTO script_search SELECT id, terms FROM script_terms WHERE id = NEW.id;
        END;
        CREATE TRIGGER script_changed AFTER UPDATE OF title, text, starred, approval, trashed, task_id ON script BEGIN
            DELETE FROM script_search WHERE id = NEW.id;
            INSERT INTO script_search SELECT id, terms FROM script_terms WHERE id = NEW.id AND NEW.trashed IS NULL;
        END;
        CREATE TRIGGER script_tag_added AFTER INSERT ON script_tag BEGIN
            DELETE FROM script_search WHERE id = NEW.script_id;
            INSERT INTO script_search SELECT t.id, t.terms FROM script_terms AS t JOIN script AS s USING (id)
                WHERE t.id = NEW.script_id AND s.trashed IS NULL;
        END;
        CREATE TRIGGER script_tag_removed AFTER DELETE ON script_tag BEGIN
            DELETE FROM script_search WHERE id = OLD.script_id;
            INSERT INTO script_search SELECT t.id, t.terms FROM script_terms AS t JOIN script AS s USING (id)
                WHERE t.id = OLD.script_id AND s.trashed IS NULL;
        END;

        -- A walk through the account's list of scripts that a person asked for, page by page; where it ended, it goes on.
        CREATE TABLE script_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            connection_id INTEGER NOT NULL REFERENCES connection,
            state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'stopped', 'done', 'failed')),
            page INTEGER NOT NULL DEFAULT 1,
            pages INTEGER,
            calls INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL,
            seen INTEGER NOT NULL DEFAULT 0,
            added INTEGER NOT NULL DEFAULT 0,
            changed INTEGER NOT NULL DEFAULT 0,
            message TEXT,
            member_id INTEGER NOT NULL REFERENCES member,
            created INTEGER NOT NULL,
            ended INTEGER,
            CHECK ((state IN ('stopped', 'done', 'failed')) = (ended IS NOT NULL))
        ) STRICT;
        CREATE INDEX script_import_work ON script_import (connection_id, state, due);

        CREATE VIEW task_summary AS
            SELECT t.id, t.title, t.source, t.language, t.state, t.script_count,
                (SELECT count(*) FROM script WHERE task_id = t.id) AS scripts_here, t.created, m.name AS member, t.connection_id, c.kind
            FROM task AS t JOIN member AS m ON m.id = t.member_id JOIN connection AS c ON c.id = t.connection_id;

        CREATE VIEW script_row AS
            SELECT s.id, s.task_id, s.position, s.remote_id, s.title, s.text, s.created, t.title AS task_title, t.source, t.language,
                c.id AS connection_id, c.kind, s.version, s.starred, s.approval, s.trashed,
                (SELECT json_group_array(name) FROM (
                    SELECT DISTINCT coalesce(into_tag.name, tag.name) AS name FROM script_tag
                    JOIN tag ON tag.id = script_tag.tag_id LEFT JOIN tag AS into_tag ON into_tag.id = tag.merged_into
                    WHERE script_tag.script_id = s.id ORDER BY 1)) AS tags
            FROM script AS s LEFT JOIN task AS t ON t.id = s.task_id
            JOIN connection AS c ON c.id = coalesce(s.connection_id, t.connection_id);

        CREATE VIEW script_version_row AS
            SELECT v.script_id, v.number, v.title, v.text, v.origin, v.reason, m.name AS member, v.created
            FROM script_version AS v LEFT JOIN member AS m ON m.id = v.member_id
            UNION ALL
            SELECT s.id, s.version, s.title, s.text, s.origin, s.reason, m.name, coalesce(s.edited, s.created)
            FROM script AS s LEFT JOIN member AS m ON m.id = s.editor_id;

        PRAGMA user_version = 6;
        """
}
