import Domain
import HTTP
import Store

/// One script with its text, its task, and what the team says of it.
@Sendable func showScript(_ context: Context) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    let items = context.request.queryItems
    let (done, mayWrite) = (context.done, context.may(.writer))
    let found = try context.read { database throws(StoreError) -> (Desk, ScriptFile, Int?)? in
        guard let file = try ScriptFile(id, reading: database) else { return nil }
        return (try context.desk(database), file, try done.map { id throws(StoreError) in try database.countChanges(by: id) } ?? nil)
    }
    guard let (desk, file, changed) = found else { throw .notFound }
    let record = file.record
    let mark = desk.mark(record.connection, record.kind)
    let spokenOnly = items["spoken"] != nil
    let text = record.script.text.withLineFeeds
    let page = ScriptPage(
        frame: context.frame(record.script.title.beginning(60), .scripts, desk), script: file.card,
        taskID: record.script.task.map { "\($0)" } ?? "", taskTitle: record.taskTitle,
        language: record.language?.name ?? "not stated", delivered: Moment(record.script.created), remoteID: record.script.remoteID,
        otherConnection: mark.isEmpty ? "" : "From \(mark == "sandbox" ? "the sandbox" : mark).",
        form: mayWrite ? context.postForm("/scripts/sort") : nil, noteForm: mayWrite ? context.postForm("/scripts/\(id)/notes") : nil,
        approval: record.approval.name, approvalWord: record.approval.rawValue,
        nextApprovals: record.approval.next.filter { context.may($0.role) }.map {
            FormField.Option(value: $0.rawValue, label: $0.action, isChosen: false)
        },
        tags: record.tags, notes: file.notes.map { NoteRow($0) }, history: file.history.map { HistoryRow($0) },
        versions: file.versions.reversed().map { VersionRow($0, isCurrent: $0.number == record.revision.number) },
        fragments: RequestFragment.all(for: spokenOnly ? SpokenWords.of(text) : text), spokenOnly: spokenOnly,
        back: "/scripts/\(id)", done: done.flatMap { id in changed.map { DoneView(id: id, changed: $0, context) } },
        isTrashed: record.trashed != nil)
    return .html(.ok, context.site.pages.script.render(page))
}

/// All that the store knows of one script.
struct ScriptFile {
    let record: ScriptRecord
    let brief: Brief?
    /// Scripts of its task.
    let siblings: Int
    let notes: [Note]
    let history: [SortingRecord]
    let versions: [ScriptVersion]

    /// Nil where there is none, or none any more.
    init?(_ id: Script.ID, reading database: borrowing Database) throws(StoreError) {
        guard let record = try database.findScript(id) else { return nil }
        // What has lain in the trash for 30 days has no text.
        if record.trashed != nil, record.script.title.isEmpty, record.script.text.isEmpty { return nil }
        self.record = record
        if let task = record.script.task {
            brief = try database.findTask(task)?.brief
            siblings = try database.findScripts(of: task).count
        } else {
            (brief, siblings) = (nil, 0)
        }
        notes = try database.findNotes(of: id)
        history = try database.findSortings(of: id, limit: 30)
        versions = try database.findVersions(of: id)
    }

    var card: ScriptCard { ScriptCard(record, of: max(brief?.count ?? 0, siblings), brief) }
}

extension ScriptCard {
    /// - Parameter brief: nil for an imported one.
    init(_ record: ScriptRecord, of count: Int, _ brief: Brief?) {
        let script = record.script
        let text = script.text.withLineFeeds
        let words = text.wordCount
        self.init(
            id: "\(script.id)", position: script.task == nil ? "imported" : "\(script.position) of \(count)", title: script.title,
            paragraphs: Self.paragraphs(of: text), languageTag: record.language?.tag ?? "", words: words.of("word"),
            characters: text.utf16.count.of("character"),
            spoken: Spoken(words: SpokenWords.of(text).wordCount, in: record.language ?? .english, for: brief),
            isSample: record.kind == .sandbox, isStarred: record.isStarred, revision: record.revision.name,
            color: record.revision.color.rawValue, approval: record.approval == .draft ? "" : record.approval.name,
            approvalWord: record.approval.rawValue)
    }
}

extension ScriptCard.Spoken {
    /// An estimate by the language's speaking rate; a second more or less is nobody's fault.
    fileprivate init(words: Int, in language: ScriptLanguage, for brief: Brief?) {
        let seconds = (words * 60 + language.wordsPerMinute / 2) / language.wordsPerMinute
        let text = "\(seconds) s spoken"
        guard case .product(_, _, let duration?, _) = brief?.subject else {
            self = .about(text)
            return
        }
        let over = seconds - duration.seconds
        self = over > 1 ? .over("\(text), \(over) over \(duration.seconds) s") : .fits("\(text) of \(duration.seconds) s")
    }
}

extension Approval {
    /// On the button that says so.
    var action: String {
        switch self {
        case .draft: "Back to draft"
        case .review: "Send to review"
        case .approved: "Approve"
        case .changes: "Ask for changes"
        }
    }
}
