import Domain
import HTTP
import Secrets
import Store

/// A brief as it was typed becomes a queued task, or the same page again with everything that is wrong and everything that was typed.
@Sendable func submitBrief(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let typed = BriefForm { form.values($0.rawValue) }
    let desk = try context.read { database throws(StoreError) in try BriefDesk(reading: database, limit: context.site.limit, now: context.now) }
    guard let connection = desk.current?.connection else {
        let note = BriefNote.message("Answer first whose token this is: nothing is sent before. Your brief is kept here.", link: "/connection")
        return context.briefPage(desk, typed, note: note, status: .unprocessableContent)
    }

    let acknowledgement = Acknowledgement(checkbox: typed.notice, address: context.request.peer)
    var mistakes: [Mistake] = []
    var brief: Brief?
    do throws(InvalidForm) {
        brief = try Brief(typed, offering: Set(desk.videos.map(\.id)))
    } catch {
        mistakes = error.mistakes
    }
    if typed.namesAssets, acknowledgement == nil {
        mistakes.append(Mistake(.notice, "Read the notice and confirm it: images and videos are not sent without."))
    }
    guard let brief, mistakes.isEmpty else {
        return context.briefPage(desk, typed, mistakes: mistakes.inFormOrder, submission: form["submission_id"], status: .unprocessableContent)
    }

    let submission = TaskSubmission(
        id: SubmissionID(form["submission_id"] ?? "") ?? .random(), connection: connection.id, brief: brief, form: typed,
        acknowledgement: typed.namesAssets ? acknowledgement : nil, member: Member.thisComputer.id)
    let now = context.now
    let again = context.briefPages(desk, typed)
    return context.write { transaction throws(StoreError) in
        try transaction.submit(submission, now: now)
    } then: { result in
        switch result {
        case .success(.new(let id)), .success(.repeated(let id)):
            return .seeOther("/tasks/\(id)")
        case .success(.conflict(let first)):
            let note = BriefNote.message(
                "This form was sent before, with other words. What you see now has not been sent; send it as a brief of its own.",
                link: "/tasks/\(first)")
            return again(note, .unprocessableContent)
        case .failure:
            let note = BriefNote.message("The brief could not be saved: the disk may be full. Nothing was sent; try again.", link: "")
            return again(note, .serviceUnavailable)
        }
    }
}

extension SubmissionID {
    static func random() -> SubmissionID {
        guard let id = SubmissionID(RandomID.make()) else { preconditionFailure("a random id is a submission id") }
        return id
    }
}
