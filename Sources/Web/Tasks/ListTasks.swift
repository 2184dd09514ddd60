import Domain
import HTTP
import Store

/// Rows of a page, of every list.
let rowsOnAPage = 50

/// All briefs, newest first; `?before=ID` begins after that one.
@Sendable func listTasks(_ context: Context) throws(Problem) -> Response {
    let before: GenerationTask.ID? = context.before()
    let (desk, tasks) = try context.read { database throws(StoreError) in
        (try context.desk(database), try database.findTasks(before: before, limit: rowsOnAPage + 1))
    }
    let shown = tasks.prefix(rowsOnAPage)
    let isMoving = before == nil && shown.contains { !$0.state.isAtRest }
    let page = TasksPage(
        frame: context.frame("Tasks", .tasks, desk, refreshes: isMoving, signal: isMoving ? .working : .none),
        live: before == nil ? "task connection" : "",
        tasks: shown.map { TaskRow($0, desk) },
        pager: Pager("/tasks", isFirst: before == nil, last: tasks.count > rowsOnAPage ? shown.last?.id : nil))
    return .html(.ok, context.site.pages.tasks.render(page))
}

extension Context {
    /// `?before=ID`: where the page before ended.
    func before<Entity>() -> Identifier<Entity>? {
        request.queryItems["before"].flatMap { Identifier(decimal: $0) }
    }
}

extension Pager {
    /// - Parameter last: the last row of this page when more follow.
    init<Entity>(_ address: String, isFirst: Bool, last: Identifier<Entity>?) {
        self.init(newer: isFirst ? "" : address, older: last.map { "\(address)\(address.contains("?") ? "&" : "?")before=\($0)" } ?? "")
    }
}

extension TaskRow {
    init(_ task: TaskSummary, _ desk: Desk) {
        self.init(
            id: "\(task.id)", title: task.title, state: task.state.rawValue,
            stateWords: task.state.words(here: task.scriptsHere, asked: task.scriptsAsked),
            source: task.source == .product ? "Product" : "Prompt",
            language: task.source == .product ? task.language.name : "language not stated", member: task.member,
            asked: Moment(task.created), scripts: "\(task.scriptsHere) of \(task.scriptsAsked)",
            otherConnection: desk.mark(task.connection, task.kind))
    }
}
