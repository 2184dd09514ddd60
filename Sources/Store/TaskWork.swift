import CSQLite
import Domain

/// A create call that the worker is to make; its task is already marked as sending.
package struct ClaimedCreate: Sendable {
    package let task: GenerationTask.ID
    package let brief: Brief
    /// The service's ids of the brief's videos, in its order.
    package let videoIDs: [String]
    package let call: Call.ID
    /// How often it has been tried, this one included.
    package let attempts: Int
}

/// A question about a running task that the worker is to ask.
package struct ClaimedPoll: Sendable {
    package let task: GenerationTask.ID
    package let remoteID: String
    package let call: Call.ID
    package let sent: Timestamp
    package let attempts: Int
}

extension Transaction {
    /// Takes the first queued brief whose time has come, marks it as sending and begins its call, all before the call is made: a crash
    /// from here on leaves the trace of a call that may have happened.
    package mutating func claimCreate(on connection: Connection.ID, now: Timestamp) throws(StoreError) -> ClaimedCreate? {
        let next: (id: GenerationTask.ID, attempts: Int)? = try database.first(
            """
            UPDATE task SET attempts = attempts + 1, sent = ?
            WHERE id = (SELECT id FROM task WHERE connection_id = ? AND state = 'queued' AND due <= ? ORDER BY id LIMIT 1)
            RETURNING id, attempts
            """, now, connection, now
        ) { row in (row.id(0), row.integer(1)) }
        guard let next, try apply(.claimed, to: next.id, now: now) != nil, let task = try database.findTask(next.id) else { return nil }
        let call = try beginCall(.create, connection: connection, task: next.id, now: now)
        let videoIDs = try database.findVideos(of: next.id).compactMap(\.state.remoteID)
        return ClaimedCreate(task: next.id, brief: task.brief, videoIDs: videoIDs, call: call, attempts: next.attempts)
    }

    /// - Parameter due: when the worker has to do with the task again: its first poll, or the next attempt.
    package mutating func record(
        _ create: ClaimedCreate, _ result: CallResult, event: TaskEvent, due: Timestamp, now: Timestamp
    ) throws(StoreError) {
        try endCall(create.call, result, now: now)
        guard let state = try apply(event, to: create.task, due: due, now: now) else { return }
        if state.remote != nil { try database.run("UPDATE task SET attempts = 0 WHERE id = ?", create.task) }
        if state.isUnsent { try database.run("UPDATE task SET sent = NULL WHERE id = ?", create.task) }
    }

    /// Takes the next task whose poll is due and begins the call. Until its answer is recorded the task is not due again.
    package mutating func claimPoll(on connection: Connection.ID, now: Timestamp) throws(StoreError) -> ClaimedPoll? {
        let next: (id: GenerationTask.ID, remoteID: String, sent: Timestamp, attempts: Int)? = try database.first(
            """
            UPDATE task SET due = ?, attempts = attempts + 1
            WHERE id = (
                SELECT id FROM task WHERE connection_id = ? AND state IN ('running', 'stalled') AND due <= ? ORDER BY due LIMIT 1)
            RETURNING id, remote_id, coalesce(sent, created), attempts
            """, now + .seconds(60), connection, now
        ) { row in (row.id(0), row.text(1), row.time(2), row.integer(3)) }
        guard let next else { return nil }
        let call = try beginCall(.get, connection: connection, task: next.id, now: now)
        return ClaimedPoll(task: next.id, remoteID: next.remoteID, call: call, sent: next.sent, attempts: next.attempts)
    }

