import Domain
import HTTP
import Store

/// The chosen scripts as shooting sheets, one a page: what is said beside what is shown, with room for what is noted on the set.
@Sendable func printScripts(_ context: Context) throws(Problem) -> Response {
    let chosen = context.request.queryItems.values("script").compactMap { Script.ID(decimal: $0) }
    guard chosen.count <= Script.Limits.sorted else { throw .badForm(.tooLarge) }
    let (desk, records) = try context.read { database throws(StoreError) in
        var records: [ScriptRecord] = []
        for id in chosen { if let record = try database.findScript(id), record.trashed == nil { records.append(record) } }
        return (try context.desk(database), records)
    }
    let page = PrintPage(
        frame: context.frame("Shooting sheet", .scripts, desk, offersNewBrief: false), sheets: records.map { ShootingSheet($0) })
    return .html(.ok, context.site.pages.print.render(page))
}

/// `/scripts/print?script=1&script=2`
struct PrintPage: View {
    let frame: Frame
    let sheets: [ShootingSheet]

    static var fields: [Field<PrintPage>] {
        [
            .section("frame") { $0.frame },
            .list("sheets") { $0.sheets },
            .flag("has_sheets") { !$0.sheets.isEmpty },
        ]
    }
}

struct ShootingSheet: View {
    let title: String
    let languageTag: String
    let taskTitle: String
    let takes: [Take]
    let spoken: String
    let words: String
    /// `AI-generated; script 7391…; white, as delivered`
    let marks: String

    /// A paragraph of the script.
    struct Take: View {
        let number: String
        let text: String
        let seconds: String

        static var fields: [Field<Take>] {
            [
                .text("number") { $0.number },
                .text("text") { $0.text },
                .text("seconds") { $0.seconds },
            ]
        }
    }

    init(_ record: ScriptRecord) {
        let text = record.script.text.withLineFeeds
        let rate = (record.language ?? .english).wordsPerMinute
        func seconds(_ text: String) -> Int { (SpokenWords.of(text).wordCount * 60 + rate / 2) / rate }
        title = record.script.title
        languageTag = record.language?.tag ?? ""
        taskTitle = record.taskTitle
        takes = ScriptCard.paragraphs(of: text).enumerated().map { index, paragraph in
            Take(number: "\(index + 1)", text: paragraph, seconds: "\(seconds(paragraph)) s")
        }
        spoken = "\(seconds(text)) s spoken"
        words = text.wordCount.of("word")
        let sample = record.kind == .sandbox ? "; sample, not written by TikTok" : ""
        marks = "\(Export.mark)\(sample); \(record.revision.name); script \(record.script.remoteID)"
    }

    static var fields: [Field<ShootingSheet>] {
        [
            .text("title") { $0.title },
            .text("language_tag") { $0.languageTag },
            .text("task_title") { $0.taskTitle },
            .list("takes") { $0.takes },
            .text("spoken") { $0.spoken },
            .text("words") { $0.words },
            .text("marks") { $0.marks },
        ]
    }
}
