import Domain
import HTTP
import Store

/// One script with its text and its task.
@Sendable func showScript(_ context: Context) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    let found = try context.read { database throws(StoreError) -> (Desk, ScriptRecord, GenerationTask, Int)? in
        guard let record = try database.findScript(id), let taskID = record.script.task, let task = try database.findTask(taskID) else { return nil }
        return (try context.desk(database), record, task, try database.findScripts(of: task.id).count)
    }
    guard let (desk, record, task, count) = found else { throw .notFound }
    let mark = desk.mark(record.connection, record.kind)
    let page = ScriptPage(
        frame: context.frame(record.script.title.beginning(60), .scripts, desk),
        script: ScriptCard(record, of: max(task.brief.count, count), task.brief),
        taskID: "\(task.id)", taskTitle: record.taskTitle, language: record.language?.name ?? "not stated", delivered: Moment(record.script.created),
        remoteID: record.script.remoteID, otherConnection: mark.isEmpty ? "" : "From \(mark == "sandbox" ? "the sandbox" : mark).")
    return .html(.ok, context.site.pages.script.render(page))
}

extension ScriptCard {
    init(_ record: ScriptRecord, of count: Int, _ brief: Brief) {
        let script = record.script
        let words = script.text.wordCount
        self.init(
            id: "\(script.id)", position: "\(script.position) of \(count)", title: script.title,
            paragraphs: Self.paragraphs(of: script.text.withLineFeeds), languageTag: record.language?.tag ?? "", words: words.of("word"),
            spoken: Spoken(words: words, in: record.language ?? .english, for: brief), isSample: record.kind == .sandbox)
    }
}

extension ScriptCard.Spoken {
    /// An estimate by the language's speaking rate; a second more or less is nobody's fault.
    fileprivate init(words: Int, in language: ScriptLanguage, for brief: Brief) {
        let seconds = (words * 60 + language.wordsPerMinute / 2) / language.wordsPerMinute
        let text = "\(seconds) s spoken"
        guard case .product(_, _, let duration?, _) = brief.subject else {
            self = .about(text)
            return
        }
        let over = seconds - duration.seconds
        self = over > 1 ? .over("\(text), \(over) over") : .fits(text)
    }
}
