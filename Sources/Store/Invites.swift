import Domain

extension Database {
    /// Nil when there is none such, or it has been used, or it is too old.
    package func findInvite(hash: String, now: Timestamp) throws(StoreError) -> Invite? {
        try first(
            """
            SELECT i.id, i.role, m.id, m.name, b.id, b.name, i.expires FROM invite AS i JOIN member AS b ON b.id = i.by_id
            LEFT JOIN member AS m ON m.id = i.member_id WHERE i.hash = ? AND i.used IS NULL AND i.expires > ?
            """, hash, now
        ) { row throws(StoreError) in try row.invite() }
    }

    /// Those that can still be used, the newest first.
    package func findInvites(now: Timestamp) throws(StoreError) -> [Invite] {
        try all(
            """
            SELECT i.id, i.role, m.id, m.name, b.id, b.name, i.expires FROM invite AS i JOIN member AS b ON b.id = i.by_id
            LEFT JOIN member AS m ON m.id = i.member_id WHERE i.used IS NULL AND i.expires > ? ORDER BY i.id DESC
            """, now
        ) { row throws(StoreError) in try row.invite() }
    }
}

extension Transaction {
    package mutating func addInvite(hash: String, role: Role, by actor: Actor, now: Timestamp) throws(StoreError) {
        try database.run(
            "INSERT INTO invite (hash, role, by_id, created, expires) VALUES (?, ?, ?, ?, ?)", hash, role.rawValue, actor.member, now,
            now + Invite.lifetime)
        try audit(.inviteMade, role.rawValue, by: actor, now: now)
    }

    /// For a new password. An earlier link for the same member no longer works.
    package mutating func addInvite(
        hash: String, forPasswordOf member: Member.ID, by actor: Actor, now: Timestamp
    ) throws(StoreError) -> MemberRefusal? {
        guard let account = try database.findAccount(member), !account.isDisabled, account.email != nil else { return .unknown }
        try database.run("UPDATE invite SET used = ? WHERE member_id = ? AND used IS NULL", now, member)
        try database.run(
            "INSERT INTO invite (hash, member_id, by_id, created, expires) VALUES (?, ?, ?, ?, ?)", hash, member, actor.member, now,
            now + Invite.lifetime)
        try audit(.inviteMade, "new password for \(account.member.name)", by: actor, now: now)
        return nil
    }

    package mutating func revokeInvite(_ id: Invite.ID, by actor: Actor, now: Timestamp) throws(StoreError) {
        guard try database.run("UPDATE invite SET used = ? WHERE id = ? AND used IS NULL", now, id) > 0 else { return }
        try audit(.inviteRevoked, "", by: actor, now: now)
    }

    /// Takes an invite, once.
    /// - Parameters:
    ///   - name: of the new member; not looked at where the invite is for a new password.
    package mutating func useInvite(
        hash: String, name: MemberName?, passwordHash: String, from address: String, now: Timestamp
    ) throws(StoreError) -> Result<Member.ID, MemberRefusal> {
        guard let invite = try database.findInvite(hash: hash, now: now) else { return .failure(.unknown) }
        let id: Member.ID
        switch invite.purpose {
        case .join(let role):
            guard let name else { return .failure(.unknown) }
            switch try addMember(name, role: role, passwordHash: passwordHash, from: address, now: now) {
            case .success(let new): id = new
            case .failure(let refusal): return .failure(refusal)
            }
        case .newPassword(let member):
            id = member.id
            try setPassword(of: id, to: passwordHash, by: Actor(member: id, address: address), now: now)
        }
        try database.run("UPDATE invite SET used = ? WHERE id = ?", now, invite.id)
        return .success(id)
    }
}

extension Row {
    fileprivate func invite() throws(StoreError) -> Invite {
        let purpose: Invite.Purpose = isNull(2) ? .join(try word(1)) : .newPassword(Member(id: id(2), name: text(3)))
        return Invite(id: id(0), purpose: purpose, by: Member(id: id(4), name: text(5)), expires: time(6))
    }
}
