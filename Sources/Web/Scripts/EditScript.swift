import Domain
import HTTP
import Store

/// The form in which a script is bettered.
@Sendable func showEdit(_ context: Context) throws(Problem) -> Response {
    let (desk, record) = try context.scriptWithDesk()
    return context.editPage(desk, record, EditForm(record))
}

/// A new version, unless somebody saved one meanwhile: then both are shown, and nothing is lost.
@Sendable func editScript(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (desk, record) = try context.scriptWithDesk()
    let typed = EditForm(form)
    guard let base = typed.base else { throw .badForm(.malformed) }
    let mistakes = typed.mistakes
    guard mistakes.isEmpty else { return context.editPage(desk, record, typed, mistakes: mistakes, .unprocessableContent) }
    let (id, member, now, site) = (record.script.id, context.member.id, context.now, context.site)
    let again = context.editView(desk, record, typed)
    let (isApproved, actor) = (record.approval == .approved, context.actor)
    return context.write { transaction throws(StoreError) in
        let edited = try transaction.edit(
            id, from: base, title: typed.title, text: typed.text, reason: typed.reason, by: member, now: now)
        if case .saved = edited, isApproved { try transaction.audit(.approvalWithdrawn, "script \(id)", by: actor, now: now) }
        return edited
    } then: { result in
        var page = again
        switch result {
        case .success(.saved), .success(.unchanged): return .seeOther("/scripts/\(id)")
        case .success(.unknownScript):
            page.note = FormNote(words: "This script is in the trash or gone, so nothing was saved. What you wrote stands here still.")
            return .html(.conflict, site.pages.edit.render(page))
        case .success(.overtaken(let theirs)):
            page.base = "\(theirs.number)"
            page.theirs = TheirVersion(theirs, against: typed)
            return .html(.conflict, site.pages.edit.render(page))
        case .failure(let error):
            log("an edit could not be saved", at: now, [("error", "\(error)")])
            page.note = FormNote(words: "This could not be saved, perhaps because the disk is full. What you wrote stands here; try again.")
            return .html(.serviceUnavailable, site.pages.edit.render(page))
        }
    }
}

/// Makes an older version the current one.
@Sendable func restoreVersion(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    guard let number = form["version"].flatMap({ Int($0) }), let base = form["base"].flatMap({ Int($0) }) else {
        throw .badForm(.malformed)
    }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.restore(number, of: id, from: base, by: member, now: now)
    } then: { result in
        switch result {
        case .success(.saved), .success(.unchanged): .seeOther("/scripts/\(id)")
        case .success(.overtaken(let theirs)): .seeOther("/scripts/\(id)/versions?from=\(base)&to=\(theirs.number)&overtaken=1")
        case .success(.unknownScript): .seeOther("/scripts/\(id)")
        case .failure(let error): site.page(for: error)
        }
    }
}

/// What was typed into the form of an edit.
struct EditForm: Sendable {
    let title: String
    let text: String
    let reason: String
    /// The version that was before the person when they began.
    let base: Int?

    init(_ record: ScriptRecord) {
        title = record.script.title
        text = record.script.text.withLineFeeds
        reason = ""
        base = record.revision.number
    }

    init(_ form: FormData) {
        title = (form["title"] ?? "").split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
        text = (form["text"] ?? "").withLineFeeds
        reason = (form["reason"] ?? "").split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
        base = form["base"].flatMap { Int($0) }
    }

    var mistakes: [FormMistake] {
        var mistakes: [FormMistake] = []
        func check(_ name: String, _ label: String, _ text: String, limit: Int, isNeeded: Bool) {
            let count = text.utf16.count
            if isNeeded, text.isBlank { mistakes.append(FormMistake(field: name, message: "Write the \(label).")) }
            if count > limit {
                mistakes.append(FormMistake(field: name, message: "Shorten the \(label) to \(limit) characters; it has \(count)."))
            }
        }
        check("title", "title", title, limit: Script.Limits.title, isNeeded: true)
        check("text", "text", text, limit: Script.Limits.text, isNeeded: true)
        check("reason", "reason", reason, limit: Script.Limits.reason, isNeeded: false)
        return mistakes
    }
}

extension Context {
    /// The script that the path names, unless it is in the trash.
    func scriptWithDesk() throws(Problem) -> (Desk, ScriptRecord) {
        let id: Script.ID = try id()
        let found = try read { database throws(StoreError) -> (Desk, ScriptRecord)? in
            guard let record = try database.findScript(id), record.trashed == nil else { return nil }
            return (try desk(database), record)
        }
        guard let found else { throw .notFound }
        return found
    }

    fileprivate func editPage(
        _ desk: Desk, _ record: ScriptRecord, _ form: EditForm, mistakes: [FormMistake] = [], _ status: Status = .ok
    ) -> Response {
        .html(status, site.pages.edit.render(editView(desk, record, form, mistakes: mistakes)))
    }

    fileprivate func editView(_ desk: Desk, _ record: ScriptRecord, _ form: EditForm, mistakes: [FormMistake] = []) -> EditPage {
        func field(_ name: String, _ value: String, limit: Int) -> FormField {
            FormField(name: name, value: value, limit: limit, errors: mistakes.filter { $0.field == name }.map(\.message))
        }
        return EditPage(
            frame: frame("Edit · \(record.script.title.beginning(50))", .scripts, desk, offersNewBrief: false), id: "\(record.script.id)",
            title: record.script.title, languageTag: record.language?.tag ?? "",
            form: postForm("/scripts/\(record.script.id)/edit"), base: "\(form.base ?? record.revision.number)",
            revision: record.revision.name, color: record.revision.color.rawValue, mistakes: mistakes,
            newTitle: field("title", form.title, limit: Script.Limits.title), text: field("text", form.text, limit: Script.Limits.text),
            reason: field("reason", form.reason, limit: Script.Limits.reason), isApproved: record.approval == .approved)
    }
}

extension TheirVersion {
    fileprivate init(_ theirs: ScriptVersion, against mine: EditForm) {
        self.init(
            version: VersionRow(theirs), title: DiffPiece.pieces(WordDiff(from: theirs.title, to: mine.title)),
            text: DiffPiece.pieces(WordDiff(from: theirs.text.withLineFeeds, to: mine.text)))
    }
}
