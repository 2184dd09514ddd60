import Domain

extension Database {
    /// Whether anybody could sign in: never again false once it is true, since nobody is ever removed.
    package func hasMembers() throws(StoreError) -> Bool {
        try first("SELECT EXISTS (SELECT 1 FROM member WHERE role IS NOT NULL)") { row in row.flag(0) } ?? false
    }

    package func findAccounts() throws(StoreError) -> [Account] {
        try all(
            """
            SELECT id, name, email, role, disabled, password, created FROM member WHERE role IS NOT NULL
            ORDER BY disabled, name COLLATE NOCASE, id
            """
        ) { row throws(StoreError) in try row.account() }
    }

    package func findAccount(_ id: Member.ID) throws(StoreError) -> Account? {
        try first(
            "SELECT id, name, email, role, disabled, password, created FROM member WHERE id = ? AND role IS NOT NULL", id
        ) { row throws(StoreError) in try row.account() }
    }

    package func findAccount(email: String) throws(StoreError) -> Account? {
        try first(
            "SELECT id, name, email, role, disabled, password, created FROM member WHERE email = ? AND role IS NOT NULL", email
        ) { row throws(StoreError) in try row.account() }
    }

    /// Whom a reverse proxy calls so: a name that it brought before, or a member's e-mail address.
    package func findAccount(proxyName: String) throws(StoreError) -> Account? {
        try first(
            """
            SELECT id, name, email, role, disabled, password, created FROM member
            WHERE (proxy_name = ?1 OR email = lower(?1)) AND role IS NOT NULL ORDER BY proxy_name IS NULL LIMIT 1
            """, proxyName
        ) { row throws(StoreError) in try row.account() }
    }

    fileprivate func countOtherAdmins(than id: Member.ID) throws(StoreError) -> Int {
        try first("SELECT count(*) FROM member WHERE role = 'admin' AND disabled = 0 AND id <> ?", id) { row in row.integer(0) } ?? 0
    }
}

/// Why a change of the members was not made.
package enum MemberRefusal: Error, Sendable {
    case emailTaken
    /// Nobody could let anyone in any more.
    case lastAdmin
    case unknown
    /// There are members already, so the first one's way in is closed.
    case notFirst
}

extension Transaction {
    /// The first member of all is an admin and becomes the built-in one.
    package mutating func addFirstAdmin(
        _ name: MemberName, passwordHash: String, from address: String, now: Timestamp
    ) throws(StoreError) -> Result<Member.ID, MemberRefusal> {
        guard try !database.hasMembers() else { return .failure(.notFirst) }
        let id = Member.thisComputer.id
        try database.run(
            "UPDATE member SET name = ?, email = ?, role = 'admin', password = ?, created = ? WHERE id = ?", name.name, name.email,
            passwordHash, now, id)
        try audit(.memberAdded, "admin", by: Actor(member: id, address: address), now: now)
        announce(.access)
        return .success(id)
    }

    package mutating func addMember(
        _ name: MemberName, role: Role, passwordHash: String, from address: String, now: Timestamp
    ) throws(StoreError) -> Result<Member.ID, MemberRefusal> {
        guard try database.findAccount(email: name.email) == nil else { return .failure(.emailTaken) }
        try database.run(
            "INSERT INTO member (name, email, role, password, created) VALUES (?, ?, ?, ?, ?)", name.name, name.email, role.rawValue,
            passwordHash, now)
        let id = Member.ID(database.lastInsertedRow)
        try audit(.memberAdded, role.rawValue, by: Actor(member: id, address: address), now: now)
        return .success(id)
    }

    /// Who comes by a reverse proxy for the first time arrives as a viewer.
    package mutating func ensureMember(proxyName: String, from address: String, now: Timestamp) throws(StoreError) {
        guard try database.findAccount(proxyName: proxyName) == nil else { return }
        try database.run(
            "INSERT INTO member (name, email, proxy_name, role, created) VALUES (?, ?, ?, 'viewer', ?)", proxyName,
            MemberName.address(proxyName), proxyName, now)
        let id = Member.ID(database.lastInsertedRow)
        try audit(.memberAdded, "viewer, by single sign-on", by: Actor(member: id, address: address), now: now)
    }

    package mutating func changeRole(
        of id: Member.ID, to role: Role, by actor: Actor, now: Timestamp
    ) throws(StoreError) -> MemberRefusal? {
        guard let account = try database.findAccount(id) else { return .unknown }
        if account.role == role { return nil }
        if account.role == .admin, !account.isDisabled, try database.countOtherAdmins(than: id) == 0 { return .lastAdmin }
        try database.run("UPDATE member SET role = ? WHERE id = ?", role.rawValue, id)
        try audit(.roleChanged, "\(account.member.name): \(account.role.rawValue) to \(role.rawValue)", by: actor, now: now)
        announce(.access)
        return nil
    }

    /// Ends all their sessions at once; what they did stays.
    package mutating func disableMember(_ id: Member.ID, by actor: Actor, now: Timestamp) throws(StoreError) -> MemberRefusal? {
        guard let account = try database.findAccount(id) else { return .unknown }
        if account.isDisabled { return nil }
        if account.role == .admin, try database.countOtherAdmins(than: id) == 0 { return .lastAdmin }
        try database.run("UPDATE member SET disabled = 1 WHERE id = ?", id)
        try database.run("DELETE FROM session WHERE member_id = ?", id)
        try database.run("UPDATE invite SET used = ? WHERE member_id = ? AND used IS NULL", now, id)
        try audit(.memberDisabled, account.member.name, by: actor, now: now)
        announce(.access)
        return nil
    }

    package mutating func enableMember(_ id: Member.ID, by actor: Actor, now: Timestamp) throws(StoreError) -> MemberRefusal? {
        guard let account = try database.findAccount(id) else { return .unknown }
        guard account.isDisabled else { return nil }
        try database.run("UPDATE member SET disabled = 0 WHERE id = ?", id)
        try audit(.memberEnabled, account.member.name, by: actor, now: now)
        return nil
    }

    /// Ends all their sessions but the one given: whoever knew the old password is out.
    package mutating func setPassword(
        of id: Member.ID, to hash: String, keeping session: Session.ID? = nil, by actor: Actor, now: Timestamp
    ) throws(StoreError) {
        guard let account = try database.findAccount(id) else { return }
        try database.run("UPDATE member SET password = ? WHERE id = ?", hash, id)
        try database.run("DELETE FROM session WHERE member_id = ? AND id IS NOT ?", id, session)
        try audit(.passwordChanged, account.member.name, by: actor, now: now)
        announce(.access)
    }
}

extension Row {
    /// From the columns `id, name, email, role, disabled, password, created` on.
    func account(at column: Int32 = 0) throws(StoreError) -> Account {
        Account(
            member: Member(id: id(column), name: text(column + 1)), email: textOrNil(column + 2), role: try word(column + 3),
            isDisabled: flag(column + 4), passwordHash: textOrNil(column + 5), created: time(column + 6))
    }
}
