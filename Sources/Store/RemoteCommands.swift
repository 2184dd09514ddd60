import CSQLite
import Domain

/// A page of the account's list that the worker is to ask for.
package struct ClaimedListing: Sendable {
    package let command: RemoteCommand.ID
    /// The unconfirmed task that it is for; nil when it only keeps the picture fresh.
    package let task: GenerationTask.ID?
    /// 1 for the first.
    package let page: Int
    package let call: Call.ID
    package let started: Timestamp
    /// How often this page has been tried, this one included.
    package let attempts: Int
}

/// What a page of the list means for the walk.
package enum ListingProgress: Sendable {
    /// These are on it, and so many pages there are.
    case listed([RemoteScript], pages: Int)
    /// Not now.
    case again(due: Timestamp)
    case failed(String)
}

extension Database {
    /// - Parameter now: of the page that shows it.
    package func findSearch(for task: GenerationTask) throws(StoreError) -> ScriptSearch {
        let next = try first(
            "SELECT min(due) FROM remote_command WHERE task_id = ? AND state IN ('queued', 'sending')", task.id
        ) { row in row.timeOrNil(0) }
        let last: (ended: Timestamp?, trouble: String?)? = try first(
            "SELECT ended, message FROM remote_command WHERE task_id = ? AND ended IS NOT NULL ORDER BY id DESC LIMIT 1", task.id
        ) { row in (row.timeOrNil(0), row.textOrNil(1)) }
        let others = try first(
            "SELECT min(sent) FROM task WHERE connection_id = ? AND state IN ('running', 'sending') AND id <> ?", task.connection, task.id
        ) { row in row.timeOrNil(0) }
        let candidates = try findCandidates(for: task, before: others ?? nil)
        let held = try others.map { _ throws(StoreError) in try findCandidates(for: task, before: nil).count > candidates.count } ?? false
        return ScriptSearch(
            next: next ?? nil, last: last?.ended, trouble: last?.trouble, candidates: candidates, waitsForOthers: held)
    }

    /// The scripts that appeared after the task was sent and that no task of ours has, at most 100.
    /// - Parameter before: what was seen since then may belong to another brief.
    private func findCandidates(for task: GenerationTask, before: Timestamp?) throws(StoreError) -> [CandidateScript] {
        guard let sent = task.sent else { return [] }
        return try all(
            """
            SELECT l.remote_id, l.title, l.text FROM listed_script AS l
            WHERE l.connection_id = ?1 AND l.first_seen > ?2 AND l.first_seen < ?3 AND l.text IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM script AS s JOIN task AS t ON t.id = s.task_id
                WHERE s.remote_id = l.remote_id AND t.connection_id = l.connection_id)
            ORDER BY l.first_seen, l.remote_id LIMIT 100
            """, task.connection, sent, before?.milliseconds ?? .max
        ) { row in CandidateScript(remoteID: row.text(0), title: row.text(1), text: row.text(2)) }
    }

    /// When the worker has to ask for the next page of the list.
    func findNextListing(on connection: Connection.ID) throws(StoreError) -> Timestamp? {
        let due = try first(
            "SELECT min(due) FROM remote_command WHERE connection_id = ? AND state = 'queued'", connection
        ) { row in row.timeOrNil(0) }
        return due ?? nil
    }

    /// How long tasks of late have needed.
    private func usualTime(on connection: Connection.ID) throws(StoreError) -> Duration {
        RemoteCommand.usualTime(
            try all(
                """
                SELECT ended - sent FROM task WHERE connection_id = ? AND state = 'succeeded' AND closed_by_person = 0 AND sent IS NOT NULL
                ORDER BY id DESC LIMIT 20
                """, connection
            ) { row in .milliseconds(row.integer(0)) })
    }

    fileprivate func timeToSearch(for task: GenerationTask) throws(StoreError) -> Timestamp {
        (task.sent ?? task.created) + (try usualTime(on: task.connection))
    }
}

extension Transaction {
    /// After a task's state has changed: an unconfirmed one is looked for after the time that a task usually needs, any other no more.
    mutating func planSearch(for task: GenerationTask, now: Timestamp) throws(StoreError) {
        try database.run(
            "UPDATE remote_command SET state = 'done', ended = ? WHERE task_id = ? AND state = 'queued'", now, task.id)
        guard try database.findTask(task.id)?.state.name == .unconfirmed else { return }
        try planListing(on: task.connection, for: task.id, due: max(now, try database.timeToSearch(for: task)))
    }

    /// A person asks for it now.
    package mutating func requestSearch(for id: GenerationTask.ID, now: Timestamp) throws(StoreError) {
        guard let task = try database.findTask(id), task.state.name == .unconfirmed else { return }
        let changed = try database.run("UPDATE remote_command SET due = min(due, ?) WHERE task_id = ? AND state = 'queued'", now, id)
        if changed == 0 { try planListing(on: task.connection, for: id, due: now) }
        announce(.task(id))
    }

    /// The picture of what is there must not be older than an hour when a brief goes out.
    package mutating func refreshListing(on connection: Connection.ID, now: Timestamp) throws(StoreError) {
        // A walk that waits to try again is under way; one for a task that comes when its scripts may be there is not yet.
        let open = try database.first(
            """
            SELECT 1 FROM remote_command
            WHERE connection_id = ? AND state IN ('queued', 'sending') AND (task_id IS NULL OR due <= ?) LIMIT 1
            """, connection, now
        ) { row in row.integer(0) }
        let fresh = try database.first(
            "SELECT 1 FROM remote_command WHERE connection_id = ? AND ended > ? LIMIT 1", connection, now - RemoteCommand.keepsFor
        ) { row in row.integer(0) }
        guard open == nil, fresh == nil else { return }
        try database.run("DELETE FROM remote_command WHERE connection_id = ? AND task_id IS NULL", connection)
        try planListing(on: connection, for: nil, due: now)
    }

