import Domain
import HTTP
import Store

/// A brief as it was typed becomes a queued task, or the same page again with everything that is wrong and everything that was typed.
@Sendable func submitBrief(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let typed = BriefForm { form.values($0.rawValue) }
    let desk = try context.read { database throws(StoreError) in try context.briefDesk(database, PresetForm(form)) }
    let hold = DraftHold(form)
    guard let connection = desk.desk.connection else {
        let note = FormNote(
            words: "Nothing is sent before you have said whose access token this is. Your brief is kept here.", address: "/connection",
            label: "Answer the question")
        return context.briefPage(desk, context.briefView(desk, typed, hold: hold, note: note), .unprocessableContent)
    }

    let checked = BriefCheck(typed, on: desk, address: context.request.peer)
    guard let brief = checked.brief, checked.mistakes.isEmpty else {
        let view = context.briefView(desk, typed, mistakes: checked.mistakes.inFormOrder, hold: hold)
        return context.briefPage(desk, view, .unprocessableContent)
    }

    let submission = TaskSubmission(
        id: hold.submission, connection: connection.id, brief: brief, form: typed,
        acknowledgement: checked.acknowledgement, member: context.member.id,
        draft: hold)
    let now = context.now
    // What may be needed on the writer's thread is made here: it has no read connection.
    let site = context.site
    let again = context.briefView(desk, typed, hold: hold)
    return context.write { transaction throws(StoreError) in
        try transaction.submit(submission, now: now)
    } then: { result in
        switch result {
        case .success(.new(let id)):
            log("brief accepted", level: "info", at: site.now(), [("task", "\(id)")])
            return .seeOther("/tasks/\(id)")
        case .success(.repeated(let id)):
            return .seeOther("/tasks/\(id)")
        case .success(.conflict(let first)):
            var page = again
            // Under an id that was used before, it could not be sent again.
            page.goOn(as: .new())
            page.note = FormNote(
                words:
                    "This form was sent before, with other words. What stands here now has not been sent: send it as a brief of its own.",
                address: "/tasks/\(first)", label: "See the brief that was sent")
            return Response.html(.unprocessableContent, site.pages.brief.render(page)).withForeignMedia
        case .failure(let error):
            log("a brief could not be saved", at: site.now(), [("error", "\(error)")])
            let (title, words) = error.advice
            var page = again
            page.note = FormNote(words: "\(title). The brief was not saved, and nothing was sent; it is kept here. \(words)")
            return Response.html(error.status, site.pages.brief.render(page)).withForeignMedia
        }
    }
}

/// Whether what was typed, or sent by a program, may go out.
struct BriefCheck {
    private(set) var brief: Brief?
    private(set) var mistakes: [Mistake] = []
    /// Nil only for a brief that names no asset.
    let acknowledgement: Acknowledgement?

    init(_ typed: BriefForm, on desk: BriefDesk, address: String) {
        acknowledgement = typed.namesAssets ? Acknowledgement(checkbox: typed.notice, address: address) : nil
        do throws(InvalidForm) {
            brief = try Brief(typed, offering: Set(desk.videos.map(\.id)))
        } catch {
            mistakes = error.mistakes
        }
        if typed.namesAssets, acknowledgement == nil {
            mistakes.append(Mistake(.notice, "Read the notice and confirm it: images and videos are not sent without."))
        }
    }
}
