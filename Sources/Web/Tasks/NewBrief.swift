import Domain
import HTTP
import Store

/// An empty brief; with `?from=ID` one that begins as that task's did, with everything that was typed there; with `?product=ID` with what
/// that task's says of its product; with `?like=ID` one that asks for more like that script; with `?preset=ID` one with that preset; with
/// `?draft=ID` that draft.
@Sendable func newBrief(_ context: Context) throws(Problem) -> Response {
    if let like = context.request.queryItems["like"].flatMap({ Script.ID(decimal: $0) }) { return try context.briefLike(like) }
    if let preset = context.request.queryItems["preset"].flatMap({ Preset.ID(decimal: $0) }) { return try context.briefWith(preset) }
    if let draft = context.request.queryItems["draft"] { return try context.briefOf(draft: draft) }
    let product = context.request.queryItems["product"]
    let from = (context.request.queryItems["from"] ?? product).flatMap { GenerationTask.ID(decimal: $0) }
    let (brief, source, drafts) = try context.read { database throws(StoreError) in
        (
            try context.briefDesk(database), try from.map { id throws(StoreError) in try database.findTask(id) } ?? nil,
            try database.findDrafts(of: context.member.id, limit: 3)
        )
    }
    guard let source else {
        var page = context.briefView(brief, .fresh)
        page.drafts = drafts.map { DraftRow($0, form: context.postForm("/drafts/\($0.id)/discard")) }
        return context.briefPage(page)
    }
    var form = source.form
    // The notice is confirmed for each brief anew.
    form.notice = ""
    if product != nil {
        form = .fresh
        form.take(productOf: source.form)
    }
    let origin = BriefPage.Origin(address: "/tasks/\(source.id)", title: source.brief.title.beginning(60))
    return context.briefPage(context.briefView(brief, form, origin: origin))
}

extension Context {
    /// The draft as it was left; who has thrown it away, or never had it, gets an empty page.
    fileprivate func briefOf(draft text: String) throws(Problem) -> Response {
        let id = Draft.ID(decimal: text)
        let (brief, draft) = try read { database throws(StoreError) in
            (try briefDesk(database), try id.map { id throws(StoreError) in try database.findDraft(id, of: member.id) } ?? nil)
        }
        guard let draft else { return .seeOther("/tasks/new") }
        var page = briefView(
            brief, draft.form, hold: .new(draft.submission, revision: draft.revision),
            note: request.queryItems["apart"] == nil ? nil : .apart)
        page.draftSaved = Moment(draft.changed)
        return briefPage(page)
    }

    /// The script's own brief, and where that is a prompt, or there is none, the script as part of the prompt.
    fileprivate func briefLike(_ id: Script.ID) throws(Problem) -> Response {
        let found = try read { database throws(StoreError) -> (BriefDesk, ScriptRecord, GenerationTask?)? in
            guard let record = try database.findScript(id), record.trashed == nil else { return nil }
            return (
                try briefDesk(database), record,
                try record.script.task.map { task throws(StoreError) in try database.findTask(task) } ?? nil
            )
        }
        guard let (brief, record, task) = found else { throw .notFound }
        var form = task?.form ?? .fresh
        form.notice = ""
        var note: FormNote?
        if record.source != .product {
            form.source = ScriptSource.custom.rawValue
            form.prompt = MoreLikeThis.prompt(for: record.script, after: form.prompt)
            let words =
                "The script stands in the prompt as an example. The service wants a prompt in English: if the script is in another language, "
                + "write what is good about it in English instead."
            note = FormNote(words: words, address: "/scripts/\(id)", label: "See the script")
        } else if let language = record.language, language != .english {
            note = FormNote(
                words: "This asks for more scripts in \(language.name) from the same brief. The script itself cannot be given along: a "
                    + "prompt has to be in English, and this script is not.", address: "/scripts/\(id)", label: "See the script")
        }
        let origin = BriefPage.Origin(address: "/scripts/\(id)", title: record.script.title.beginning(60))
        return briefPage(briefView(brief, form, note: note, origin: origin))
    }
}

/// A prompt that has a script as its example.
enum MoreLikeThis {
    /// - Parameter prompt: what the script was written from; empty for none. The example is cut, not the prompt.
    static func prompt(for script: Script, after prompt: String) -> String {
        let opening =
            (prompt.trimmed.isEmpty ? "" : prompt.trimmed + "\n\n") + "Write more scripts in the manner of this one, with other words:\n\n"
        var example = script.title + "\n" + script.text.withLineFeeds
        let room = Brief.Limits.prompt - opening.utf16.count
        guard room > 200 else { return prompt }
        while example.utf16.count > room { example.removeLast(max(1, min(example.count, (example.utf16.count - room) / 2))) }
        return opening + example
    }
}
