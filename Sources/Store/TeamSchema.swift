extension Schema {
    /// Members who sign in. A row of `member` without a role is the built-in one; the first admin becomes that row, and so takes over what
    /// was done here before. Hashes are BLAKE2b with 256 bits in hexadecimal, but a password's, which is an Argon2id text.
    static let teamSchema: StaticString = """
        ALTER TABLE member ADD COLUMN email TEXT CHECK (email <> '' AND email = lower(email));
        ALTER TABLE member ADD COLUMN proxy_name TEXT CHECK (proxy_name <> '');
        ALTER TABLE member ADD COLUMN role TEXT CHECK (role IN ('viewer', 'writer', 'reviewer', 'admin'));
        ALTER TABLE member ADD COLUMN password TEXT CHECK (password LIKE '$argon2id$%');
        ALTER TABLE member ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1));
        ALTER TABLE member ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
        CREATE UNIQUE INDEX member_email ON member (email) WHERE email IS NOT NULL;
        CREATE UNIQUE INDEX member_proxy_name ON member (proxy_name) WHERE proxy_name IS NOT NULL;
        CREATE INDEX member_role ON member (role) WHERE role IS NOT NULL;

        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
            member_id INTEGER NOT NULL REFERENCES member,
            device TEXT NOT NULL,
            address TEXT NOT NULL,
            created INTEGER NOT NULL,
            seen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX session_member ON session (member_id);

        -- For a new member of this role, or for this member's new password.
        CREATE TABLE invite (
            id INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
            role TEXT CHECK (role IN ('viewer', 'writer', 'reviewer', 'admin')),
            member_id INTEGER REFERENCES member,
            by_id INTEGER NOT NULL REFERENCES member,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            used INTEGER,
            CHECK ((role IS NULL) <> (member_id IS NULL))
        ) STRICT;

        CREATE TABLE api_token (
            id INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
            member_id INTEGER NOT NULL REFERENCES member,
            name TEXT NOT NULL,
            scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
            ending TEXT NOT NULL CHECK (length(ending) = 4),
            created INTEGER NOT NULL,
            used INTEGER
        ) STRICT;
        CREATE INDEX api_token_member ON api_token (member_id);

        -- Attempts to sign in that have not succeeded, by the hash of an account's, an address's or a device's name.
        CREATE TABLE sign_in_attempts (
            key TEXT PRIMARY KEY CHECK (length(key) = 64),
            failures INTEGER NOT NULL CHECK (failures > 0),
            last INTEGER NOT NULL,
            until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_attempts_last ON sign_in_attempts (last);

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            member_id INTEGER REFERENCES member,
            address TEXT NOT NULL,
            action TEXT NOT NULL CHECK (action IN
                ('signed_in', 'sign_in_failed', 'signed_out', 'session_ended', 'member_added', 'member_disabled', 'member_enabled',
                'role_changed', 'password_changed', 'invite_made', 'invite_revoked', 'token_made', 'token_revoked',
                'connection_changed', 'connection_tested', 'approved', 'approval_withdrawn', 'exported', 'deleted')),
            subject TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

        -- REPLACE deletes without that trigger (https://sqlite.org/lang_conflict.html).
        CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

        -- A person asked whether the connection works; the call that answers it stands in the log.
        CREATE TABLE connection_test (
            id INTEGER PRIMARY KEY,
            connection_id INTEGER NOT NULL REFERENCES connection,
            asked INTEGER NOT NULL,
            call_id INTEGER REFERENCES call ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX connection_test_connection ON connection_test (connection_id);
        CREATE INDEX connection_test_call ON connection_test (call_id) WHERE call_id IS NOT NULL;

        PRAGMA user_version = 5;
        """
}
