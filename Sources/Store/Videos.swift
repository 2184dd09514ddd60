import CSQLite
import Domain

/// Which videos a list shows.
package struct VideoFilter: Sendable, Hashable {
    /// Words of the name or the address, in lower case; empty for any.
    package var words: String
    /// Nil for any.
    package var state: VideoState.Name?
    package var showsArchived: Bool

    package init(words: String = "", state: VideoState.Name? = nil, showsArchived: Bool = false) {
        self.words = words.lowercased()
        self.state = state
        self.showsArchived = showsArchived
    }
}

extension Database {
    package func findVideo(_ id: Video.ID) throws(StoreError) -> Video? {
        try first("SELECT * FROM video_row WHERE id = ?", id) { row throws(StoreError) in try row.video() }
    }

    package func findVideo(media key: String) throws(StoreError) -> Video? {
        try first("SELECT * FROM video_row WHERE media_key = ?", key) { row throws(StoreError) in try row.video() }
    }

    /// A page of videos, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findVideos(
        _ filter: VideoFilter = VideoFilter(), before: Video.ID? = nil, limit: Int
    ) throws(StoreError) -> [Video] {
        try all(
            """
            SELECT * FROM video_row
            WHERE id < ?1 AND archived = ?2 AND (?3 IS NULL OR state = ?3) AND (?4 = '' OR instr(search, ?4) > 0)
            ORDER BY id DESC LIMIT ?5
            """, before?.rawValue ?? .max, filter.showsArchived, filter.state?.rawValue, filter.words, limit
        ) { row throws(StoreError) in try row.video() }
    }

    /// What a brief on this connection can name: ready, or on the way, and not archived.
    package func findUsableVideos(of connection: Connection.ID) throws(StoreError) -> [Video] {
        try all(
            """
            SELECT * FROM video_row WHERE connection_id = ? AND state IN ('queued', 'sending', 'ready') AND archived = 0 ORDER BY id DESC
            """, connection
        ) { row throws(StoreError) in try row.video() }
    }

    /// The videos of a task in the order of its brief.
    package func findVideos(of task: GenerationTask.ID) throws(StoreError) -> [Video] {
        try all(
            "SELECT v.* FROM task_video AS t JOIN video_row AS v ON v.id = t.video_id WHERE t.task_id = ? ORDER BY t.position", task
        ) { row throws(StoreError) in try row.video() }
    }

    /// The briefs that name a video, newest first.
    package func findTasks(showing video: Video.ID, limit: Int) throws(StoreError) -> [TaskSummary] {
        try all(
            """
            SELECT s.* FROM task_video AS t JOIN task_summary AS s ON s.id = t.task_id WHERE t.video_id = ? ORDER BY t.task_id DESC LIMIT ?
            """, video, limit
        ) { row throws(StoreError) in try row.taskSummary() }
    }

    package func countTasks(showing video: Video.ID) throws(StoreError) -> Int {
        try first("SELECT count(*) FROM task_video WHERE video_id = ?", video) { row in row.integer(0) } ?? 0
    }

    /// The names in the media folder that a video stands for.
    package func findMediaKeys() throws(StoreError) -> Set<String> {
        Set(try all("SELECT media_key FROM video WHERE media_key IS NOT NULL") { row in row.text(0) })
    }
}

extension Row {
    func video() throws(StoreError) -> Video {
        let name: VideoState.Name = try word(3)
        let state: VideoState =
            switch name {
            case .queued: .queued
            case .sending: .sending
            case .ready: .ready(remoteID: text(4))
            case .failed: .failed(try failure(5, code: 6, message: 7, requestID: 8))
            case .rejected: .rejected(remoteID: text(4), refusal(code: 6, message: 7, requestID: 8))
            }
        let source = try source(url: 2, key: 13, name: 14, format: 15, size: 16)
        let facts = VideoFacts(
            width: integerOrNil(17), height: integerOrNil(18), duration: integerOrNil(19).map { .milliseconds($0) })
        return Video(
            id: id(0), connection: id(1), source: source, name: text(12).isEmpty ? source.fileName : text(12), facts: facts, state: state,
            member: Member(id: id(10), name: text(11)), created: time(9), ready: timeOrNil(20), isArchived: flag(21))
    }

    func source(url: Int32, key: Int32, name: Int32, format: Int32, size: Int32) throws(StoreError) -> Video.Source {
        if !isNull(key) {
            return .file(MediaFile(key: text(key), name: text(name), format: try word(format), size: integer(size)))
        }
        do throws(AssetURL.Mistake) {
            return .url(try AssetURL(text(url)))
        } catch {
            throw StoreError(code: SQLITE_CORRUPT, operation: "read a video's address")
        }
    }
}
