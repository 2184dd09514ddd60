import Domain

extension Database {
    /// The session of a token's hash and whose it is, unless it is over or its member disabled.
    package func findSession(hash: String, now: Timestamp) throws(StoreError) -> (session: Session, account: Account)? {
        let found = try first(
            """
            SELECT s.id, s.device, s.address, s.created, s.seen, m.id, m.name, m.email, m.role, m.disabled, m.password, m.created
            FROM session AS s JOIN member AS m ON m.id = s.member_id WHERE s.hash = ? AND m.role IS NOT NULL AND m.disabled = 0
            """, hash
        ) { row throws(StoreError) in (session: row.session(), account: try row.account(at: 5)) }
        return found.flatMap { $0.session.isOver(at: now) ? nil : $0 }
    }

    /// Whether it still is: for who was let in by it some time ago.
    package func isSession(_ id: Session.ID, now: Timestamp) throws(StoreError) -> Bool {
        let session = try first(
            """
            SELECT s.id, s.device, s.address, s.created, s.seen FROM session AS s JOIN member AS m ON m.id = s.member_id
            WHERE s.id = ? AND m.disabled = 0
            """, id
        ) { row in row.session() }
        return session.map { !$0.isOver(at: now) } ?? false
    }

    /// The latest used first.
    package func findSessions(of member: Member.ID, now: Timestamp) throws(StoreError) -> [Session] {
        try all(
            "SELECT id, device, address, created, seen FROM session WHERE member_id = ? ORDER BY seen DESC, id DESC", member
        ) { row in row.session() }.filter { !$0.isOver(at: now) }
    }
}

extension Transaction {
    /// - Parameter replacing: the session that this browser had before: an id is never kept across a sign-in.
    package mutating func beginSession(
        of member: Member.ID, hash: String, device: String, address: String, replacing old: Session.ID?, now: Timestamp
    ) throws(StoreError) {
        if let old { try database.run("DELETE FROM session WHERE id = ?", old) }
        try database.run(
            "INSERT INTO session (hash, member_id, device, address, created, seen) VALUES (?, ?, ?, ?, ?, ?)", hash, member, device,
            address, now, now)
        try audit(.signedIn, device, by: Actor(member: member, address: address), now: now)
        if old != nil { announce(.access) }
    }

    package func touchSession(_ id: Session.ID, now: Timestamp) throws(StoreError) {
        try database.run("UPDATE session SET seen = max(seen, ?) WHERE id = ?", now, id)
    }

    package mutating func signOut(_ id: Session.ID, by actor: Actor, now: Timestamp) throws(StoreError) {
        guard try database.run("DELETE FROM session WHERE id = ?", id) > 0 else { return }
        try audit(.signedOut, "", by: actor, now: now)
        announce(.access)
    }

    /// One of a member's own.
    package mutating func endSession(_ id: Session.ID, of member: Member.ID, by actor: Actor, now: Timestamp) throws(StoreError) {
        let device: String? = try database.first(
            "DELETE FROM session WHERE id = ? AND member_id = ? RETURNING device", id, member
        ) { row in row.text(0) }
        guard let device else { return }
        try audit(.sessionEnded, device, by: actor, now: now)
        announce(.access)
    }

    /// Signs a member out everywhere.
    package mutating func endSessions(of member: Member.ID, by actor: Actor, now: Timestamp) throws(StoreError) {
        guard try database.run("DELETE FROM session WHERE member_id = ?", member) > 0 else { return }
        try audit(.signedOut, "everywhere", by: actor, now: now)
        announce(.access)
    }

    /// What nobody uses any more: sessions that are over, failed sign-ins that are forgotten.
    package mutating func sweepSessions(now: Timestamp) throws(StoreError) {
        let ended = try database.run(
            "DELETE FROM session WHERE seen <= ? OR created <= ?", now - Session.idleTime, now - Session.longestTime)
        try database.run("DELETE FROM sign_in_attempts WHERE last <= ?", now - SignInDelay.forgotten)
        if ended > 0 { announce(.access) }
    }
}

extension Row {
    fileprivate func session() -> Session {
        Session(id: id(0), device: text(1), address: text(2), created: time(3), seen: time(4))
    }
}
