import Domain

/// Under what a sign-in is counted. The key is a hash: what somebody typed as a name may be a password.
package struct AttemptKey: Sendable {
    package let delay: SignInDelay
    package let hash: String

    package init(_ delay: SignInDelay, hash: String) {
        self.delay = delay
        self.hash = hash
    }
}

extension Transaction {
    /// Counts an attempt as failed before its password is looked at, so that a hundred at once are counted like a hundred in a row.
    /// - Returns: how long it has to wait instead; nil when it may go on.
    package func beginAttempt(_ keys: [AttemptKey], now: Timestamp) throws(StoreError) -> Duration? {
        var wait = Duration.zero
        for key in keys {
            let until: Timestamp? = try database.first("SELECT until FROM sign_in_attempts WHERE key = ?", key.hash) { row in row.time(0) }
            // A clock that was set back must not make it longer than any delay is.
            if let until { wait = max(wait, min(until - now, SignInDelay.longest)) }
        }
        if wait > .zero { return wait }
        for key in keys {
            let failures: Int =
                try database.first(
                    """
                    INSERT INTO sign_in_attempts VALUES (?1, 1, ?2, ?2) ON CONFLICT DO UPDATE SET
                        failures = CASE WHEN last <= ?3 THEN 1 ELSE min(failures + 1, 1000000) END, last = ?2
                    RETURNING failures
                    """, key.hash, now, now - SignInDelay.forgotten
                ) { row in row.integer(0) } ?? 1
            try database.run("UPDATE sign_in_attempts SET until = ? WHERE key = ?", now + key.delay.after(failures: failures), key.hash)
        }
        return nil
    }

    /// The attempt succeeded: nobody guesses here.
    package func forgetAttempts(_ keys: [AttemptKey]) throws(StoreError) {
        for key in keys { try database.run("DELETE FROM sign_in_attempts WHERE key = ?", key.hash) }
    }

    /// Lets everybody try again at once.
    package func forgetAllAttempts() throws(StoreError) {
        try database.run("DELETE FROM sign_in_attempts")
    }

    /// This attempt succeeded, but says nothing of the others that come from there: only it is not counted.
    package func forgiveAttempt(_ key: AttemptKey) throws(StoreError) {
        try database.run("DELETE FROM sign_in_attempts WHERE key = ? AND failures = 1", key.hash)
        try database.run("UPDATE sign_in_attempts SET failures = failures - 1, until = last WHERE key = ?", key.hash)
    }
}
