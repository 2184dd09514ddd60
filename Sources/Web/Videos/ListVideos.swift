import Domain
import HTTP
import Store

/// The library, newest first: `?q=` looks for words, `?state=` for a state, `?archived=1` shows what was put away; `?before=ID` begins after
/// that one.
@Sendable func listVideos(_ context: Context) throws(Problem) -> Response {
    let before: Video.ID? = context.before()
    let query = context.request.queryItems
    let words = (query["q"] ?? "").trimmed
    let filter = VideoFilter(
        words: words, state: query["state"].flatMap { VideoState.Name(rawValue: $0) }, showsArchived: query["archived"] == "1")
    let (desk, videos, uses) = try context.read { database throws(StoreError) in
        let videos = try database.findVideos(filter, before: before, limit: rowsOnAPage + 1)
        var uses: [Int] = []
        for video in videos.prefix(rowsOnAPage) { uses.append(try database.countTasks(showing: video.id)) }
        return (try context.desk(database), videos, uses)
    }
    let shown = videos.prefix(rowsOnAPage)
    let isFirst = before == nil
    let takesFiles = context.site.takesFiles
    let page = VideosPage(
        frame: context.frame("Videos", .videos, desk, refreshes: isFirst && shown.contains { !$0.state.isFinal }),
        live: isFirst ? "video connection" : "",
        videos: zip(shown, uses).map { VideoRow($0, desk, uses: $1, takesFiles: takesFiles) },
        words: words, states: VideosPage.states(filter.state), showsArchived: filter.showsArchived,
        isFiltered: filter != VideoFilter(),
        pager: Pager(filter.address, isFirst: isFirst, last: videos.count > rowsOnAPage ? shown.last?.id : nil))
    return .html(.ok, context.site.pages.videos.render(page))
}

extension VideosPage {
    fileprivate static func states(_ chosen: VideoState.Name?) -> [FormField.Option] {
        [FormField.Option(value: "", label: "any state", isChosen: chosen == nil)]
            + VideoState.Name.allCases.map { FormField.Option(value: $0.rawValue, label: $0.words, isChosen: $0 == chosen) }
    }
}

extension VideoFilter {
    /// `/videos?q=lamp&state=ready`
    fileprivate var address: String {
        var items: [String] = []
        if !words.isEmpty { items.append("q=\(percentEncode(words))") }
        if let state { items.append("state=\(state.rawValue)") }
        if showsArchived { items.append("archived=1") }
        return items.isEmpty ? "/videos" : "/videos?" + items.joined(separator: "&")
    }
}

extension VideoRow {
    /// - Parameter uses: how many briefs name it.
    init(_ video: Video, _ desk: Desk, uses: Int = 0, takesFiles: Bool = true) {
        self.init(
            id: "\(video.id)", fileName: video.name, url: "", state: video.state.name.rawValue,
            stateWords: video.state.name.words, member: video.member.name, added: Moment(video.created),
            remoteID: video.state.remoteID ?? "", otherConnection: video.connection == desk.connection?.id ? "" : "another connection")
        self.uses = uses == 0 ? "" : uses == 1 ? "in 1 brief" : "in \(uses) briefs"
        isArchived = video.isArchived
        facts = [video.facts.words, video.source.size?.inMegabytes ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        warnings = video.facts.warnings(size: video.source.size)
        switch video.source {
        case .url(let url):
            self.url = url.text
        case .file(let file):
            self.url = file.path
            preview = "/videos/\(video.id)/file"
            isOpen = video.isOpen(at: desk.now)
            if video.state == .queued, !takesFiles {
                reason = "It waits until the service can reach this app: start it with --public-url."
            }
        }
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

extension VideoState.Name {
    var words: String {
        switch self {
        case .queued: "queued"
        case .sending: "uploading"
        case .ready: "ready"
        case .failed: "failed"
        case .rejected: "rejected by the service"
        }
    }
}
