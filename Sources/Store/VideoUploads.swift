import CSQLite
import Domain

/// A video as a form names it.
package struct NewVideo: Sendable, Hashable {
    package let source: Video.Source
    /// Nil: the end of its address.
    package let name: String?
    package let facts: VideoFacts

    package init(source: Video.Source, name: String? = nil, facts: VideoFacts = VideoFacts()) {
        self.source = source
        self.name = name
        self.facts = facts
    }
}

/// Videos as one form names them.
package struct VideoSubmission: Sendable {
    package let id: SubmissionID
    package let connection: Connection.ID
    package let videos: [NewVideo]
    package let acknowledgement: Acknowledgement
    package let member: Member.ID

    package init(
        id: SubmissionID, connection: Connection.ID, videos: [NewVideo], acknowledgement: Acknowledgement, member: Member.ID
    ) {
        self.id = id
        self.connection = connection
        self.videos = videos
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

extension Transaction {
    /// - Returns: the first video's id. A form that came before is known by its addresses, and by the sizes of its files.
    package mutating func submit(_ submission: VideoSubmission, now: Timestamp) throws(StoreError) -> Submitted<Video.ID> {
        let known: [(id: Video.ID, url: String, size: Int?)] = try database.all(
            "SELECT id, url, size FROM video WHERE submission_id = ? ORDER BY position", submission.id
        ) { row in (row.id(0), row.text(1), row.integerOrNil(2)) }
        if let first = known.first {
            let isSame =
                known.count == submission.videos.count
                && zip(known, submission.videos).allSatisfy { $0.url == $1.source.url && $0.size == $1.source.size }
            return isSame ? .repeated(first.id) : .conflict(first.id)
        }
        var first: Video.ID?
        for (position, video) in submission.videos.enumerated() {
            let file = video.source.file
            let name = video.name ?? ""
            try database.run(
                """
                INSERT INTO video (connection_id, submission_id, position, url, state, due, member_id, created, name, media_key, media_name,
                    format, size, width, height, duration, search)
                VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, submission.connection, submission.id, position, video.source.url, now, submission.member, now, name, file?.key,
                file?.name, file?.format.rawValue, file?.size, video.facts.width, video.facts.height,
                video.facts.duration?.wholeMilliseconds, Self.search(name, video.source))
            let id = Video.ID(database.lastInsertedRow)
            first = first ?? id
            try record(submission.acknowledgement, by: submission.member, video: id, now: now)
            announce(.video(id))
        }
        guard let first else { throw StoreError(code: SQLITE_CONSTRAINT, operation: "submit no video") }
        return .new(first)
    }

    /// Takes the next upload that is due, marks it as sending and begins its call.
    /// - Parameter mediaBase: where the service reaches this app's files, without a slash at the end; nil leaves them in the queue.
    package mutating func claimUpload(
        on connection: Connection.ID, mediaBase: String? = nil, now: Timestamp
    ) throws(StoreError) -> ClaimedUpload? {
        let next: (id: Video.ID, source: Video.Source, attempts: Int)? = try database.first(
            """
            UPDATE video SET state = 'sending', attempts = attempts + 1
            WHERE id = (
                SELECT id FROM video WHERE connection_id = ?1 AND state = 'queued' AND due <= ?2 AND (?3 OR media_key IS NULL)
                ORDER BY id LIMIT 1)
            RETURNING id, url, attempts, media_key, media_name, format, size
            """, connection, now, mediaBase != nil
        ) { row throws(StoreError) in (row.id(0), try row.source(url: 1, key: 3, name: 4, format: 5, size: 6), row.integer(2)) }
        guard let next else { return nil }
        let url: AssetURL
        do throws(AssetURL.Mistake) {
            switch next.source {
            case .url(let typed): url = typed
            case .file(let file): url = try AssetURL((mediaBase ?? "") + file.path)
            }
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
        if state.name == .ready { try database.run("UPDATE video SET ready = ? WHERE id = ?", now, upload.video) }
        try settleTasks(waitingFor: upload.video, now: now)
    }

    func countAnswersLost(of video: Video.ID) throws(StoreError) -> Int {
        try database.first(
            """
            SELECT count(*) - (SELECT forgiven FROM video WHERE id = ?1) FROM call WHERE video_id = ?1 AND result = 'unknown'
            """, video
        ) { row in row.integer(0) } ?? 0
    }

    /// The service gave the video an id and will not have it in a brief.
    package mutating func rejectVideo(_ id: Video.ID, _ refusal: Refusal, now: Timestamp) throws(StoreError) {
        guard let video = try database.findVideo(id), case .ready(let remoteID) = video.state else { return }
        try change(id, from: .ready, to: .rejected(remoteID: remoteID, refusal), due: now)
        try settleTasks(waitingFor: id, now: now)
    }

    /// A person tries an upload that failed once more. Nothing happens when it is on its way already, or well.
    package mutating func uploadAgain(_ id: Video.ID, now: Timestamp) throws(StoreError) {
        guard let video = try database.findVideo(id) else { return }
        switch video.state {
        case .queued, .sending, .ready: return
        case .failed, .rejected: break
        }
        // A file goes out under the name it has by now: the service may have minded the old one.
        let name = video.source.file.map { MediaFile.name(for: video.name, format: $0.format) }
        try database.run(
            """
            UPDATE video SET attempts = 0, ready = NULL, media_name = ?2,
                forgiven = (SELECT count(*) FROM call WHERE video_id = ?1 AND result = 'unknown')
            WHERE id = ?1
            """, id, name)
        try change(id, from: video.state.name, to: .queued, due: now)
    }

    /// - Parameter name: valid as `Video.name(from:)` makes it.
    package mutating func renameVideo(_ id: Video.ID, _ name: String) throws(StoreError) {
        guard let video = try database.findVideo(id) else { return }
        try database.run("UPDATE video SET name = ?, search = ? WHERE id = ?", name, Self.search(name, video.source), id)
        announce(.video(id))
    }

    package mutating func archiveVideo(_ id: Video.ID, _ isArchived: Bool) throws(StoreError) {
        let changed = try database.run("UPDATE video SET archived = ?1 WHERE id = ?2 AND archived <> ?1", isArchived, id)
        if changed > 0 { announce(.video(id)) }
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

    private static func search(_ name: String, _ source: Video.Source) -> String {
        "\(name) \(source.url)".lowercased()
    }
}

extension Video.Source {
    /// As it stands in the column: empty for a file.
    fileprivate var url: String {
        switch self {
        case .url(let url): url.text
        case .file: ""
        }
    }

    fileprivate var file: MediaFile? {
        switch self {
        case .url: nil
        case .file(let file): file
        }
    }
}
