import HTTP

/// What the site does about a request.
enum Action: Sendable {
    case show(@Sendable (Context) throws(Problem) -> Response)
    /// A form of ours, already known to be.
    case submit(@Sendable (Context, FormData) throws(Problem) -> Response)
    /// Likewise, with files: what the loop knows of it, and then the rest elsewhere.
    case receive(@Sendable (Context) throws(Problem) -> VideoReception)
    /// A program's request, whose body is JSON.
    case answer(@Sendable (Context, JSONTree) throws(Problem) -> Response)
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
        Route(.get, "/scripts/counts", .show(countScripts)),
        Route(.get, "/scripts/download", .show(downloadScripts)),
        Route(.get, "/scripts/import", .show(showImport)),
        Route(.post, "/scripts/import", .submit(changeImport)),
        Route(.get, "/scripts/print", .show(printScripts)),
        Route(.post, "/scripts/sort", .submit(sortScripts)),
        Route(.post, "/scripts/undo", .submit(undoSorting)),
        Route(.get, "/scripts/tags", .show(listTags)),
        Route(.post, "/scripts/tags/rename", .submit(renameTag)),
        Route(.post, "/scripts/tags/merge", .submit(mergeTag)),
        Route(.get, "/scripts/trash", .show(showTrash)),
        Route(.get, "/scripts/:id", .show(showScript)),
        Route(.get, "/scripts/:id/edit", .show(showEdit)),
        Route(.post, "/scripts/:id/edit", .submit(editScript)),
        Route(.get, "/scripts/:id/versions", .show(showVersions)),
        Route(.post, "/scripts/:id/restore", .submit(restoreVersion)),
        Route(.post, "/scripts/:id/notes", .submit(addNote)),
        Route(.post, "/scripts/:id/notes/remove", .submit(removeNote)),
        Route(.get, "/scripts/:id/prompter", .show(showPrompter)),

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

        Route(.get, "/api/v1/openapi.json", .show(showOpenAPI)),
        Route(.get, "/api/v1/scripts", .show(listScriptDocuments)),
        Route(.get, "/api/v1/scripts/:id", .show(showScriptDocument)),
        Route(.get, "/api/v1/tasks", .show(listTaskDocuments)),
        Route(.post, "/api/v1/tasks", .answer(createTask)),
        Route(.get, "/api/v1/tasks/:id", .show(showTaskDocument)),

        Route(.get, "/activity", .show(showActivity)),

        Route(.get, "/events", .show { _ in Response(.ok, body: .eventStream) }),
        Route(.get, "/healthz", .show(showHealth)),
    ]
}
