import Domain
import HTTP
import Secrets
import Store

/// Keeps what was typed so far. The form's script asks for JSON and stays where it is; a button's click leads to the draft's own address.
@Sendable func saveDraft(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let typed = BriefForm { form.values($0.rawValue) }
    let hold = DraftHold(form)
    let desk = try context.read { database throws(StoreError) in try context.briefDesk(database) }
    let isScript = context.request.headers["Accept"]?.contains("application/json") == true
    let (member, now, site, another) = (context.member.id, context.now, context.site, SubmissionID.new())
    let again = context.briefView(desk, typed, hold: hold)
    return context.write { transaction throws(StoreError) in
        try transaction.saveDraft(typed, hold, or: another, by: member, now: now)
    } then: { result in
        if case .failure(let error) = result { log("a draft could not be saved", at: site.now(), [("error", "\(error)")]) }
        if isScript { return .json(result.status, JSONBody.bytes(DraftDocument(result))) }
        var page = again
        switch result {
        case .success(.saved(let draft)): return .seeOther("/tasks/new?draft=\(draft.id)")
        case .success(.apart(let draft)): return .seeOther("/tasks/new?draft=\(draft.id)&apart=1")
        case .success(.empty): return .seeOther("/tasks/new")
        case .success(.sent(let task)): return .seeOther("/tasks/\(task)")
        case .success(.full), .success(.tooLarge), .failure:
            page.note = FormNote(words: DraftDocument(result).words, address: "/", label: "See your drafts")
            return Response.html(result.status, site.pages.brief.render(page)).withForeignMedia
        }
    }
}

extension DraftHold {
    /// As the form's hidden fields say it.
    init(_ form: FormData) {
        self.init(
            submission: form["submission_id"].flatMap { SubmissionID($0) } ?? .new(),
            revision: form["draft_revision"].flatMap { Int($0) } ?? 0,
            window: String((form["draft_window"] ?? "").prefix(64)))
    }

    /// Of a page that is shown for the first time.
    static func new(_ submission: SubmissionID = .new(), revision: Int = 0) -> DraftHold {
        DraftHold(submission: submission, revision: revision, window: RandomID.make())
    }
}

extension Result<DraftSaved, StoreError> {
    fileprivate var status: Status {
        switch self {
        case .success(.full), .success(.tooLarge): .unprocessableContent
        case .success: .ok
        case .failure(let error): error.status
        }
    }
}

/// What the form's script is told.
private struct DraftDocument: Encodable {
    /// What the page says.
    let words: String
    /// The draft's number; nil where there is none.
    var draft: Int64?
    /// From which the next save is made.
    var revision = 0
    /// Under which the form goes on; nil where that does not change.
    var submission: String?
    /// What the brief became, where it has been sent.
    var task: Int64?

    init(_ result: Result<DraftSaved, StoreError>) {
        switch result {
        case .success(.saved(let draft)):
            words = "Kept as a draft"
            (self.draft, revision) = (draft.id.rawValue, draft.revision)
        case .success(.apart(let draft)):
            words = Self.apart
            (self.draft, revision, submission) = (draft.id.rawValue, draft.revision, draft.submission.rawValue)
        case .success(.empty):
            words = ""
        case .success(.sent(let id)):
            words = "This brief has been sent."
            task = id.rawValue
        case .success(.full):
            words = "Not kept: you have \(Draft.Limits.drafts) drafts. Send some, or throw some away."
        case .success(.tooLarge):
            words = "Not kept: this is far more than a brief may hold."
        case .failure(let error):
            let (title, _) = error.advice
            words = "Not kept: \(title.prefix(1).lowercased() + title.dropFirst()). It stands on this page as long as that is open."
        }
    }

    static let apart = "This draft was changed in another window. What is here is kept as a draft of its own."
}

extension FormNote {
    /// Said on the page of a draft that was kept apart.
    static let apart = FormNote(words: DraftDocument.apart, address: "/", label: "See your drafts")
}
