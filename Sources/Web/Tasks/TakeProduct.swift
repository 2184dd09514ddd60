import Domain
import HTTP
import Store

/// Puts a known product into the brief that is being written: what its newest brief says of it. All else that was typed stays.
@Sendable func takeProduct(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    var typed = BriefForm { form.values($0.rawValue) }
    let task = form["product"].flatMap { GenerationTask.ID(decimal: $0) }
    let (desk, source) = try context.read { database throws(StoreError) in
        (try context.briefDesk(database), try task.map { id throws(StoreError) in try database.findTask(id) } ?? nil)
    }
    guard let source else { throw .notFound }
    typed.take(productOf: source.form)
    return context.briefPage(context.briefView(desk, typed, hold: DraftHold(form)))
}
