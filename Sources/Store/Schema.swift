import CSQLite

/// The schema as an append-only list: a database at `user_version` n has had the first n. Each runs in one
/// transaction and ends by counting itself.
enum Schema {
    static let migrations: [StaticString] = [
        """
        CREATE TABLE member (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL
        ) STRICT;
        INSERT INTO member VALUES (1, 'this computer');

        CREATE TABLE connection (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('sandbox', 'live')),
            base TEXT NOT NULL,
            app_id TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'working' CHECK (state IN ('working', 'throttled', 'attention')),
            until INTEGER CHECK ((state = 'throttled') = (until IS NOT NULL)),
            throttles INTEGER NOT NULL DEFAULT 0,
            code INTEGER CHECK ((state = 'attention') = (code IS NOT NULL)),
            message TEXT,
            request_id TEXT,
            created INTEGER NOT NULL,
            UNIQUE (kind, base, app_id)
        ) STRICT;

        -- Whom the app talks to now. With a token it has not seen, `candidate` is the connection it may belong to, until a person has said.
        CREATE TABLE current_connection (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            connection_id INTEGER REFERENCES connection,
            candidate_id INTEGER REFERENCES connection,
            CHECK ((connection_id IS NULL) <> (candidate_id IS NULL))
        ) STRICT;

        CREATE TABLE video (
            id INTEGER PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connection,
            submission_id TEXT NOT NULL,
            position INTEGER NOT NULL,
            url TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'ready', 'failed', 'rejected')),
            remote_id TEXT CHECK ((state IN ('ready', 'rejected')) = (remote_id IS NOT NULL)),
            failure TEXT CHECK (failure IN ('refused', 'nothing_written', 'video_unusable', 'no_answer')),
            code INTEGER,
            message TEXT,
            request_id TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL,
            member_id INTEGER NOT NULL REFERENCES member,
            created INTEGER NOT NULL,
            UNIQUE (submission_id, position),
            CHECK ((state IN ('failed', 'rejected')) = (failure IS NOT NULL))
        ) STRICT;
        CREATE INDEX video_work ON video (connection_id, state, due);

        CREATE TABLE task (
            id INTEGER PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connection,
            submission_id TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL CHECK (source IN ('PRODUCT', 'CUSTOM')),
            title TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('en', 'de', 'es', 'fr', 'id', 'ml', 'vi')),
            script_count INTEGER NOT NULL CHECK (script_count BETWEEN 1 AND 8),
            brief TEXT NOT NULL,
            form TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('waiting', 'queued', 'sending', 'running', 'succeeded', 'failed', 'cancelled', 'unconfirmed', 'stalled')),
            remote_id TEXT CHECK ((state IN ('running', 'succeeded', 'stalled')) = (remote_id IS NOT NULL)),
            remote_status TEXT CHECK ((remote_id IS NULL) = (remote_status IS NULL)),
            closed_by_person INTEGER NOT NULL DEFAULT 0 CHECK (closed_by_person IN (0, 1)),
            failure TEXT CHECK (failure IN ('refused', 'nothing_written', 'video_unusable', 'no_answer')),
            code INTEGER,
            message TEXT,
            request_id TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL,
            member_id INTEGER NOT NULL REFERENCES member,
            created INTEGER NOT NULL,
            sent INTEGER,
            last_script INTEGER,
            ended INTEGER,
            CHECK ((state = 'failed') = (failure IS NOT NULL))
        ) STRICT;
        CREATE INDEX task_work ON task (connection_id, state, due);

        CREATE TABLE task_video (
            task_id INTEGER NOT NULL REFERENCES task,
            video_id INTEGER NOT NULL REFERENCES video,
            position INTEGER NOT NULL,
            PRIMARY KEY (task_id, position),
            UNIQUE (video_id, task_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE script (
            id INTEGER PRIMARY KEY,
            task_id INTEGER NOT NULL REFERENCES task,
            position INTEGER NOT NULL,
            remote_id TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            created INTEGER NOT NULL,
            UNIQUE (task_id, remote_id),
            UNIQUE (task_id, position)
        ) STRICT;

        CREATE TABLE call (
            id INTEGER PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connection,
            endpoint TEXT NOT NULL CHECK (endpoint IN ('upload', 'create', 'get', 'list')),
            task_id INTEGER REFERENCES task,
            video_id INTEGER REFERENCES video,
            started INTEGER NOT NULL,
            ended INTEGER,
            result TEXT CHECK (result IN ('done', 'refused', 'unsent', 'unknown')),
            code INTEGER,
            message TEXT,
            request_id TEXT,
            detail TEXT,
            CHECK ((ended IS NULL) = (result IS NULL))
        ) STRICT;
        CREATE INDEX call_task ON call (task_id) WHERE task_id IS NOT NULL;
        CREATE INDEX call_video ON call (video_id) WHERE video_id IS NOT NULL;
        CREATE INDEX call_create ON call (connection_id, ended) WHERE endpoint = 'create';
        CREATE INDEX call_open ON call (id) WHERE ended IS NULL;

        CREATE TABLE acknowledgement (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            at INTEGER NOT NULL,
            member_id INTEGER NOT NULL REFERENCES member,
            address TEXT NOT NULL,
            task_id INTEGER REFERENCES task,
            video_id INTEGER REFERENCES video,
            CHECK ((task_id IS NULL) <> (video_id IS NULL))
        ) STRICT;

        -- What a page shows of a row: the columns in the order in which the decoders read them.
        CREATE VIEW video_row AS
            SELECT v.id, v.connection_id, v.url, v.state, v.remote_id, v.failure, v.code, v.message, v.request_id, v.created,
                m.id AS member_id, m.name AS member
            FROM video AS v JOIN member AS m ON m.id = v.member_id;

        CREATE VIEW task_row AS
            SELECT t.id, t.connection_id, t.brief, t.form, t.state, t.remote_id, t.remote_status, t.closed_by_person, t.failure, t.code,
                t.message, t.request_id, t.created, t.sent, t.last_script, t.ended, m.id AS member_id, m.name AS member
            FROM task AS t JOIN member AS m ON m.id = t.member_id;

        CREATE VIEW task_summary AS
            SELECT t.id, t.title, t.source, t.language, t.state, t.script_count,
                (SELECT count(*) FROM script WHERE task_id = t.id) AS scripts_here, t.created, m.name AS member, t.connection_id, c.kind
            FROM task AS t JOIN member AS m ON m.id = t.member_id JOIN connection AS c ON c.id = t.connection_id;

        CREATE VIEW script_row AS
            SELECT s.id, s.task_id, s.position, s.remote_id, s.title, s.text, s.created, t.title AS task_title, t.language,
                t.connection_id, c.kind
            FROM script AS s JOIN task AS t ON t.id = s.task_id JOIN connection AS c ON c.id = t.connection_id;

        PRAGMA user_version = 1;
        """,
        """
        -- A walk through the account's list of scripts: for an unconfirmed task, or so that it is known what was there before one.
        CREATE TABLE remote_command (
            id INTEGER PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connection,
            task_id INTEGER REFERENCES task,
            kind TEXT NOT NULL CHECK (kind IN ('list_scripts')),
            state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'failed')),
            page INTEGER NOT NULL DEFAULT 1,
            attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL,
            message TEXT,
            ended INTEGER,
            CHECK ((state IN ('done', 'failed')) = (ended IS NOT NULL))
        ) STRICT;
        CREATE INDEX remote_command_work ON remote_command (connection_id, state, due);
        CREATE INDEX remote_command_task ON remote_command (task_id) WHERE task_id IS NOT NULL;

        -- What the list has shown. The words are kept only while a task is unconfirmed.
        CREATE TABLE listed_script (
            connection_id INTEGER NOT NULL REFERENCES connection,
            remote_id TEXT NOT NULL,
            first_seen INTEGER NOT NULL,
            title TEXT,
            text TEXT,
            PRIMARY KEY (connection_id, remote_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX listed_script_time ON listed_script (connection_id, first_seen);
        CREATE INDEX script_remote ON script (remote_id);

        -- The log of calls by time, for what is shown of it and for what is old enough to go.
        CREATE INDEX call_started ON call (started);

        PRAGMA user_version = 2;
        """,
        """
        -- Its key's columns first: SQLite 3.40 finds NULL where there is none in a table without rowid whose columns are in another order.
        CREATE TABLE task_video_new (
            task_id INTEGER NOT NULL REFERENCES task,
            position INTEGER NOT NULL,
            video_id INTEGER NOT NULL REFERENCES video,
            PRIMARY KEY (task_id, position),
            UNIQUE (video_id, task_id)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO task_video_new (task_id, position, video_id) SELECT task_id, position, video_id FROM task_video;
        DROP TABLE task_video;
        ALTER TABLE task_video_new RENAME TO task_video;

        -- What /activity asks for, and how old the last walk through the list is.
        CREATE INDEX call_result ON call (result);
        CREATE INDEX call_trouble ON call (started, result, code) WHERE result <> 'done';
        CREATE INDEX task_created ON task (created);
        CREATE INDEX remote_command_ended ON remote_command (connection_id, ended) WHERE ended IS NOT NULL;

        PRAGMA user_version = 3;
        """,
        // Videos as files, what is known of them, and the library.
        """
        ALTER TABLE video ADD COLUMN name TEXT NOT NULL DEFAULT '';
        ALTER TABLE video ADD COLUMN media_key TEXT;
        ALTER TABLE video ADD COLUMN media_name TEXT;
        ALTER TABLE video ADD COLUMN format TEXT CHECK (format IN ('mp4', 'mov', 'mpeg', 'avi'));
        ALTER TABLE video ADD COLUMN size INTEGER;
        ALTER TABLE video ADD COLUMN width INTEGER;
        ALTER TABLE video ADD COLUMN height INTEGER;
        ALTER TABLE video ADD COLUMN duration INTEGER;
        ALTER TABLE video ADD COLUMN ready INTEGER;
        ALTER TABLE video ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
        -- Answers lost before a person asked to upload again: they no longer count.
        ALTER TABLE video ADD COLUMN forgiven INTEGER NOT NULL DEFAULT 0;
        -- Name and address in lower case.
        ALTER TABLE video ADD COLUMN search TEXT NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX video_media ON video (media_key) WHERE media_key IS NOT NULL;
        UPDATE video SET search = lower(url), ready = iif(state IN ('ready', 'rejected'), created, NULL);

        DROP VIEW video_row;
        CREATE VIEW video_row AS
            SELECT v.id, v.connection_id, v.url, v.state, v.remote_id, v.failure, v.code, v.message, v.request_id, v.created,
                m.id AS member_id, m.name AS member, v.name, v.media_key, v.media_name, v.format, v.size, v.width, v.height, v.duration,
                v.ready, v.archived, v.search
            FROM video AS v JOIN member AS m ON m.id = v.member_id;

        CREATE VIEW acknowledgement_row AS
            SELECT a.id, a.version, a.at, m.name AS member, a.address, a.task_id, t.title AS task, a.video_id, v.url, v.name AS video,
                v.media_name
            FROM acknowledgement AS a JOIN member AS m ON m.id = a.member_id
                LEFT JOIN task AS t ON t.id = a.task_id LEFT JOIN video AS v ON v.id = a.video_id;

        PRAGMA user_version = 4;
        """,
        teamSchema,
        librarySchema,
        deskSchema,
        taskSearchSchema,
        presetSchema,
        draftNumberSchema,
    ]

