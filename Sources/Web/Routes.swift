import Domain
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

/// An address, who may use it, and what it does. There is no way to leave out who may.
struct SiteRoute: Sendable {
    struct Entry: Sendable {
        let access: Access
        let action: Action
    }

    let method: HTTP.Method
    let pattern: String
    let entry: Entry

    var route: Route<Entry> { Route(method, pattern, entry) }

    static func get(_ pattern: String, _ access: Access, _ show: @escaping @Sendable (Context) throws(Problem) -> Response) -> SiteRoute {
        SiteRoute(method: .get, pattern: pattern, entry: Entry(access: access, action: .show(show)))
    }

    static func post(
        _ pattern: String, _ access: Access, _ submit: @escaping @Sendable (Context, FormData) throws(Problem) -> Response
    ) -> SiteRoute {
        SiteRoute(method: .post, pattern: pattern, entry: Entry(access: access, action: .submit(submit)))
    }

    static func receive(
        _ pattern: String, _ access: Access, _ prepare: @escaping @Sendable (Context) throws(Problem) -> VideoReception
    ) -> SiteRoute {
        SiteRoute(method: .post, pattern: pattern, entry: Entry(access: access, action: .receive(prepare)))
    }
}

extension SiteRoute {
    static func answer(
        _ pattern: String, _ access: Access, _ answer: @escaping @Sendable (Context, JSONTree) throws(Problem) -> Response
    ) -> SiteRoute {
        SiteRoute(method: .post, pattern: pattern, entry: Entry(access: access, action: .answer(answer)))
    }
}

