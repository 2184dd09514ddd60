import Domain
import HTTP
import Store

/// All scripts, newest first; `?before=ID` begins after that one.
@Sendable func listScripts(_ context: Context) throws(Problem) -> Response {
    let before: Script.ID? = context.before()
    let (desk, scripts) = try context.read { database throws(StoreError) in
        (try context.desk(database), try database.findScripts(before: before, limit: rowsOnAPage + 1))
    }
    let shown = scripts.prefix(rowsOnAPage)
    let page = ScriptsPage(
        frame: context.frame("Scripts", .scripts, desk),
        live: before == nil ? "task connection" : "",
        scripts: shown.map { ScriptRow($0) },
        pager: Pager("/scripts", isFirst: before == nil, last: scripts.count > rowsOnAPage ? shown.last?.script.id : nil))
    return .html(.ok, context.site.pages.scripts.render(page))
}

extension ScriptRow {
    init(_ record: ScriptRecord) {
        let script = record.script
        self.init(
            id: script.id.description, title: script.title, beginning: script.text.beginning(200), languageTag: record.language.tag,
            language: record.language.name, taskID: script.task.description, taskTitle: record.taskTitle, delivered: Moment(script.created),
            isSample: record.kind == .sandbox)
    }
}
