import CSQLite
import Domain

/// Videos as one form names them.
package struct VideoSubmission: Sendable {
    package let id: SubmissionID
    package let connection: Connection.ID
    package let urls: [AssetURL]
    package let acknowledgement: Acknowledgement
    package let member: Member.ID

    package init(id: SubmissionID, connection: Connection.ID, urls: [AssetURL], acknowledgement: Acknowledgement, member: Member.ID) {
        self.id = id
        self.connection = connection
        self.urls = urls
        self.acknowledgement = acknowledgement
        self.member = member
    }
}

/// An upload that the worker is to make, already marked as sending.
package struct ClaimedUpload: Sendable {
    package let video: Video.ID
    package let url: AssetURL
    package let call: Call.ID
    /// How often it has been tried, this one included.
    package let attempts: Int
    /// How many of those may or may not have reached the service.
    package let answersLost: Int
}

extension Database {
    package func findVideo(_ id: Video.ID) throws(StoreError) -> Video? {
        try first("SELECT * FROM video_row WHERE id = ?", id) { row throws(StoreError) in try row.video() }
    }

    /// A page of videos, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findVideos(before: Video.ID? = nil, limit: Int) throws(StoreError) -> [Video] {
        try all(
            "SELECT * FROM video_row WHERE id < ? ORDER BY id DESC LIMIT ?", before?.rawValue ?? .max, limit
        ) { row throws(StoreError) in try row.video() }
    }

    /// What a brief on this connection can name: ready, or on the way.
    package func findUsableVideos(of connection: Connection.ID) throws(StoreError) -> [Video] {
        try all(
            """
            SELECT * FROM video_row WHERE connection_id = ? AND state IN ('queued', 'sending', 'ready') ORDER BY id DESC
            """, connection
        ) { row throws(StoreError) in try row.video() }
    }

    /// The videos of a task in the order of its brief.
    package func findVideos(of task: GenerationTask.ID) throws(StoreError) -> [Video] {
        try all(
            "SELECT v.* FROM task_video AS t JOIN video_row AS v ON v.id = t.video_id WHERE t.task_id = ? ORDER BY t.position", task
        ) { row throws(StoreError) in try row.video() }
    }
}

extension Transaction {
    /// - Returns: the first video's id.
    package mutating func submit(_ submission: VideoSubmission, now: Timestamp) throws(StoreError) -> Submitted<Video.ID> {
        let known: [(id: Video.ID, url: String)] = try database.all(
            "SELECT id, url FROM video WHERE submission_id = ? ORDER BY position", submission.id
        ) { row in (row.id(0), row.text(1)) }
        if let first = known.first {
            return known.map(\.url) == submission.urls.map(\.text) ? .repeated(first.id) : .conflict(first.id)
        }
        var first: Video.ID?
        for (position, url) in submission.urls.enumerated() {
            try database.run(
                """
                INSERT INTO video (connection_id, submission_id, position, url, state, due, member_id, created)
                VALUES (?, ?, ?, ?, 'queued', ?, ?, ?)
                """, submission.connection, submission.id, position, url.text, now, submission.member, now)
            let id = Video.ID(database.lastInsertedRow)
            first = first ?? id
            try record(submission.acknowledgement, by: submission.member, video: id, now: now)
            announce(.video(id))
        }
        guard let first else { throw StoreError(code: SQLITE_CONSTRAINT, operation: "submit no video") }
        return .new(first)
    }

    /// Takes the next upload that is due, marks it as sending and begins its call.
    package mutating func claimUpload(on connection: Connection.ID, now: Timestamp) throws(StoreError) -> ClaimedUpload? {
        let next: (id: Video.ID, url: String, attempts: Int)? = try database.first(
            """
            UPDATE video SET state = 'sending', attempts = attempts + 1
            WHERE id = (SELECT id FROM video WHERE connection_id = ? AND state = 'queued' AND due <= ? ORDER BY id LIMIT 1)
            RETURNING id, url, attempts
            """, connection, now
        ) { row in (row.id(0), row.text(1), row.integer(2)) }
        guard let next else { return nil }
        let url: AssetURL
        do throws(AssetURL.Mistake) {
            url = try AssetURL(next.url)
        } catch {
            throw StoreError(code: SQLITE_CORRUPT, operation: "read a video's address")
        }
        announce(.video(next.id))
        let answersLost = try countAnswersLost(of: next.id)
        let call = try beginCall(.upload, connection: connection, video: next.id, now: now)
        return ClaimedUpload(video: next.id, url: url, call: call, attempts: next.attempts, answersLost: answersLost)
    }

    /// Records how an upload ended. Briefs that wait for the video go on, or fail with it.
    package mutating func record(
        _ upload: ClaimedUpload, _ result: CallResult, state: VideoState, due: Timestamp, now: Timestamp
    ) throws(StoreError) {
        try endCall(upload.call, result, now: now)
        try change(upload.video, from: .sending, to: state, due: due)
        try settleTasks(waitingFor: upload.video, now: now)
    }

    func countAnswersLost(of video: Video.ID) throws(StoreError) -> Int {
        try database.first("SELECT count(*) FROM call WHERE video_id = ? AND result = 'unknown'", video) { row in row.integer(0) } ?? 0
    }

    /// The service gave the video an id and will not have it in a brief.
    package mutating func rejectVideo(_ id: Video.ID, _ refusal: Refusal, now: Timestamp) throws(StoreError) {
        guard let video = try database.findVideo(id), case .ready(let remoteID) = video.state else { return }
        try change(id, from: .ready, to: .rejected(remoteID: remoteID, refusal), due: now)
        try settleTasks(waitingFor: id, now: now)
    }

    /// Compare-and-set: nothing happens when the video is no longer where it was seen.
    mutating func change(_ id: Video.ID, from: VideoState.Name, to state: VideoState, due: Timestamp) throws(StoreError) {
        let failure: Failure? =
            switch state {
            case .queued, .sending, .ready: nil
            case .failed(let failure): failure
            case .rejected(_, let refusal): .refused(refusal)
            }
        let changed = try database.run(
            """
            UPDATE video SET state = ?, remote_id = ?, failure = ?, code = ?, message = ?, request_id = ?, due = ?
            WHERE id = ? AND state = ?
            """, state.name.rawValue, state.remoteID, failure?.name.rawValue, failure?.refusal?.code, failure?.message,
            failure?.refusal?.requestID, due, id, from.rawValue)
        if changed > 0 { announce(.video(id)) }
    }
}

extension Row {
    fileprivate func video() throws(StoreError) -> Video {
        let name: VideoState.Name = try word(3)
        let state: VideoState =
            switch name {
            case .queued: .queued
            case .sending: .sending
            case .ready: .ready(remoteID: text(4))
            case .failed: .failed(try failure(5, code: 6, message: 7, requestID: 8))
            case .rejected: .rejected(remoteID: text(4), refusal(code: 6, message: 7, requestID: 8))
            }
        do throws(AssetURL.Mistake) {
            return Video(
                id: id(0), connection: id(1), url: try AssetURL(text(2)), state: state, member: Member(id: id(10), name: text(11)),
                created: time(9))
        } catch {
            throw StoreError(code: SQLITE_CORRUPT, operation: "read a video's address")
        }
    }
}
