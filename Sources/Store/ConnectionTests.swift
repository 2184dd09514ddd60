import Domain

/// A test that the worker is to make, with its call begun.
package struct ClaimedTest: Sendable {
    package let connection: Connection.ID
    package let call: Call.ID
}

extension Database {
    /// The latest one of a connection.
    package func findConnectionTest(of connection: Connection.ID) throws(StoreError) -> ConnectionTest? {
        try first(
            """
            SELECT c.id, c.endpoint, c.started, c.ended, c.result, c.code, c.message, c.request_id, c.detail, t.id, t.call_id IS NULL
            FROM connection_test AS t LEFT JOIN call AS c ON c.id = t.call_id WHERE t.connection_id = ? ORDER BY t.id DESC LIMIT 1
            """, connection
        ) { row throws(StoreError) in
            if row.flag(10) { return ConnectionTest(id: row.id(9), state: .queued) }
            let call = try row.call()
            guard let result = call.result, let ended = call.ended else { return ConnectionTest(id: row.id(9), state: .sending) }
            return ConnectionTest(id: row.id(9), state: .done(result, ended))
        }
    }
}

extension Transaction {
    /// One at a time: while one waits or runs, nothing happens.
    package mutating func requestConnectionTest(of connection: Connection.ID, by actor: Actor, now: Timestamp) throws(StoreError) {
        switch try database.findConnectionTest(of: connection)?.state {
        case .queued, .sending: return
        case .done, nil: break
        }
        try database.run("INSERT INTO connection_test (connection_id, asked) VALUES (?, ?)", connection, now)
        try audit(.connectionTested, "", by: actor, now: now)
        announce(.connection)
    }

    /// Made also while the connection needs attention: that is when somebody wants to know. Not while it is told to wait.
    package mutating func claimConnectionTest(now: Timestamp) throws(StoreError) -> ClaimedTest? {
        guard let connection = try database.findCurrentConnection()?.connection else { return nil }
        if case .throttled(let until) = connection.state, until > now { return nil }
        let id: ConnectionTest.ID? = try database.first(
            "SELECT id FROM connection_test WHERE connection_id = ? AND call_id IS NULL ORDER BY id LIMIT 1", connection.id
        ) { row in row.id(0) }
        guard let id else { return nil }
        let call = try beginCall(.list, connection: connection.id, now: now)
        try database.run("UPDATE connection_test SET call_id = ? WHERE id = ?", call, id)
        announce(.connection)
        return ClaimedTest(connection: connection.id, call: call)
    }

    package mutating func record(_ test: ClaimedTest, _ result: CallResult, now: Timestamp) throws(StoreError) {
        try endCall(test.call, result, now: now)
        announce(.connection)
    }
}
