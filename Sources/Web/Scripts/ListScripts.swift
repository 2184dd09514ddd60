import Domain
import HTTP
import Store

/// The scripts, newest first, that the address asks for; `?before=ID` begins after that one, `?done=ID` says what has just been done.
@Sendable func listScripts(_ context: Context) throws(Problem) -> Response {
    let items = context.request.queryItems
    // What a form sends of controls that were left empty makes no address that one would share.
    if items.pairs.contains(where: { $0.value.isEmpty }) {
        let filled = items.pairs.filter { !$0.value.isEmpty }.map { "\($0.name.queryEncoded)=\($0.value.queryEncoded)" }
        return .seeOther(filled.isEmpty ? "/scripts" : "/scripts?\(filled.joined(separator: "&"))")
    }
    var mistakes: [QueryMistake] = []
    let query = ScriptQuery(items, mistakes: &mistakes)
    let before: Script.ID? = context.before()
    let (done, sorts) = (context.done, context.may(.writer))
    let (rows, desk, changed, authorName) = try context.read { database throws(StoreError) in
        (
            query.isEmpty ? try context.rows(before: before, database) : nil, try context.desk(database),
            try done.map { id throws(StoreError) in try database.countChanges(by: id) } ?? nil,
            try query.author.map { id throws(StoreError) in try database.findMemberName(id) } ?? nil
        )
    }
    let shell = ScriptsPage(
        frame: context.frame(query.text.isEmpty ? "Scripts" : "\(query.text.beginning(40)) in scripts", .scripts, desk),
        live: before == nil && query.isEmpty ? "task connection script" : "",
        query: QueryView(query, mistakes: mistakes, authorName: authorName), form: sorts ? context.postForm("/scripts/sort") : nil,
        approvals: Approval.allCases.filter { context.may($0.role) }.map {
            FormField.Option(value: $0.rawValue, label: $0.name, isChosen: false)
        },
        back: "/scripts" + query.address(before.map { [("before", "\($0)")] } ?? []),
        done: done.flatMap { id in changed.map { DoneView(id: id, changed: $0, context) } })
    let (site, status) = (context.site, mistakes.isEmpty ? Status.ok : .unprocessableContent)
    @Sendable func page(_ rows: ShownScripts.Rows) -> Response {
        var page = shell
        page.rows = rows.markup
        page.pager = Pager(
            newer: before == nil ? "" : "/scripts" + query.address(),
            older: rows.last.map { "/scripts" + query.address([("before", "\($0)")]) } ?? "")
        return .html(status, site.pages.scripts.render(page))
    }
    if let rows { return page(rows) }
    return context.search { database throws(StoreError) in
        try database.findScripts(query, before: before, limit: rowsOnAPage + 1)
    } then: { result in
        switch result {
        case .success(let scripts): return page(site.rows(of: scripts, marking: query.words, sorts: sorts))
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

extension Context {
    /// A page of all scripts.
    fileprivate func rows(before: Script.ID?, _ database: borrowing Database) throws(StoreError) -> ShownScripts.Rows {
        let sorts = may(.writer)
        func make(_ database: borrowing Database) throws(StoreError) -> ShownScripts.Rows {
            site.rows(of: try database.findScripts(before: before, limit: rowsOnAPage + 1), marking: [], sorts: sorts)
        }
        // While templates are being changed, rows are to follow them.
        return site.settings.reloadsTemplates
            ? try make(database) : try kept.scripts.rows(before: before, sorts: sorts, database, make: make)
    }
}

extension Site {
    /// - Parameter scripts: one more than a page shows when there are older ones.
    fileprivate func rows(of scripts: [ScriptRecord], marking words: [String], sorts: Bool) -> ShownScripts.Rows {
        let shown = scripts.prefix(rowsOnAPage)
        return ShownScripts.Rows(
            markup: pages.scriptRows.render(
                ScriptRows(scripts: shown.map { ScriptRow($0, marking: words, isChoosable: true, isSortable: sorts) })),
            last: scripts.count > shown.count ? shown.last?.script.id : nil)
    }
}

extension ScriptRow {
    init(_ record: ScriptRecord, marking words: [String] = [], isChoosable: Bool = false, isSortable: Bool = false) {
        let script = record.script
        self.init(
            id: script.id.description,
            title: Marked(script.title, marking: words),
            beginning: .excerpt(of: script.text, marking: words, count: 84),
            languageTag: record.language?.tag ?? "", language: record.language?.name ?? "language not stated",
            taskID: script.task?.description ?? "", taskTitle: record.taskTitle, delivered: Moment(script.created, .list),
            isSample: record.kind == .sandbox, isStarred: record.isStarred, approval: record.approval == .draft ? "" : record.approval.name,
            approvalWord: record.approval.rawValue, color: record.revision.number == 1 ? "" : record.revision.color.rawValue,
            revision: record.revision.number == 1 ? "" : record.revision.name, tags: record.tags, isChoosable: isChoosable,
            isSortable: isSortable)
    }
}
