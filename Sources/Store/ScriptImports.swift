import Domain

/// A page of the account's list that the worker is to bring in.
package struct ClaimedImport: Sendable {
    package let id: ScriptImport.ID
    /// 1 for the first.
    package let page: Int
    package let call: Call.ID
    /// How often this page has been tried, this one included.
    package let attempts: Int
}

extension Database {
    /// The newest walk on a connection.
    package func findImport(on connection: Connection.ID) throws(StoreError) -> ScriptImport? {
        try first(
            """
            SELECT i.id, i.state, i.page, i.pages, i.seen, i.added, i.changed, i.message, m.name, i.created, i.ended
            FROM script_import AS i JOIN member AS m ON m.id = i.member_id WHERE i.connection_id = ? ORDER BY i.id DESC LIMIT 1
            """, connection
        ) { row throws(StoreError) in
            ScriptImport(
                id: row.id(0), state: try row.word(1), page: row.integer(2), pages: row.integerOrNil(3), seen: row.integer(4),
                added: row.integer(5), changed: row.integer(6), trouble: row.textOrNil(7), member: row.text(8), created: row.time(9),
                ended: row.timeOrNil(10))
        }
    }

    func findNextImport(on connection: Connection.ID) throws(StoreError) -> Timestamp? {
        let due = try first(
            "SELECT min(due) FROM script_import WHERE connection_id = ? AND state = 'queued'", connection
        ) { row in row.timeOrNil(0) }
        return due ?? nil
    }
}

extension Transaction {
    /// A person asks for it. One that is under way goes on as it is; one that broke off goes on at its page, unless it is to begin anew.
    package mutating func requestImport(
        on connection: Connection.ID, fromStart: Bool, by member: Member.ID, now: Timestamp
    ) throws(StoreError) {
        let last = try database.findImport(on: connection)
        if let last, last.state.isUnderWay { return }
        let page = fromStart ? 1 : last.map { $0.canGoOn ? $0.page : 1 } ?? 1
        try database.run(
            "INSERT INTO script_import (connection_id, state, page, due, member_id, created) VALUES (?, 'queued', ?, ?, ?, ?)", connection,
            page, now, member, now)
        announce(.script)
    }

    package mutating func stopImport(on connection: Connection.ID, now: Timestamp) throws(StoreError) {
        let changed = try database.run(
            "UPDATE script_import SET state = 'stopped', ended = ? WHERE connection_id = ? AND state IN ('queued', 'sending')", now,
            connection)
        if changed > 0 { announce(.script) }
    }

    package mutating func claimImport(on connection: Connection.ID, now: Timestamp) throws(StoreError) -> ClaimedImport? {
        let next: (id: ScriptImport.ID, page: Int, attempts: Int)? = try database.first(
            """
            UPDATE script_import SET state = 'sending', attempts = attempts + 1, calls = calls + 1
            WHERE id = (SELECT id FROM script_import WHERE connection_id = ? AND state = 'queued' AND due <= ? ORDER BY due LIMIT 1)
            RETURNING id, page, attempts
            """, connection, now
        ) { row in (row.id(0), row.integer(1), row.integer(2)) }
        guard let next else { return nil }
        let call = try beginCall(.list, connection: connection, task: nil, now: now)
        return ClaimedImport(id: next.id, page: next.page, call: call, attempts: next.attempts)
    }

    /// Records an answer: its scripts and how far the walk is, in one transaction. What was stopped meanwhile keeps the scripts and stays
    /// stopped.
    package mutating func record(
        _ claimed: ClaimedImport, _ result: CallResult, progress: ListingProgress, on connection: Connection.ID, now: Timestamp
    ) throws(StoreError) {
        try endCall(claimed.call, result, now: now)
        announce(.script)
        switch progress {
        case .listed(let scripts, let pages):
            var (added, changed) = (0, 0)
            for script in scripts {
                switch try bringIn(script, on: connection, now: now) {
                case .added: added += 1
                case .changed: changed += 1
                case .known: break
                }
            }
            let calls = try database.first("SELECT calls FROM script_import WHERE id = ?", claimed.id) { row in row.integer(0) } ?? 0
            try database.run(
                """
                UPDATE script_import SET seen = seen + ?, added = added + ?, changed = changed + ?, pages = ?, page = page + 1, attempts = 0,
                    due = ?, state = CASE state WHEN 'sending' THEN 'queued' ELSE state END
                WHERE id = ?
                """, scripts.count, added, changed, pages, now + ScriptImport.pause, claimed.id)
            if claimed.page >= pages || scripts.isEmpty {
                try end(claimed, .done, nil, now: now)
            } else if calls >= ScriptImport.mostCalls {
                try end(claimed, .stopped, "this was as much as one run brings in; go on for the rest", now: now)
            }
        case .again(let due) where claimed.attempts < ScriptImport.mostAttempts:
            try database.run("UPDATE script_import SET state = 'queued', due = ? WHERE id = ? AND state = 'sending'", due, claimed.id)
        case .again:
            try end(claimed, .failed, "the list could not be read, as often as it was tried", now: now)
        case .failed(let reason):
            try end(claimed, .failed, reason, now: now)
        }
    }

    private func end(_ claimed: ClaimedImport, _ state: ScriptImport.State, _ message: String?, now: Timestamp) throws(StoreError) {
        try database.run(
            "UPDATE script_import SET state = ?, message = ?, ended = ? WHERE id = ? AND state IN ('queued', 'sending')", state.rawValue,
            message, now, claimed.id)
    }

    private enum BroughtIn {
        case added, changed, known
    }

    /// A script that is here already gets a new version only when the service's text is another one than it was: what the team wrote
    /// itself is no difference. One in the trash stays there as it is.
    private mutating func bringIn(_ script: RemoteScript, on connection: Connection.ID, now: Timestamp) throws(StoreError) -> BroughtIn {
        let known: (id: Script.ID, version: Int, isTrashed: Bool)? = try database.first(
            """
            SELECT s.id, s.version, s.trashed IS NOT NULL FROM script AS s LEFT JOIN task AS t ON t.id = s.task_id
            WHERE s.remote_id = ? AND coalesce(s.connection_id, t.connection_id) = ? LIMIT 1
            """, script.id, connection
        ) { row in (row.id(0), row.integer(1), row.flag(2)) }
        guard let known else {
            try database.run(
                "INSERT INTO script (connection_id, remote_id, title, text, origin, created) VALUES (?, ?, ?, ?, 'imported', ?)",
                connection,
                script.id, script.title, script.text, now)
            return .added
        }
        if known.isTrashed { return .known }
        let last: (title: String, text: String)? = try database.first(
            """
            SELECT title, text FROM script_version_row WHERE script_id = ? AND origin IN ('delivered', 'imported', 'service')
            ORDER BY number DESC LIMIT 1
            """, known.id
        ) { row in (row.text(0), row.text(1)) }
        if let last, last.title == script.title, last.text == script.text { return .known }
        let edited = try edit(
            known.id, from: known.version, title: script.title, text: script.text, origin: .service, reason: "changed at the service",
            by: nil, now: now)
        if case .saved = edited { return .changed }
        return .known
    }

    /// After a start.
    func recoverImports(now: Timestamp) throws(StoreError) {
        try database.run("UPDATE script_import SET state = 'queued', due = ? WHERE state IN ('queued', 'sending')", now)
    }
}