    /// Records an answer: its scripts and the state in one transaction. A script that is here already stays as it came.
    /// - Parameter due: the next poll; nil for none before a person asks.
    package mutating func record(
        _ poll: ClaimedPoll, _ result: CallResult, events: [TaskEvent], scripts: [RemoteScript] = [], due: Timestamp?, now: Timestamp
    ) throws(StoreError) {
        try endCall(poll.call, result, now: now)
        var arrived = 0
        for script in scripts {
            arrived += try insert(script, into: poll.task, now: now)
        }
        if arrived > 0 { try database.run("UPDATE task SET last_script = ? WHERE id = ?", now, poll.task) }
        try database.run("UPDATE task SET due = ? WHERE id = ?", due?.milliseconds ?? .max, poll.task)
        if case .done = result { try database.run("UPDATE task SET attempts = 0 WHERE id = ?", poll.task) }
        for event in events { try apply(event, to: poll.task, now: now) }
        announce(.task(poll.task))
    }

    /// - Returns: 1, or 0 when it is here already.
    @discardableResult
    func insert(_ script: RemoteScript, into task: GenerationTask.ID, now: Timestamp) throws(StoreError) -> Int {
        try database.run(
            """
            INSERT INTO script (task_id, position, remote_id, title, text, created)
            VALUES (?1, (SELECT count(*) + 1 FROM script WHERE task_id = ?1), ?2, ?3, ?4, ?5) ON CONFLICT (task_id, remote_id) DO NOTHING
            """, task, script.id, script.title, script.text, now)
    }

    /// After a start: what the last run left in the middle of a call. A create that may have happened becomes unconfirmed and counts
    /// against the limit for as long as its call could have run; an upload is made again, since a duplicate does no harm.
    /// - Parameter longestCall: the deadline under which the calls ran.
    package mutating func recover(longestCall: Duration, now: Timestamp) throws(StoreError) {
        let reason = "the program ended during the call"
        let open: [(call: Call.ID, started: Timestamp)] = try database.all(
            "SELECT id, started FROM call WHERE ended IS NULL"
        ) { row in (row.id(0), row.time(1)) }
        for (call, started) in open {
            try endCall(call, .unknown(reason: reason), now: min(now, started + longestCall))
        }
        // The connections are named only so that the index on them and the state serves.
        let tasks: [GenerationTask.ID] = try database.all(
            "SELECT id FROM task WHERE connection_id IN (SELECT id FROM connection) AND state = 'sending'"
        ) { row in row.id(0) }
        for task in tasks { try apply(.answerLost(reason: reason), to: task, now: now) }
        let videos: [Video.ID] = try database.all(
            "SELECT id FROM video WHERE connection_id IN (SELECT id FROM connection) AND state = 'sending'"
        ) { row in row.id(0) }
        for video in videos {
            let isLast = try countAnswersLost(of: video) >= Video.answersThatMayBeLost
            let state: VideoState = isLast ? .failed(.noAnswer(reason: reason)) : .queued
            try change(video, from: .sending, to: state, due: now)
            try settleTasks(waitingFor: video, now: now)
        }
        try recoverListings(now: now)
        // The polls in flight are over, and a clock that was set back must not keep anything waiting.
        try beginPausesAnew(now: now)
    }
}

extension Database {
    /// When the worker has to look again: the earliest time at which a brief, and at which anything else of this connection is due.
    /// - Parameter takesFiles: whether this app's own files can be uploaded now; else they wait without being due.
    package func findNextDue(
        on connection: Connection.ID, takesFiles: Bool = false
    ) throws(StoreError) -> (brief: Timestamp?, other: Timestamp?) {
        let brief = try first(
            "SELECT min(due) FROM task WHERE connection_id = ? AND state = 'queued'", connection
        ) { row in row.timeOrNil(0) }
        let other = try first(
            """
            SELECT min(due) FROM (
                SELECT min(due) AS due FROM task WHERE connection_id = ?1 AND state IN ('running', 'stalled')
                UNION ALL SELECT min(due) FROM video WHERE connection_id = ?1 AND state = 'queued' AND (?2 OR media_key IS NULL))
            """, connection, takesFiles
        ) { row in row.timeOrNil(0) }
        let dues = [other ?? nil, try findNextListing(on: connection)].compactMap { $0 }
        return (brief ?? nil, dues.min())
    }
}
