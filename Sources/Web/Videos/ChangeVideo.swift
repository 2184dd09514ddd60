import Domain
import HTTP
import Store

// What a person can do to a video in the library. Each leads back to its page, which shows what came of it.

@Sendable func renameVideo(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let video = try context.existingVideo()
    guard let name = Video.name(from: form["name"] ?? "") else {
        return try context.videoPage(video.id, nameMistake: "Give the video a name.")
    }
    let site = context.site
    return context.write { transaction throws(StoreError) in
        try transaction.renameVideo(video.id, name)
    } then: {
        $0.leading(to: "/videos/\(video.id)", site, "video renamed", about: ("video", "\(video.id)"))
    }
}

@Sendable func uploadVideoAgain(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let video = try context.existingVideo()
    let (site, now) = (context.site, context.now)
    return context.write { transaction throws(StoreError) in
        try transaction.uploadAgain(video.id, now: now)
    } then: {
        $0.leading(to: "/videos/\(video.id)", site, "video uploaded again", about: ("video", "\(video.id)"))
    }
}

/// Out of the library and of new briefs; nothing is deleted, and it can come back.
@Sendable func archiveVideo(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.archive(true)
}

@Sendable func restoreVideo(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.archive(false)
}

/// The address of a form that was reloaded or bookmarked.
@Sendable func returnToVideo(_ context: Context) throws(Problem) -> Response {
    guard let action = context.captures.last, ["rename", "again", "archive", "restore"].contains(action) else { throw .notFound }
    return .seeOther("/videos/\(try context.existingVideo().id)")
}

extension Context {
    fileprivate func archive(_ isArchived: Bool) throws(Problem) -> Response {
        let video = try existingVideo()
        let site = site
        return write { transaction throws(StoreError) in
            try transaction.archiveVideo(video.id, isArchived)
        } then: {
            $0.leading(to: "/videos/\(video.id)", site, isArchived ? "video archived" : "video restored", about: ("video", "\(video.id)"))
        }
    }

    fileprivate func existingVideo() throws(Problem) -> Video {
        let id: Video.ID = try id()
        guard let video = try read({ database throws(StoreError) in try database.findVideo(id) }) else { throw .notFound }
        return video
    }
}
