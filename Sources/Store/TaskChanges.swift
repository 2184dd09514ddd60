import CSQLite
import Domain

/// A brief that passed, with all that is kept of the form it came from.
package struct TaskSubmission: Sendable {
    package let id: SubmissionID
    package let connection: Connection.ID
    package let brief: Brief
    package let form: BriefForm
    /// Nil only for a brief that names no asset.
    package let acknowledgement: Acknowledgement?
    package let member: Member.ID
    /// Nil for a program's, which has no draft.
    package let draft: DraftHold?

    package init(
        id: SubmissionID, connection: Connection.ID, brief: Brief, form: BriefForm, acknowledgement: Acknowledgement?, member: Member.ID,
        draft: DraftHold? = nil
    ) {
        self.id = id
        self.connection = connection
        self.brief = brief
        self.form = form
        self.acknowledgement = acknowledgement
        self.member = member
        self.draft = draft
    }
}

extension Transaction {
    package mutating func submit(_ submission: TaskSubmission, now: Timestamp) throws(StoreError) -> Submitted<GenerationTask.ID> {
        let brief = submission.brief
        let form = try JSONColumn.text(submission.form)
        let known: (id: GenerationTask.ID, form: String)? = try database.first(
            "SELECT id, form FROM task WHERE submission_id = ?", submission.id
        ) { row in (row.id(0), row.text(1)) }
        if let known { return known.form == form ? .repeated(known.id) : .conflict(known.id) }

        let state = brief.media.videos.isEmpty ? TaskState.Name.queued : .waiting
        try database.run(
            """
            INSERT INTO task (connection_id, submission_id, source, title, language, script_count, brief, form, state, due, member_id, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, submission.connection, submission.id, brief.source.rawValue, brief.title, brief.language.rawValue, brief.count,
            try JSONColumn.text(brief), form, state.rawValue, now, submission.member, now)
        let id = GenerationTask.ID(database.lastInsertedRow)
        for (position, video) in brief.media.videos.enumerated() {
            try database.run("INSERT INTO task_video (task_id, video_id, position) VALUES (?, ?, ?)", id, video, position)
        }
        if let acknowledgement = submission.acknowledgement {
            try record(acknowledgement, by: submission.member, task: id, now: now)
        }
        try settleDesk(after: submission, of: id)
        announce(.task(id))
        if state == .waiting { try settle(id, now: now) }
        return .new(id)
    }

    /// Lets something happen to a task, by compare-and-set.
    /// - Returns: the new state; nil when the event does not fit the state any more, and then nothing has changed.
    @discardableResult
    package mutating func apply(
        _ event: TaskEvent, to id: GenerationTask.ID, due: Timestamp? = nil, now: Timestamp
    ) throws(StoreError) -> TaskState? {
        guard let task = try database.findTask(id), let state = task.state.after(event) else { return nil }
        let failure: Failure?
        let message: String?
        switch state {
        case .failed(let reason): (failure, message) = (reason, reason.message)
        case .unconfirmed(let reason): (failure, message) = (nil, reason)
        case .waiting, .queued, .sending, .running, .succeeded, .cancelled, .stalled: (failure, message) = (nil, nil)
        }
        // A stalled task that a person asked about in vain has been at rest since before.
        let ended = state.isAtRest ? (state.name == task.state.name ? task.ended : now) : nil
        var closedByPerson = false
        if case .succeeded(_, closedByPerson: true) = state { closedByPerson = true }
        let changed = try database.run(
            """
            UPDATE task SET state = ?, remote_id = ?, remote_status = ?, closed_by_person = ?, failure = ?, code = ?, message = ?,
                request_id = ?, due = coalesce(?, due), ended = ?
            WHERE id = ? AND state = ?
            """, state.name.rawValue, state.remote?.id, state.remote?.status.word, closedByPerson, failure?.name.rawValue,
            failure?.refusal?.code, message, failure?.refusal?.requestID, due, ended, id, task.state.name.rawValue)
        guard changed > 0 else { return nil }
        if state.name != task.state.name { try planSearch(for: task, now: now) }
        if state != task.state { announce(.task(id)) }
        return state
    }

    /// A person asks for the state now. Nothing happens when the task cannot bring anything any more.
    package mutating func requestPoll(of id: GenerationTask.ID, now: Timestamp) throws(StoreError) {
        let changed = try database.run("UPDATE task SET due = ? WHERE id = ? AND state IN ('running', 'stalled')", now, id)
        if changed > 0 { announce(.task(id)) }
    }

    /// What the state of its videos means for a brief that has not been sent.
    mutating func settle(_ id: GenerationTask.ID, now: Timestamp) throws(StoreError) {
        let states = try database.findVideos(of: id).map(\.state.name)
        if states.contains(.failed) || states.contains(.rejected) {
            try apply(.videoUnusable, to: id, now: now)
        } else if states.allSatisfy({ $0 == .ready }) {
            try apply(.videosReady, to: id, now: now)
        }
    }

    mutating func settleTasks(waitingFor video: Video.ID, now: Timestamp) throws(StoreError) {
        let tasks: [GenerationTask.ID] = try database.all(
            """
            SELECT t.id FROM task_video AS v JOIN task AS t ON t.id = v.task_id
            WHERE v.video_id = ? AND t.state IN ('waiting', 'queued') ORDER BY t.id
            """, video
        ) { row in row.id(0) }
        for task in tasks { try settle(task, now: now) }
    }
}
