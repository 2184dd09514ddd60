import Domain
import HTTP
import Store

/// One video: where its upload stands, what it is, where it is used, and every call made for it.
@Sendable func showVideo(_ context: Context) throws(Problem) -> Response {
    try context.videoPage(try context.id())
}

extension Context {
    /// - Parameter nameMistake: why a new name was not taken.
    func videoPage(_ id: Video.ID, nameMistake: String? = nil) throws(Problem) -> Response {
        let found = try read { database throws(StoreError) -> (Desk, Video, [Call], [TaskSummary])? in
            guard let video = try database.findVideo(id) else { return nil }
            return (
                try desk(database), video, try database.findCalls(of: id),
                try database.findTasks(showing: id, limit: VideoPage.tasksShown)
            )
        }
        guard let (desk, video, calls, tasks) = found else { throw .notFound }
        let isLive = !video.state.isFinal
        let isCurrent = video.connection == desk.connection?.id
        // Whoever asks to see a foreign address lets this page, and it alone, load from there.
        var origin: String?
        if case .url(let url) = video.source, request.queryItems["preview"] != nil { origin = url.origin }
        let page = VideoPage(
            frame: frame(video.name.beginning(60), .videos, desk, refreshes: isLive),
            live: isLive ? "video \(id) connection" : "",
            video: VideoRow(video, desk, uses: tasks.count, takesFiles: site.takesFiles),
            showsPreview: origin != nil,
            rename: may(.writer) ? postForm("/videos/\(id)/rename") : nil,
            name: FormField(name: "name", value: video.name, errors: nameMistake.map { [$0] } ?? []),
            again: video.offersUpload && isCurrent && may(.writer) ? postForm("/videos/\(id)/again") : nil,
            archive: may(.writer) ? postForm("/videos/\(id)/\(video.isArchived ? "restore" : "archive")") : nil,
            tasks: tasks.map { TaskRow($0, desk) },
            calls: calls.map { CallRow($0) })
        let response = Response.html(nameMistake == nil ? .ok : .unprocessableContent, site.pages.video.render(page))
        return origin.map { response.withMedia(from: $0) } ?? response
    }
}

extension Video {
    /// What failed can be tried again.
    fileprivate var offersUpload: Bool {
        switch state {
        case .queued, .sending, .ready: false
        case .failed, .rejected: true
        }
    }
}
