import CSQLite
import Domain

/// Whom the app talks to now.
package enum CurrentConnection: Sendable, Hashable {
    case connection(Connection)
    /// A token was given that no connection knows. No call is made until a person has said whether it belongs to this one's developer app.
    case question(candidate: Connection)

    package var connection: Connection? {
        switch self {
        case .connection(let connection): connection
        case .question: nil
        }
    }
}

extension Database {
    /// Nil only before the first start has finished.
    package func findCurrentConnection() throws(StoreError) -> CurrentConnection? {
        try first(
            """
            SELECT c.id, c.kind, c.base, c.app_id, c.state, c.until, c.code, c.message, c.request_id, current.candidate_id IS NOT NULL
            FROM current_connection AS current JOIN connection AS c ON c.id = coalesce(current.connection_id, current.candidate_id)
            """
        ) { row throws(StoreError) in
            let connection = try row.connection()
            return row.flag(9) ? .question(candidate: connection) : .connection(connection)
        }
    }

    package func findConnection(_ id: Connection.ID) throws(StoreError) -> Connection? {
        try first(
            "SELECT id, kind, base, app_id, state, until, code, message, request_id FROM connection WHERE id = ?", id
        ) { row throws(StoreError) in try row.connection() }
    }

    /// The live connections at an API base, the latest first.
    package func findLiveConnections(base: String) throws(StoreError) -> [Connection] {
        try all(
            """
            SELECT id, kind, base, app_id, state, until, code, message, request_id FROM connection
            WHERE kind = 'live' AND base = ? ORDER BY id DESC
            """, base
        ) { row throws(StoreError) in try row.connection() }
    }
}

extension Transaction {
    /// The connection of this base and developer app, made when it is new.
    package func ensureConnection(
        kind: Connection.Kind, base: String, appID: String, now: Timestamp
    ) throws(StoreError) -> Connection.ID {
        try database.run(
            "INSERT INTO connection (kind, base, app_id, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            kind.rawValue, base, appID, now)
        let id: Connection.ID? = try database.first(
            "SELECT id FROM connection WHERE kind = ? AND base = ? AND app_id = ?", kind.rawValue, base, appID
        ) { row in row.id(0) }
        guard let id else { throw StoreError(code: SQLITE_INTERNAL, operation: "ensure a connection") }
        return id
    }

    package mutating func useConnection(_ id: Connection.ID) throws(StoreError) {
        try database.run("INSERT OR REPLACE INTO current_connection VALUES (1, ?, NULL)", id)
        announce(.connection)
    }

    package mutating func askAboutConnection(candidate: Connection.ID) throws(StoreError) {
        try database.run("INSERT OR REPLACE INTO current_connection VALUES (1, NULL, ?)", candidate)
        announce(.connection)
    }

    /// The person's answer to the question; nothing happens when none is open.
    /// - Parameters:
    ///   - isSameApp: the new token belongs to the candidate's developer app.
    ///   - newAppID: the id of the new connection otherwise.
    package mutating func answerConnectionQuestion(isSameApp: Bool, newAppID: String, now: Timestamp) throws(StoreError) {
        guard case .question(let candidate) = try database.findCurrentConnection() else { return }
        if isSameApp {
            try useConnection(candidate.id)
            try apply(.mended, to: candidate.id, now: now)
        } else {
            try useConnection(ensureConnection(kind: .live, base: candidate.base, appID: newAppID, now: now))
        }
    }

    /// Somebody changed whom the app talks to.
    /// - Parameter change: in words, without the token.
    package mutating func noteConnectionChange(_ change: String, by actor: Actor, now: Timestamp) throws(StoreError) {
        try audit(.connectionChanged, change, by: actor, now: now)
        announce(.connection)
    }

    /// Lets something happen to a connection; nothing when it does not fit its state.
    package mutating func apply(_ event: ConnectionEvent, to id: Connection.ID, now: Timestamp) throws(StoreError) {
        guard let state = try database.findConnection(id)?.state.after(event, now: now) else { return }
        try recordState(state, of: id)
    }

    /// - Returns: how many times in a row the connection has been throttled.
    @discardableResult
    package mutating func recordState(_ state: ConnectionState, of id: Connection.ID) throws(StoreError) -> Int {
        let until: Timestamp?
        let refusal: Refusal?
        switch state {
        case .working: (until, refusal) = (nil, nil)
        case .throttled(let time): (until, refusal) = (time, nil)
        case .needsAttention(let reason): (until, refusal) = (nil, reason)
        }
        try database.run(
            """
            UPDATE connection SET state = ?, until = ?, code = ?, message = ?, request_id = ?,
                throttles = CASE WHEN ?1 = 'throttled' THEN throttles + 1 ELSE 0 END
            WHERE id = ?
            """, state.name.rawValue, until, refusal?.code, refusal?.message, refusal?.requestID, id)
        announce(.connection)
        return try throttles(of: id)
    }

    package func throttles(of id: Connection.ID) throws(StoreError) -> Int {
        try database.first("SELECT throttles FROM connection WHERE id = ?", id) { row in row.integer(0) } ?? 0
    }
}

extension Row {
    fileprivate func connection() throws(StoreError) -> Connection {
        let name: ConnectionState.Name = try word(4)
        let state: ConnectionState =
            switch name {
            case .working: .working
            case .throttled: .throttled(until: time(5))
            case .attention: .needsAttention(refusal(code: 6, message: 7, requestID: 8))
            }
        return Connection(id: id(0), kind: try word(1), base: text(2), appID: text(3), state: state)
    }
}
