import HTTP

/// What the site does about a request.
enum Action: Sendable {
    case show(@Sendable (Context) throws(Problem) -> Response)
    /// A form of ours, already known to be.
    case submit(@Sendable (Context, FormData) throws(Problem) -> Response)
    /// Likewise, with files: what the loop knows of it, and then the rest elsewhere.
    case receive(@Sendable (Context) throws(Problem) -> VideoReception)
}

/// The site's map: every address there is, and the one place that does it.
enum Routes {
    static let all: [Route<Action>] = [
        Route(.get, "/", .show(showHome)),

        Route(.get, "/tasks", .show(listTasks)),
        Route(.get, "/tasks/new", .show(newBrief)),
        Route(.post, "/tasks/new", .submit(submitBrief)),
        Route(.get, "/tasks/:id", .show(showTask)),
        Route(.post, "/tasks/:id/cancel", .submit(cancelTask)),
        Route(.post, "/tasks/:id/close", .submit(closeTask)),
        Route(.post, "/tasks/:id/poll", .submit(pollTask)),
        Route(.post, "/tasks/:id/resend", .submit(resendTask)),
        Route(.post, "/tasks/:id/search", .submit(searchScripts)),
        Route(.post, "/tasks/:id/adopt", .submit(adoptScripts)),
        Route(.get, "/tasks/:id/:action", .show(returnToTask)),

        Route(.get, "/scripts", .show(listScripts)),
        Route(.get, "/scripts/:id", .show(showScript)),

        Route(.get, "/videos", .show(listVideos)),
        Route(.get, "/videos/new", .show(newVideos)),
        Route(.post, "/videos/new", .receive(receiveVideos)),
        Route(.get, "/videos/:id", .show(showVideo)),
        Route(.get, "/videos/:id/file", .show(showVideoFile)),
        Route(.post, "/videos/:id/rename", .submit(renameVideo)),
        Route(.post, "/videos/:id/again", .submit(uploadVideoAgain)),
        Route(.post, "/videos/:id/archive", .submit(archiveVideo)),
        Route(.post, "/videos/:id/restore", .submit(restoreVideo)),
        Route(.get, "/videos/:id/:action", .show(returnToVideo)),

        Route(.get, "/media/:key/:name", .show(showMedia)),

        Route(.get, "/acknowledgements", .show(listAcknowledgements)),
        Route(.get, "/acknowledgements.csv", .show(exportAcknowledgements)),

        Route(.get, "/connection", .show(showConnection)),
        Route(.post, "/connection", .submit(changeConnection)),

        Route(.get, "/activity", .show(showActivity)),

        Route(.get, "/events", .show { _ in Response(.ok, body: .eventStream) }),
        Route(.get, "/healthz", .show(showHealth)),
    ]
}
