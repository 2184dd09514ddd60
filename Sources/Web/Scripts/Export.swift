import Domain
import Store

/// The forms in which scripts leave the house; the raw value is the file's extension. Every one of them says that the words are made by AI,
/// and carries the service's id.
enum ExportFormat: String, CaseIterable, Sendable {
    case txt, md, csv, json

    var contentType: String {
        switch self {
        case .txt: "text/plain; charset=utf-8"
        case .md: "text/markdown; charset=utf-8"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .json: "application/json"
        }
    }
}

/// Writes scripts one after the other.
struct Export: Sendable {
    let format: ExportFormat
    /// Leaves out what is written for the eye.
    var spokenOnly = false

    /// What advertisers have to say of such content.
    static let mark = "AI-generated"

    var head: [UInt8] {
        switch format {
        case .txt: Array("Scripts from Scriptorium. \(Self.mark) content: label it as such.\n\n".utf8)
        case .md: Array("<!-- Scripts from Scriptorium. \(Self.mark) content: label it as such. -->\n\n".utf8)
        // The byte order mark by which spreadsheets know UTF-8.
        case .csv: Array(("\u{FEFF}" + CSV.row(Self.columns)).utf8)
        case .json: Array("[".utf8)
        }
    }

    var tail: [UInt8] {
        switch format {
        case .txt, .md, .csv: []
        case .json: Array("\n]\n".utf8)
        }
    }

    func append(_ record: ScriptRecord, isFirst: Bool, to bytes: inout [UInt8]) {
        switch format {
        case .txt: bytes += text(record).utf8
        case .md: bytes += markdown(record).utf8
        case .csv: bytes += CSV.row(columns(record)).utf8
        case .json:
            bytes += (isFirst ? "\n" : ",\n").utf8
            bytes += JSONBody.bytes(ScriptDocument(record, text: words(record)))
        }
    }

    private func words(_ record: ScriptRecord) -> String {
        let text = record.script.text.withLineFeeds
        return spokenOnly ? SpokenWords.of(text) : text
    }

    /// `AI-generated, edited; blue; script 7391…`
    private func marks(_ record: ScriptRecord) -> String {
        var marks = [record.revision.number == 1 ? Self.mark : "\(Self.mark), edited"]
        if record.kind == .sandbox { marks.append("sample, not written by TikTok") }
        marks.append(record.revision.name)
        marks.append("script \(record.script.remoteID)")
        return marks.joined(separator: "; ")
    }

    private func text(_ record: ScriptRecord) -> String {
        "\(record.script.title)\n[\(marks(record))]\n\n\(words(record))\n\n\n"
    }

    private func markdown(_ record: ScriptRecord) -> String {
        let paragraphs = ScriptCard.paragraphs(of: words(record)).map { paragraph in
            paragraph.split(separator: "\n", omittingEmptySubsequences: false).map { Markdown.text(String($0)) }.joined(separator: "  \n")
        }
        let heading = Markdown.text(record.script.title.split(whereSeparator: \.isNewline).joined(separator: " "))
        return "## \(heading)\n\n\(paragraphs.joined(separator: "\n\n"))\n\n*\(Markdown.text(marks(record)))*\n\n"
    }

    private static let columns = [
        "id", "script_id", "title", "text", "language", "product", "task", "delivered", "version", "state", "starred", "tags", "origin",
    ]

    private func columns(_ record: ScriptRecord) -> [String] {
        let script = record.script
        return [
            "\(script.id)", script.remoteID, script.title, words(record), record.language?.tag ?? "", record.taskTitle,
            script.task.map { "\($0)" } ?? "", script.created.iso8601, record.revision.name, record.approval.name,
            record.isStarred ? "yes" : "no", record.tags.joined(separator: ", "), marks(record),
        ]
    }
}

enum Markdown {
    /// Text that stays text: no markup of Markdown's, nor of HTML's that it would let through (CommonMark §2.4).
    static func text(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_{}[]()#+-.!|<>&~=:\"'/".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

/// A script as the JSON API and the download have it.
struct ScriptDocument: Encodable {
    let id: Int64
    let script_id: String
    let title: String
    let text: String
    /// BCP 47; null where nobody has said.
    let language: String?
    let source: String
    let task_id: Int64?
    let task_title: String?
    let created: String
    let version: Int
    let revision: String
    let approval: String
    let starred: Bool
    let tags: [String]
    let ai_generated = true
    let edited: Bool
    let sample: Bool
    let words: Int
    let characters: Int

    init(_ record: ScriptRecord, text: String? = nil) {
        let script = record.script
        id = script.id.rawValue
        script_id = script.remoteID
        title = script.title
        self.text = text ?? script.text.withLineFeeds
        language = record.language?.tag
        source =
            switch record.source {
            case .product: ScriptQuery.Source.product.rawValue
            case .custom: ScriptQuery.Source.prompt.rawValue
            case .none: ScriptQuery.Source.account.rawValue
            }
        task_id = script.task?.rawValue
        task_title = script.task == nil ? nil : record.taskTitle
        created = script.created.iso8601
        version = record.revision.number
        revision = record.revision.color.rawValue
        approval = record.approval.rawValue
        starred = record.isStarred
        tags = record.tags
        edited = record.revision.number > 1
        sample = record.kind == .sandbox
        words = self.text.wordCount
        characters = self.text.utf16.count
    }

    private enum Key: String, CodingKey {
        case id, script_id, title, text, language, source, task_id, task_title, created, version, revision, approval, starred, tags
        case ai_generated, edited, sample, words, characters
    }

    /// A value that is not there is null, so that every script has the same members.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(id, forKey: .id)
        try members.encode(script_id, forKey: .script_id)
        try members.encode(title, forKey: .title)
        try members.encode(text, forKey: .text)
        try members.encode(language, forKey: .language)
        try members.encode(source, forKey: .source)
        try members.encode(task_id, forKey: .task_id)
        try members.encode(task_title, forKey: .task_title)
        try members.encode(created, forKey: .created)
        try members.encode(version, forKey: .version)
        try members.encode(revision, forKey: .revision)
        try members.encode(approval, forKey: .approval)
        try members.encode(starred, forKey: .starred)
        try members.encode(tags, forKey: .tags)
        try members.encode(ai_generated, forKey: .ai_generated)
        try members.encode(edited, forKey: .edited)
        try members.encode(sample, forKey: .sample)
        try members.encode(words, forKey: .words)
        try members.encode(characters, forKey: .characters)
    }
}
