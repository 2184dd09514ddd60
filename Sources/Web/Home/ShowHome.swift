import Domain
import HTTP
import Store

/// The desk: what runs now, the newest scripts, and what to do first.
@Sendable func showHome(_ context: Context) throws(Problem) -> Response {
    let member = context.member.id
    let mayWrite = context.may(.writer)
    let discardedID = context.request.queryItems["discarded"].flatMap { Draft.ID(decimal: $0) }
    let (desk, running, scripts, uploads, isFirstRun) = try context.read { database throws(StoreError) in
        let desk = try context.desk(database)
        let running = try desk.connection.map { connection throws(StoreError) in
            try database.findActiveTasks(of: connection.id, limit: 20)
        }
        let videos = try desk.connection.map { connection throws(StoreError) in
            try database.findUsableVideos(of: connection.id).count { !$0.state.isFinal }
        }
        return (
            desk, running ?? [], try database.findScripts(limit: 6), videos ?? 0, try database.findTasks(limit: 1).isEmpty
        )
    }
    var page = HomePage(
        frame: context.frame(
            running.isEmpty ? "Desk" : "\(running.count) under way · Desk", .desk, desk, refreshes: !running.isEmpty || uploads > 0,
            signal: running.isEmpty ? .none : .working),
        live: "task video connection",
        running: running.map { TaskRow($0, desk) },
        scripts: scripts.map { ScriptRow($0) },
        videosUnderWay: uploads == 0 ? "" : uploads == 1 ? "1 video is uploading" : "\(uploads) videos are uploading",
        isFirstRun: isFirstRun)
    if mayWrite {
        let (drafts, discarded, products) = try context.read { database throws(StoreError) in
            (
                try database.findDrafts(of: member, limit: Draft.Limits.drafts),
                try discardedID.map { id throws(StoreError) in try database.findDiscardedDraft(id, of: member) } ?? nil,
                try database.findRecentProducts(limit: 8)
            )
        }
        page.drafts = drafts.map { DraftRow($0, form: context.postForm("/drafts/\($0.id)/discard")) }
        page.discarded = discarded.map { DraftRow($0, form: context.postForm("/drafts/\($0.id)/restore")) }
        page.products = products.map { ProductRow($0) }
    }
    return .html(.ok, context.site.pages.home.render(page))
}
