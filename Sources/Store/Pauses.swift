import Domain

extension Transaction {
    /// At a start, and when somebody has set the wall clock: pauses begin anew, and nothing lies in a future that may never come. It can be
    /// said at any time and as often as one likes, so that it does not matter what was written just before by the one clock or the other.
    func beginPausesAnew(now: Timestamp) throws(StoreError) {
        // The connections are named only so that the index on them and the state serves.
        try database.run(
            "UPDATE task SET due = ? WHERE connection_id IN (SELECT id FROM connection) AND state IN ('queued', 'running')", now)
        try database.run("UPDATE video SET due = ? WHERE connection_id IN (SELECT id FROM connection) AND state = 'queued'", now)
        try database.run(
            """
            UPDATE remote_command SET due = min(due, ?)
            WHERE connection_id IN (SELECT id FROM connection) AND state IN ('queued', 'sending')
            """, now + RemoteCommand.keepsFor)
        try database.run(
            "UPDATE connection SET until = min(until, ?) WHERE state = 'throttled'", now + ThrottlePause.pause(after: .max))
        // Ages are counted from these.
        try database.run(
            """
            UPDATE task SET sent = min(sent, ?1) WHERE connection_id IN (SELECT id FROM connection)
                AND state IN ('sending', 'running', 'stalled', 'unconfirmed') AND sent > ?1
            """, now)
        try database.run(
            "UPDATE remote_command SET ended = ?1 WHERE connection_id IN (SELECT id FROM connection) AND ended > ?1", now)
        try database.run(
            "UPDATE listed_script SET first_seen = ?1 WHERE connection_id IN (SELECT id FROM connection) AND first_seen > ?1", now)
        try database.run(
            """
            UPDATE call SET started = min(started, ?1), ended = ?1
            WHERE connection_id IN (SELECT id FROM connection) AND endpoint = 'create' AND ended > ?1
            """, now)
    }

    /// Somebody has set the wall clock.
    package mutating func followClock(now: Timestamp) throws(StoreError) {
        try beginPausesAnew(now: now)
        announce(.connection)
    }
}
