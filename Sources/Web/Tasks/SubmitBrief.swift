import Domain
import HTTP
import Store

/// A brief as it was typed becomes a queued task, or the same page again with everything that is wrong and everything that was typed.
@Sendable func submitBrief(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let typed = BriefForm { form.values($0.rawValue) }
    let again = BriefAgain(asker: context.asker, typed: typed, hold: DraftHold(form), preset: PresetForm(form))
    let ground = try context.read { database throws(StoreError) in
        try BriefGround(namesVideos: !typed.videos.isEmpty, reading: database)
    }
    func desk() throws(Problem) -> BriefDesk {
        try context.read { database throws(StoreError) in try context.briefDesk(database, again.preset) }
    }
    guard let connection = ground.connection else {
        let note = FormNote(
            words: "Nothing is sent before you have said whose access token this is. Your brief is kept here.", address: "/connection",
            label: "Answer the question")
        return again.page(.unprocessableContent, on: try desk(), note: note)
    }

    let checked = BriefCheck(typed, on: ground, address: context.request.peer)
    guard let brief = checked.brief, checked.mistakes.isEmpty else {
        return again.page(.unprocessableContent, on: try desk(), mistakes: checked.mistakes.inFormOrder)
    }

    let submission = TaskSubmission(
        id: again.hold.submission, connection: connection.id, brief: brief, form: typed,
        acknowledgement: checked.acknowledgement, member: context.member.id,
        draft: again.hold)
    let (now, site) = (context.now, context.site)
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
            let note = FormNote(
                words:
                    "This form was sent before, with other words. What stands here now has not been sent: send it as a brief of its own.",
                address: "/tasks/\(first)", label: "See the brief that was sent")
            // Under an id that was used before, it could not be sent again.
            return again.later(.unprocessableContent, note: note, under: .new())
        case .failure(let error):
            log("a brief could not be saved", at: site.now(), [("error", "\(error)")])
            let (title, words) = error.advice
            return again.later(
                error.status, note: FormNote(words: "\(title). The brief was not saved, and nothing was sent; it is kept here. \(words)"))
        }
    }
}

/// The form with all that was typed, for a brief that could not be taken.
private struct BriefAgain: Sendable {
    let asker: Asker
    let typed: BriefForm
    let hold: DraftHold
    let preset: PresetForm

    func page(
        _ status: Status, on desk: BriefDesk, mistakes: [Mistake] = [], note: FormNote? = nil, under new: DraftHold? = nil
    ) -> Response {
        asker.briefPage(asker.briefView(desk, typed, mistakes: mistakes, hold: new ?? hold, note: note), status)
    }

    /// For what goes wrong on the writer's thread: what else stands in the form is read only then, by a reader that no loop waits for. Where
    /// even that fails, what was typed comes back alone.
    /// - Parameter new: what it goes on under, where it cannot under what it came with.
    func later(_ status: Status, note: FormNote, under new: DraftHold? = nil) -> Response {
        .later { responder in
            asker.site.search.ask { database throws(StoreError) in
                try asker.briefDesk(database, preset)
            } completion: { read in
                responder.respond(page(status, on: (try? read.get()) ?? BriefDesk(unread: preset), note: note, under: new))
            }
        }
    }
}

/// What decides whether a brief can be taken.
struct BriefGround {
    let connection: Connection?
    /// What it can name, newest first; empty for a brief that names none.
    let videos: [Video]

    init(namesVideos: Bool, reading database: borrowing Database) throws(StoreError) {
        connection = try database.findCurrentConnection()?.connection
        videos = if namesVideos, let connection { try database.findUsableVideos(of: connection.id) } else { [] }
    }
}

/// Whether what was typed, or sent by a program, may go out.
struct BriefCheck {
    private(set) var brief: Brief?
    private(set) var mistakes: [Mistake] = []
    /// Nil only for a brief that names no asset.
    let acknowledgement: Acknowledgement?

    init(_ typed: BriefForm, on ground: BriefGround, address: String) {
        acknowledgement = typed.namesAssets ? Acknowledgement(checkbox: typed.notice, address: address) : nil
        do throws(InvalidForm) {
            brief = try Brief(typed, offering: Set(ground.videos.map(\.id)))
        } catch {
            mistakes = error.mistakes
        }
        if typed.namesAssets, acknowledgement == nil {
            mistakes.append(Mistake(.notice, "Read the notice and confirm it: images and videos are not sent without."))
        }
    }
}
