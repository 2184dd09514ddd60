import Domain
import HTTP
import Store

/// All videos, newest first; `?before=ID` begins after that one.
@Sendable func listVideos(_ context: Context) throws(Problem) -> Response {
    let before: Video.ID? = context.before()
    let (desk, videos) = try context.read { database throws(StoreError) in
        (try context.desk(database), try database.findVideos(before: before, limit: rowsOnAPage + 1))
    }
    let shown = videos.prefix(rowsOnAPage)
    let page = VideosPage(
        frame: context.frame("Videos", .videos, desk, refreshes: before == nil && shown.contains { !$0.state.isFinal }),
        live: before == nil ? "video connection" : "",
        videos: shown.map { VideoRow($0, desk) },
        pager: Pager("/videos", isFirst: before == nil, last: videos.count > rowsOnAPage ? shown.last?.id : nil))
    return .html(.ok, context.site.pages.videos.render(page))
}

extension VideoRow {
    init(_ video: Video, _ desk: Desk) {
        self.init(
            id: "\(video.id)", fileName: video.url.fileName, url: video.url.text, state: video.state.name.rawValue,
            stateWords: video.state.words, member: video.member.name, added: Moment(video.created),
            remoteID: video.state.remoteID ?? "", otherConnection: video.connection == desk.connection?.id ? "" : "another connection")
        switch video.state {
        case .queued, .sending, .ready: break
        case .rejected(_, let refusal):
            show(refusal, reason: "The service gave this video an id, but will not use it in a brief. Upload another one.")
        case .failed(let failure):
            reason = failure.words
            if case .refused(let refusal) = failure { show(refusal, reason: failure.words) }
            if case .noAnswer(let words) = failure { message = words }
        }
    }

    private mutating func show(_ refusal: Refusal, reason: String) {
        self.reason = reason
        code = String(refusal.code)
        message = refusal.message
        requestID = refusal.requestID ?? ""
    }
}

extension VideoState {
    fileprivate var words: String {
        switch self {
        case .queued: "queued"
        case .sending: "uploading"
        case .ready: "ready"
        case .failed: "failed"
        case .rejected: "rejected by the service"
        }
    }
}