/// The site's map: every address there is, who may use it, and the one place that does it.
enum Routes {
    static let all: [SiteRoute] = [
        .get("/", .role(.viewer), showHome),

        .get("/tasks", .role(.viewer), listTasks),
        .get("/tasks/new", .role(.writer), newBrief),
        .post("/tasks/new", .role(.writer), submitBrief),
        .post("/tasks/new/draft", .role(.writer), saveDraft),
        .post("/tasks/new/product", .role(.writer), takeProduct),
        .post("/tasks/new/currencies", .role(.writer), offerCurrencies),
        .post("/drafts/:id/discard", .role(.writer), discardDraft),
        .post("/drafts/:id/restore", .role(.writer), restoreDraft),
        .post("/tasks/new/preset/apply", .role(.writer), applyPreset),
        .post("/tasks/new/preset/save", .role(.writer), savePreset),
        .get("/tasks/new/preset/:action", .role(.writer), returnToBrief),
        .get("/tasks/:id", .role(.viewer), showTask),
        .post("/tasks/:id/cancel", .role(.writer), cancelTask),
        .post("/tasks/:id/close", .role(.writer), closeTask),
        .post("/tasks/:id/poll", .role(.writer), pollTask),
        .post("/tasks/:id/resend", .role(.writer), resendTask),
        .post("/tasks/:id/search", .role(.writer), searchScripts),
        .post("/tasks/:id/adopt", .role(.writer), adoptScripts),
        .get("/tasks/:id/:action", .role(.viewer), returnToTask),

        .get("/presets", .role(.viewer), listPresets),
        .post("/presets/rename", .role(.writer), renamePreset),
        .post("/presets/delete", .role(.writer), deletePreset),
        .post("/presets/restore", .role(.writer), restorePreset),
        .get("/presets/:action", .role(.viewer), returnToPresets),

        .get("/scripts", .role(.viewer), listScripts),
        .get("/scripts/counts", .role(.viewer), countScripts),
        .get("/scripts/download", .role(.viewer), downloadScripts),
        .get("/scripts/import", .role(.writer), showImport),
        .post("/scripts/import", .role(.writer), changeImport),
        .get("/scripts/print", .role(.viewer), printScripts),
        .post("/scripts/sort", .role(.writer), sortScripts),
        .post("/scripts/undo", .role(.writer), undoSorting),
        .get("/scripts/tags", .role(.viewer), listTags),
        .post("/scripts/tags/rename", .role(.writer), renameTag),
        .post("/scripts/tags/merge", .role(.writer), mergeTag),
        .get("/scripts/trash", .role(.viewer), showTrash),
        .get("/scripts/:id", .role(.viewer), showScript),
        .get("/scripts/:id/edit", .role(.writer), showEdit),
        .post("/scripts/:id/edit", .role(.writer), editScript),
        .get("/scripts/:id/versions", .role(.viewer), showVersions),
        .post("/scripts/:id/restore", .role(.writer), restoreVersion),
        .post("/scripts/:id/notes", .role(.writer), addNote),
        .post("/scripts/:id/notes/remove", .role(.writer), removeNote),
        .get("/scripts/:id/prompter", .role(.viewer), showPrompter),

        .get("/videos", .role(.viewer), listVideos),
        .get("/videos/new", .role(.writer), newVideos),
        .receive("/videos/new", .role(.writer), receiveVideos),
        .get("/videos/:id", .role(.viewer), showVideo),
        .get("/videos/:id/file", .role(.viewer), showVideoFile),
        .post("/videos/:id/rename", .role(.writer), renameVideo),
        .post("/videos/:id/again", .role(.writer), uploadVideoAgain),
        .post("/videos/:id/archive", .role(.writer), archiveVideo),
        .post("/videos/:id/restore", .role(.writer), restoreVideo),
        .get("/videos/:id/:action", .role(.viewer), returnToVideo),

        // The service fetches videos so; the key in the address is what opens it.
        .get("/media/:key/:name", .anyone, showMedia),

        .get("/acknowledgements", .role(.admin), listAcknowledgements),
        .get("/acknowledgements.csv", .role(.admin), exportAcknowledgements),

        .get("/connection", .person(.admin), showConnection),
        .post("/connection", .person(.admin), changeConnection),

        .get("/api/v1/openapi.json", .role(.viewer), showOpenAPI),
        .get("/api/v1/scripts", .role(.viewer), listScriptDocuments),
        .get("/api/v1/scripts/:id", .role(.viewer), showScriptDocument),
        .get("/api/v1/tasks", .role(.viewer), listTaskDocuments),
        .answer("/api/v1/tasks", .role(.writer), createTask),
        .get("/api/v1/tasks/:id", .role(.viewer), showTaskDocument),

        .get("/activity", .role(.admin), showActivity),

        .get("/members", .person(.admin), listMembers),
        .post("/members/first", .person(.admin), addFirstMember),
        .post("/members/invites", .person(.admin), inviteMember),
        .post("/members/invites/:id/revoke", .person(.admin), revokeInvite),
        .post("/members/:id/role", .person(.admin), changeRole),
        .post("/members/:id/disable", .person(.admin), disableMember),
        .post("/members/:id/enable", .person(.admin), enableMember),
        .post("/members/:id/password", .person(.admin), inviteToNewPassword),
        .get("/audit", .person(.admin), listAudit),
        .get("/audit.csv", .person(.admin), exportAudit),

        .get("/account", .person(.viewer), showAccount),
        .post("/account/password", .person(.viewer), changePassword),
        .post("/account/sessions/:id/end", .person(.viewer), endSession),
        .post("/account/sign-out-everywhere", .person(.viewer), signOutEverywhere),
        .post("/account/tokens", .person(.viewer), makeToken),
        .post("/account/tokens/:id/revoke", .person(.viewer), revokeToken),

        .get("/set-up/:token", .setUp, showSetUp),
        .post("/set-up/:token", .setUp, setUp),
        .get("/invite/:token", .anyone, showInvite),
        .post("/invite/:token", .anyone, acceptInvite),
        .get("/sign-in", .anyone, showSignIn),
        .post("/sign-in", .anyone, signIn),
        .post("/sign-out", .person(.viewer), signOut),

        .get("/style", .role(.viewer), showStyle),
        .get("/events", .role(.viewer), listen),
        .get("/events/stand", .role(.viewer), showStand),
        .get("/healthz", .anyone, showHealth),
    ]
}

/// What happens, for pages that follow it, as long as their reader may come in.
@Sendable func listen(_ context: Context) throws(Problem) -> Response {
    // Without it, nginx holds events back.
    Response(.ok, headers: ["X-Accel-Buffering": "no"], body: .stream(owner: context.caller?.streamOwner))
}

/// Where a page that begins to listen sees whether it has missed something.
@Sendable func showStand(_ context: Context) throws(Problem) -> Response {
    .text(.ok, context.site.text(ofStand: context.stand))
}
