import Domain

extension Database {
    /// The token of this hash and whose it is, unless its member is disabled.
    package func findToken(hash: String) throws(StoreError) -> (token: APIToken, account: Account)? {
        try first(
            """
            SELECT t.id, t.name, t.scope, t.ending, t.created, t.used, m.id, m.name, m.email, m.role, m.disabled, m.password, m.created
            FROM api_token AS t JOIN member AS m ON m.id = t.member_id WHERE t.hash = ? AND m.role IS NOT NULL AND m.disabled = 0
            """, hash
        ) { row throws(StoreError) in (token: try row.token(), account: try row.account(at: 6)) }
    }

    package func isToken(_ id: APIToken.ID) throws(StoreError) -> Bool {
        try first(
            "SELECT 1 FROM api_token AS t JOIN member AS m ON m.id = t.member_id WHERE t.id = ? AND m.disabled = 0", id
        ) { _ in true } ?? false
    }

    package func findTokens(of member: Member.ID) throws(StoreError) -> [APIToken] {
        try all(
            "SELECT id, name, scope, ending, created, used FROM api_token WHERE member_id = ? ORDER BY id DESC", member
        ) { row throws(StoreError) in try row.token() }
    }
}

extension Transaction {
    package mutating func addToken(
        hash: String, name: String, scope: APIToken.Scope, ending: String, of member: Member.ID, by actor: Actor, now: Timestamp
    ) throws(StoreError) {
        try database.run(
            "INSERT INTO api_token (hash, member_id, name, scope, ending, created) VALUES (?, ?, ?, ?, ?, ?)", hash, member, name,
            scope.rawValue, ending, now)
        try audit(.tokenMade, "\(name), \(scope.rawValue)", by: actor, now: now)
    }

    package mutating func revokeToken(_ id: APIToken.ID, of member: Member.ID, by actor: Actor, now: Timestamp) throws(StoreError) {
        let name: String? = try database.first(
            "DELETE FROM api_token WHERE id = ? AND member_id = ? RETURNING name", id, member
        ) { row in row.text(0) }
        guard let name else { return }
        try audit(.tokenRevoked, name, by: actor, now: now)
        announce(.access)
    }

    package func touchToken(_ id: APIToken.ID, now: Timestamp) throws(StoreError) {
        try database.run("UPDATE api_token SET used = ? WHERE id = ?", now, id)
    }
}

extension Row {
    fileprivate func token() throws(StoreError) -> APIToken {
        APIToken(id: id(0), name: text(1), scope: try word(2), ending: text(3), created: time(4), used: timeOrNil(5))
    }
}
