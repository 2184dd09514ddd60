import Domain
import HTTP
import Store

/// An empty brief, or with `?from=ID` one that begins as that task's did, with everything that was typed there.
@Sendable func newBrief(_ context: Context) throws(Problem) -> Response {
    let from = context.request.queryItems["from"].flatMap { GenerationTask.ID(decimal: $0) }
    let (brief, source) = try context.read { database throws(StoreError) in
        (try context.briefDesk(database), try from.map { id throws(StoreError) in try database.findTask(id) } ?? nil)
    }
    guard let source else { return context.briefPage(brief, context.briefView(brief, .fresh)) }
    var form = source.form
    // The notice is confirmed for each brief anew.
    form.notice = ""
    let origin = BriefPage.Origin(taskID: "\(source.id)", title: source.brief.title.beginning(60))
    return context.briefPage(brief, context.briefView(brief, form, origin: origin))
}
