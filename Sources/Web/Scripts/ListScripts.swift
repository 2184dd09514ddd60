import Domain
import HTTP
import Store

/// The scripts, newest first, that the address asks for; `?before=ID` begins after that one, `?done=ID` says what has just been done.
@Sendable func listScripts(_ context: Context) throws(Problem) -> Response {
    let items = context.request.queryItems
    // What a form sends of controls that were left empty makes no address that one would share.
    if items.pairs.contains(where: { $0.value.isEmpty }) {
        let filled = items.pairs.filter { !$0.value.isEmpty }.map { "\($0.name)=\($0.value.queryEncoded)" }
        return .seeOther(filled.isEmpty ? "/scripts" : "/scripts?\(filled.joined(separator: "&"))")
    }
    var mistakes: [QueryMistake] = []
    let query = ScriptQuery(items, mistakes: &mistakes)
    let before: Script.ID? = context.before()
    let (done, sorts) = (context.done, context.may(.writer))
    let (desk, changed, authorName) = try context.read { database throws(StoreError) in
        (
            try context.desk(database), try done.map { id throws(StoreError) in try database.countChanges(by: id) } ?? nil,
            try query.author.map { id throws(StoreError) in try database.findMemberName(id) } ?? nil
        )
    }
    let shell = ScriptsPage(
        frame: context.frame(query.text.isEmpty ? "Scripts" : "\(query.text.beginning(40)) in scripts", .scripts, desk),
        live: before == nil && query.isEmpty ? "task connection script" : "", scripts: [],
        query: QueryView(query, mistakes: mistakes, authorName: authorName), form: sorts ? context.postForm("/scripts/sort") : nil,
        back: "/scripts" + query.address(before.map { [("before", "\($0)")] } ?? []),
        done: done.flatMap { id in changed.map { DoneView(id: id, changed: $0, context) } })
    let (site, status) = (context.site, mistakes.isEmpty ? Status.ok : .unprocessableContent)
    @Sendable func page(_ scripts: [ScriptRecord]) -> Response {
        let shown = scripts.prefix(rowsOnAPage)
        var page = shell
        let words = query.words
        page.scripts = shown.map { ScriptRow($0, marking: words, isChoosable: true, isSortable: sorts) }
        page.pager = Pager(
            newer: before == nil ? "" : "/scripts" + query.address(),
            older: scripts.count > rowsOnAPage ? "/scripts" + query.address(shown.last.map { [("before", "\($0.script.id)")] } ?? []) : "")
        return .html(status, site.pages.scripts.render(page))
    }
    if query.isEmpty {
        return page(try context.read { database throws(StoreError) in try database.findScripts(before: before, limit: rowsOnAPage + 1) })
    }
    return context.search { database throws(StoreError) in
        try database.findScripts(query, before: before, limit: rowsOnAPage + 1)
    } then: { result in
        switch result {
        case .success(let scripts): return page(scripts)
        case .failure(let error):
            var failed = shell
            failed.trouble =
                error.isLate
                ? "This search takes too long. Name a longer word, or one filter less." : "The search could not be made. Try it again."
            if !error.isLate { log("a search failed", at: site.now(), [("error", "\(error)")]) }
            return .html(.serviceUnavailable, site.pages.scripts.render(failed))
        }
    }
}

extension ScriptRow {
    init(_ record: ScriptRecord, marking words: [String] = [], isChoosable: Bool = false, isSortable: Bool = false) {
        let script = record.script
        self.init(
            id: script.id.description,
            title: Marked(script.title, marking: words),
            beginning: .excerpt(of: script.text, marking: words, count: 150),
            languageTag: record.language?.tag ?? "", language: record.language?.name ?? "language not stated",
            taskID: script.task?.description ?? "", taskTitle: record.taskTitle, delivered: Moment(script.created),
            isSample: record.kind == .sandbox, isStarred: record.isStarred, approval: record.approval == .draft ? "" : record.approval.name,
            approvalWord: record.approval.rawValue, color: record.revision.number == 1 ? "" : record.revision.color.rawValue,
            revision: record.revision.number == 1 ? "" : record.revision.name, tags: record.tags, isChoosable: isChoosable,
            isSortable: isSortable)
    }
}
