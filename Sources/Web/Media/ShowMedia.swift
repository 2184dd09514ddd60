import Domain
import HTTP
import Store

/// A video as the service fetches it: to anyone who knows the address, until a day after the upload. There is nothing else under `/media/`.
@Sendable func showMedia(_ context: Context) throws(Problem) -> Response {
    guard context.captures.count == 2 else { throw .notFound }
    let (key, name) = (context.captures[0], context.captures[1])
    let video = try context.read { database throws(StoreError) in try database.findVideo(media: key) }
    guard let video, case .file(let file) = video.source, file.name == name, video.isOpen(at: context.now) else { throw .notFound }
    return context.site.file(file)
}

/// The same for people here, as long as the video is in the library.
@Sendable func showVideoFile(_ context: Context) throws(Problem) -> Response {
    let id: Video.ID = try context.id()
    let video = try context.read { database throws(StoreError) in try database.findVideo(id) }
    guard let video, case .file(let file) = video.source else { throw .notFound }
    return context.site.file(file)
}

extension Site {
    /// Its content was checked when it came, and still nothing in it may run as a page of this app.
    fileprivate func file(_ file: MediaFile) -> Response {
        Response(
            .ok,
            headers: [
                "Content-Type": file.format.contentType, "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, max-age=86400",
            ], body: .file(path: media.path(of: file.key)))
    }
}
