import Domain
import HTTP
import Store

/// How far the import from the account is.
@Sendable func showImport(_ context: Context) throws(Problem) -> Response {
    let (desk, run) = try context.read { database throws(StoreError) in
        let desk = try context.desk(database)
        return (desk, try desk.connection.map { connection throws(StoreError) in try database.findImport(on: connection.id) } ?? nil)
    }
    let isUnderWay = run?.state.isUnderWay ?? false
    let page = ImportPage(
        frame: context.frame("Import from the account", .scripts, desk, offersNewBrief: false, refreshes: isUnderWay),
        connection: desk.connection?.name ?? "", form: context.postForm("/scripts/import"), run: run.map { ImportRun($0) },
        isUnderWay: isUnderWay, canGoOn: run?.canGoOn ?? false)
    return .html(.ok, context.site.pages.imports.render(page))
}

/// Begins it, goes on with it, or stops it.
@Sendable func changeImport(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let current = try context.read { database throws(StoreError) in try database.findCurrentConnection()?.connection?.id }
    guard let connection = current else { return .seeOther("/connection") }
    let (action, member, now, site) = (form["action"], context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        if action == "stop" {
            try transaction.stopImport(on: connection, now: now)
        } else {
            try transaction.requestImport(on: connection, fromStart: action != "go-on", by: member, now: now)
        }
    } then: { result in
        switch result {
        case .success: .seeOther("/scripts/import")
        case .failure(let error): site.page(for: error)
        }
    }
}

/// `/scripts/import`
struct ImportPage: View {
    let frame: Frame
    /// `Live · 712…`; empty while nobody has said which.
    let connection: String
    /// Posts to `/scripts/import`.
    let form: PostForm
    let run: ImportRun?
    let isUnderWay: Bool
    let canGoOn: Bool

    static var fields: [Field<ImportPage>] {
        [
            .section("frame") { $0.frame },
            .text("connection") { $0.connection },
            .section("form") { $0.form },
            .section("run") { $0.run },
            .flag("is_under_way") { $0.isUnderWay },
            .flag("can_go_on") { $0.canGoOn },
        ]
    }
}

struct ImportRun: View {
    let state: String
    /// `page 3 of 12`
    let progress: String
    let seen: String
    let added: String
    let changed: String
    let trouble: String
    let member: String
    let begun: Moment

    init(_ run: ScriptImport) {
        state =
            switch run.state {
            case .queued, .sending: "under way"
            case .stopped: "stopped"
            case .done: "done"
            case .failed: "broke off"
            }
        let done = run.page - 1
        progress = run.pages.map { "\(min(done, $0)) of \($0.of("page"))" } ?? "the first page is asked for"
        seen = run.seen.of("script")
        added = "\(run.added)"
        changed = "\(run.changed)"
        trouble = run.trouble ?? ""
        member = run.member
        begun = Moment(run.created)
    }

    static var fields: [Field<ImportRun>] {
        [
            .text("state") { $0.state },
            .text("progress") { $0.progress },
            .text("seen") { $0.seen },
            .text("added") { $0.added },
            .text("changed") { $0.changed },
            .text("trouble") { $0.trouble },
            .text("member") { $0.member },
            .section("begun") { $0.begun },
        ]
    }
}