    private func planListing(on connection: Connection.ID, for task: GenerationTask.ID?, due: Timestamp) throws(StoreError) {
        try database.run(
            "INSERT INTO remote_command (connection_id, task_id, kind, state, due) VALUES (?, ?, 'list_scripts', 'queued', ?)",
            connection, task, due)
    }

    package mutating func claimListing(on connection: Connection.ID, now: Timestamp) throws(StoreError) -> ClaimedListing? {
        let next: (id: RemoteCommand.ID, task: GenerationTask.ID?, page: Int, attempts: Int)? = try database.first(
            """
            UPDATE remote_command SET state = 'sending', attempts = attempts + 1
            WHERE id = (SELECT id FROM remote_command WHERE connection_id = ? AND state = 'queued' AND due <= ? ORDER BY due LIMIT 1)
            RETURNING id, task_id, page, attempts
            """, connection, now
        ) { row in (row.id(0), row.isNull(1) ? nil : row.id(1), row.integer(2), row.integer(3)) }
        guard let next else { return nil }
        let call = try beginCall(.list, connection: connection, task: next.task, now: now)
        return ClaimedListing(command: next.id, task: next.task, page: next.page, call: call, started: now, attempts: next.attempts)
    }

    package mutating func record(
        _ listing: ClaimedListing, _ result: CallResult, progress: ListingProgress, on connection: Connection.ID, now: Timestamp
    ) throws(StoreError) {
        try endCall(listing.call, result, now: now)
        switch progress {
        case .listed(let scripts, let pages):
            try keep(scripts, on: connection, seen: listing.started)
            if listing.page < min(pages, RemoteCommand.mostPages) {
                try database.run(
                    "UPDATE remote_command SET state = 'queued', page = page + 1, attempts = 0, due = ? WHERE id = ?", now, listing.command)
                return
            }
            try end(listing, trouble: nil, now: now)
        case .again(let due) where listing.attempts < RemoteCommand.mostAttempts:
            try database.run("UPDATE remote_command SET state = 'queued', due = ? WHERE id = ?", due, listing.command)
        case .again:
            try end(listing, trouble: "the list could not be read, as often as it was tried", now: now)
        case .failed(let reason):
            try end(listing, trouble: reason, now: now)
        }
    }

    private mutating func end(_ listing: ClaimedListing, trouble: String?, now: Timestamp) throws(StoreError) {
        try database.run(
            "UPDATE remote_command SET state = ?, message = ?, ended = ? WHERE id = ?", trouble == nil ? "done" : "failed", trouble, now,
            listing.command)
        guard let id = listing.task, let task = try database.findTask(id) else { return }
        announce(.task(id))
        let walks = try database.first("SELECT count(*) FROM remote_command WHERE task_id = ?", id) { row in row.integer(0) } ?? 0
        guard task.state.name == .unconfirmed, let pause = RemoteCommand.pause(afterWalks: walks) else { return }
        try planListing(on: task.connection, for: id, due: now + pause)
    }

    /// - Parameter seen: when the call began: what is in its answer was there by then, or appeared while it ran.
    private func keep(_ scripts: [RemoteScript], on connection: Connection.ID, seen: Timestamp) throws(StoreError) {
        let isSearched =
            try database.first(
                "SELECT 1 FROM task WHERE connection_id = ? AND state = 'unconfirmed' LIMIT 1", connection
            ) { row in row.integer(0) } != nil
        for script in scripts {
            try database.run(
                """
                INSERT INTO listed_script (connection_id, remote_id, first_seen, title, text) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET title = excluded.title, text = excluded.text WHERE excluded.text IS NOT NULL
                """, connection, script.id, seen, isSearched ? script.title : nil, isSearched ? script.text : nil)
        }
        if !isSearched {
            try database.run(
                "UPDATE listed_script SET title = NULL, text = NULL WHERE connection_id = ? AND text IS NOT NULL", connection)
        }
    }

    /// A person says that these are the scripts of an unconfirmed task.
    /// - Parameter chosen: remote ids; what is no candidate any more is left out.
    /// - Returns: how many were taken; the task stays as it is when none was.
    package mutating func adopt(_ chosen: Set<String>, for id: GenerationTask.ID, now: Timestamp) throws(StoreError) -> Int {
        guard let task = try database.findTask(id), task.state.name == .unconfirmed else { return 0 }
        let candidates = try database.findSearch(for: task).candidates.filter { chosen.contains($0.remoteID) }
        guard !candidates.isEmpty, try apply(.adopted, to: id, now: now) != nil else { return 0 }
        for candidate in candidates {
            try insert(RemoteScript(id: candidate.remoteID, title: candidate.title, text: candidate.text), into: id, now: now)
        }
        try database.run("UPDATE task SET last_script = ? WHERE id = ?", now, id)
        return candidates.count
    }

    /// After a start.
    func recoverListings(now: Timestamp) throws(StoreError) {
        try database.run(
            """
            UPDATE remote_command SET state = 'queued', due = min(due, ?)
            WHERE connection_id IN (SELECT id FROM connection) AND state = 'sending'
            """, now)
    }
}
