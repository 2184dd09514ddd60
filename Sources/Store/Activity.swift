import CSQLite
import Domain

/// A call with what it was made for.
package struct ActivityEntry: Sendable, Hashable {
    package let call: Call
    package let task: GenerationTask.ID?
    package let video: Video.ID?
}

/// Which calls a page of the log shows.
package enum ActivityFilter: Sendable, Hashable {
    case all
    case running
    case ended(CallResult.Name)
}

/// How many calls of late ended in one way that was not success.
package struct TroubleCount: Sendable, Hashable {
    package let result: CallResult.Name
    /// Of those that the service refused.
    package let code: Int?
    package let count: Int
}

extension Database {
    /// A page of the log of calls, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findActivity(_ filter: ActivityFilter, before: Call.ID? = nil, limit: Int) throws(StoreError) -> [ActivityEntry] {
        let end = before?.rawValue ?? .max
        switch filter {
        case .all:
            return try all(
                """
                SELECT id, endpoint, started, ended, result, code, message, request_id, detail, task_id, video_id FROM call
                WHERE id < ? ORDER BY id DESC LIMIT ?
                """, end, limit
            ) { row throws(StoreError) in try row.activity() }
        case .running:
            return try all(
                """
                SELECT id, endpoint, started, ended, result, code, message, request_id, detail, task_id, video_id FROM call
                WHERE ended IS NULL AND id < ? ORDER BY id DESC LIMIT ?
                """, end, limit
            ) { row throws(StoreError) in try row.activity() }
        case .ended(let name):
            return try all(
                """
                SELECT id, endpoint, started, ended, result, code, message, request_id, detail, task_id, video_id FROM call
                WHERE result = ? AND id < ? ORDER BY id DESC LIMIT ?
                """, name.rawValue, end, limit
            ) { row throws(StoreError) in try row.activity() }
        }
    }

    /// How many briefs were written on each of these days. Times of tasks run as their ids do (`taskSearchSchema`), and no task is ever
    /// deleted: so between the first ones of two days there are as many as their ids differ by, and a busy month takes no longer.
    /// - Parameter days: whole days since 1970-01-01 in UTC.
    /// - Returns: a count for each of them, in their order.
    package func countTasks(onEachOf days: ClosedRange<Int>) throws(StoreError) -> [Int] {
        let firsts = try all(
            """
            WITH RECURSIVE day (begins) AS (VALUES (?) UNION ALL SELECT begins + 86400000 FROM day WHERE begins < ?)
            SELECT coalesce((SELECT id FROM task WHERE created >= begins ORDER BY created LIMIT 1), (SELECT max(id) + 1 FROM task), 1)
            FROM day
            """, days.lowerBound * 86_400_000, (days.upperBound + 1) * 86_400_000
        ) { row in row.integer(0) }
        return zip(firsts, firsts.dropFirst()).map { $1 - $0 }
    }

    /// How long the newest briefs waited for their first script.
    package func findTimesToFirstScript(limit: Int) throws(StoreError) -> [Duration] {
        try all(
            """
            SELECT max(0, s.created - t.created) FROM script AS s JOIN task AS t ON t.id = s.task_id
            WHERE s.position = 1 AND s.id > (SELECT max(id) FROM script) - ? ORDER BY s.id DESC
            """, limit * 8
        ) { row in .milliseconds(row.integer(0)) }
    }

    package func countTroubles(since: Timestamp) throws(StoreError) -> [TroubleCount] {
        try all(
            """
            SELECT result, code, count(*) AS calls FROM call WHERE result <> 'done' AND started >= ?
            GROUP BY result, code ORDER BY calls DESC, code
            """, since
        ) { row throws(StoreError) in TroubleCount(result: try row.word(0), code: row.integerOrNil(1), count: row.integer(2)) }
    }
}

extension Transaction {
    /// Calls are kept for ninety days: far longer than support asks back, and than any limit remembers.
    package static let callsAreKept = Duration.seconds(90 * 24 * 60 * 60)

    /// - Returns: whether there is more to remove, which another transaction should do: others wait meanwhile.
    package mutating func pruneCalls(now: Timestamp) throws(StoreError) -> Bool {
        let most = 1_000
        let removed = try database.run(
            "DELETE FROM call WHERE id IN (SELECT id FROM call WHERE started < ? AND ended IS NOT NULL ORDER BY started LIMIT ?)",
            now - Self.callsAreKept, most)
        return removed == most
    }
}

extension Row {
    fileprivate func activity() throws(StoreError) -> ActivityEntry {
        ActivityEntry(call: try call(), task: isNull(9) ? nil : id(9), video: isNull(10) ? nil : id(10))
    }
}
