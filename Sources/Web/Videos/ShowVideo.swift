import Domain
import HTTP
import Store

/// One video: where its upload stands, and every call made for it.
@Sendable func showVideo(_ context: Context) throws(Problem) -> Response {
    let id: Video.ID = try context.id()
    let found = try context.read { database throws(StoreError) -> (Desk, Video, [Call])? in
        guard let video = try database.findVideo(id) else { return nil }
        return (try context.desk(database), video, try database.findCalls(of: id))
    }
    guard let (desk, video, calls) = found else { throw .notFound }
    let isLive = !video.state.isFinal
    let page = VideoPage(
        frame: context.frame(video.url.fileName.beginning(60), .videos, desk, refreshes: isLive),
        live: isLive ? "video \(id) connection" : "", video: VideoRow(video, desk), calls: calls.map { CallRow($0) })
    return .html(.ok, context.site.pages.video.render(page))
}
