import CSQLite
import Domain

extension Database {
    package func findCalls(of task: GenerationTask.ID) throws(StoreError) -> [Call] {
        try all(
            """
            SELECT id, endpoint, started, ended, result, code, message, request_id, detail FROM call WHERE task_id = ? ORDER BY id
            """, task
        ) { row throws(StoreError) in try row.call() }
    }

    package func findCalls(of video: Video.ID) throws(StoreError) -> [Call] {
        try all(
            """
            SELECT id, endpoint, started, ended, result, code, message, request_id, detail FROM call WHERE video_id = ? ORDER BY id
            """, video
        ) { row throws(StoreError) in try row.call() }
    }

    /// How long ago each create of the last minute ended, by the wall clock and clamped to 0–60 s, since that clock may have been set
    /// meanwhile; zero for one that still runs. A call that never left does not count.
    package func findCreateAges(of connection: Connection.ID, now: Timestamp) throws(StoreError) -> [Duration] {
        try all(
            """
            SELECT ended FROM call WHERE connection_id = ?1 AND endpoint = 'create' AND ended > ?2 AND result <> 'unsent'
            UNION ALL SELECT ended FROM call WHERE connection_id = ?1 AND endpoint = 'create' AND ended IS NULL
            """, connection, now - CreateLimit.window
        ) { row in
            guard let ended = row.timeOrNil(0) else { return .zero }
            return min(max(now - ended, .zero), CreateLimit.window)
        }
    }
}

extension Transaction {
    func beginCall(
        _ endpoint: Call.Endpoint, connection: Connection.ID, task: GenerationTask.ID? = nil, video: Video.ID? = nil, now: Timestamp
    ) throws(StoreError) -> Call.ID {
        try database.run(
            "INSERT INTO call (connection_id, endpoint, task_id, video_id, started) VALUES (?, ?, ?, ?, ?)",
            connection, endpoint.rawValue, task, video, now)
        return Call.ID(database.lastInsertedRow)
    }

    /// A call ends once: one that was ended at a start is left as it is.
    func endCall(_ id: Call.ID, _ result: CallResult, now: Timestamp) throws(StoreError) {
        let code: Int?
        let message: String
        let requestID: String?
        let detail: String?
        switch result {
        case .done(let receipt, let text): (code, message, requestID, detail) = (receipt.code, receipt.message, receipt.requestID, text)
        case .refused(let refusal): (code, message, requestID, detail) = (refusal.code, refusal.message, refusal.requestID, nil)
        case .notSent(let reason), .unknown(let reason): (code, message, requestID, detail) = (nil, reason, nil, nil)
        }
        try database.run(
            """
            UPDATE call SET ended = max(started, ?), result = ?, code = ?, message = ?, request_id = ?, detail = ?
            WHERE id = ? AND ended IS NULL
            """, now, result.name.rawValue, code, message, requestID, detail, id)
    }
}

extension Row {
    /// From the first nine columns.
    func call() throws(StoreError) -> Call {
        var result: CallResult?
        if !isNull(4) {
            let name: CallResult.Name = try word(4)
            result =
                switch name {
                case .done: .done(Receipt(code: integer(5), message: text(6), requestID: textOrNil(7)), detail: text(8))
                case .refused: .refused(refusal(code: 5, message: 6, requestID: 7))
                case .unsent: .notSent(reason: text(6))
                case .unknown: .unknown(reason: text(6))
                }
        }
        return Call(id: id(0), endpoint: try word(1), started: time(2), ended: timeOrNil(3), result: result)
    }
}