    /// Brings the database to this program's version; refuses one from a newer program, whose rows this one could misread.
    static func migrate(_ database: borrowing Database, by migrations: [StaticString] = migrations) throws(StoreError) {
        let version = try version(of: database)
        guard (0...migrations.count).contains(version) else {
            throw StoreError(
                code: SQLITE_MISMATCH, operation: "open the database",
                message:
                    "it was written by a newer version of Scriptorium (its version is \(version), this program knows \(migrations.count))")
        }
        for migration in migrations[version...] {
            try database.execute("BEGIN IMMEDIATE")
            do {
                try database.execute(migration)
                try database.execute("COMMIT")
            } catch {
                try? database.execute("ROLLBACK")
                throw error
            }
        }
    }

    /// For who must not bring it there.
    /// - Parameters:
    ///   - code: of the error where it is of another version.
    ///   - reason: what is said then.
    static func requireLatest(_ database: borrowing Database, else code: Int32, _ reason: String) throws(StoreError) {
        guard try version(of: database) == migrations.count else {
            throw StoreError(code: code, operation: "open the database", message: reason)
        }
    }

    private static func version(of database: borrowing Database) throws(StoreError) -> Int {
        try database.first("PRAGMA user_version") { row in row.integer(0) } ?? 0
    }
}
