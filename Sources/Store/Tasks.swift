import CSQLite
import Domain

/// A task as a list shows it.
package struct TaskSummary: Sendable, Hashable {
    package let id: GenerationTask.ID
    package let title: String
    package let source: ScriptSource
    package let language: ScriptLanguage
    package let state: TaskState.Name
    package let scriptsAsked: Int
    package let scriptsHere: Int
    package let created: Timestamp
    package let member: String
    package let connection: Connection.ID
    package let kind: Connection.Kind
}

extension Database {
    package func findTask(_ id: GenerationTask.ID) throws(StoreError) -> GenerationTask? {
        try first("SELECT * FROM task_row WHERE id = ?", id) { row throws(StoreError) in try row.task() }
    }

    /// A page of tasks, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findTasks(before: GenerationTask.ID? = nil, limit: Int) throws(StoreError) -> [TaskSummary] {
        try all(
            "SELECT * FROM task_summary WHERE id < ? ORDER BY id DESC LIMIT ?", before?.rawValue ?? .max, limit
        ) { row throws(StoreError) in try row.taskSummary() }
    }

    /// What is not at rest, oldest first: what the worker has before it.
    package func findActiveTasks(of connection: Connection.ID, limit: Int) throws(StoreError) -> [TaskSummary] {
        try all(
            """
            SELECT * FROM task_summary WHERE connection_id = ? AND state IN ('waiting', 'queued', 'sending', 'running')
            ORDER BY id LIMIT ?
            """, connection, limit
        ) { row throws(StoreError) in try row.taskSummary() }
    }

    /// How many briefs go out before this one; `mostCounted` for any more.
    package func countTasksAhead(of task: GenerationTask) throws(StoreError) -> Int {
        try first(
            "SELECT count(*) FROM (SELECT 1 FROM task WHERE connection_id = ? AND state = 'queued' AND id < ? LIMIT ?)",
            task.connection, task.id, Self.mostCounted
        ) { row in row.integer(0) } ?? 0
    }

    /// What waits on the current connection, and since when the first of it does.
    package func findQueue() throws(StoreError) -> (count: Int, oldest: Timestamp?) {
        try first(
            """
            SELECT count(*), min(created) FROM task
            WHERE connection_id = (SELECT connection_id FROM current_connection) AND state = 'queued'
            """
        ) { row in (row.integer(0), row.timeOrNil(1)) } ?? (0, nil)
    }

    /// How long the service took lately from the call to the last script: the median of the newest tasks that it ended by itself.
    /// - Returns: nil where too few have ended to tell.
    package func findUsualTime(of connection: Connection.ID) throws(StoreError) -> Duration? {
        let times = try all(
            """
            SELECT sent, ended FROM task
            WHERE connection_id = ? AND state = 'succeeded' AND sent IS NOT NULL AND ended IS NOT NULL AND closed_by_person = 0
            ORDER BY due DESC LIMIT 15
            """, connection
        ) { row in row.time(1) - row.time(0) }
        return times.count < 3 ? nil : times.sorted()[times.count / 2]
    }

    /// `mostCounted` for any more.
    package func countQueuedTasks(of connection: Connection.ID) throws(StoreError) -> Int {
        try first(
            "SELECT count(*) FROM (SELECT 1 FROM task WHERE connection_id = ? AND state = 'queued' LIMIT ?)", connection, Self.mostCounted
        ) { row in row.integer(0) } ?? 0
    }

    /// A queue is counted no further than a person cares for, since every form asks: at two briefs a minute these take a working day.
    package static var mostCounted: Int { 1_000 }
}

extension Row {
    func taskSummary() throws(StoreError) -> TaskSummary {
        TaskSummary(
            id: id(0), title: text(1), source: try word(2), language: try word(3), state: try word(4), scriptsAsked: integer(5),
            scriptsHere: integer(6), created: time(7), member: text(8), connection: id(9), kind: try word(10))
    }

    fileprivate func task() throws(StoreError) -> GenerationTask {
        GenerationTask(
            id: id(0), connection: id(1), brief: try JSONColumn.value(text(2)), form: try JSONColumn.value(text(3)),
            state: try taskState(), member: Member(id: id(16), name: text(17)), created: time(12), sent: timeOrNil(13),
            lastScript: timeOrNil(14), ended: timeOrNil(15))
    }

    private func taskState() throws(StoreError) -> TaskState {
        let name: TaskState.Name = try word(4)
        let remote = RemoteTask(id: text(5), status: RemoteStatus(word: text(6)))
        return switch name {
        case .waiting: .waiting
        case .queued: .queued
        case .sending: .sending
        case .running: .running(remote)
        case .succeeded: .succeeded(remote, closedByPerson: flag(7))
        case .failed: .failed(try failure(8, code: 9, message: 10, requestID: 11))
        case .cancelled: .cancelled
        case .unconfirmed: .unconfirmed(reason: text(10))
        case .stalled: .stalled(remote)
        }
    }
}
