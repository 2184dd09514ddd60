import Domain
import Store

/// One script, `/scripts/ID`.
struct ScriptPage: View {
    let frame: Frame
    let script: ScriptCard
    /// Empty for an imported one.
    let taskID: String
    let taskTitle: String
    /// `German`, `not stated`
    let language: String
    let delivered: Moment
    /// The service's id of it.
    let remoteID: String
    /// When it belongs to another connection than the current one: `From the sandbox.` Empty otherwise.
    var otherConnection = ""
    /// Posts to `/scripts/sort`; nil for who only reads.
    let form: PostForm?
    /// Posts to `/scripts/ID/notes`; likewise.
    let noteForm: PostForm?
    /// `In review`
    let approval: String
    let approvalWord: String
    let nextApprovals: [FormField.Option]
    let tags: [String]
    let notes: [NoteRow]
    let history: [HistoryRow]
    /// Newest first.
    let versions: [VersionRow]
    let fragments: [RequestFragment]
    /// The fragments leave out what is not spoken.
    let spokenOnly: Bool
    /// This page's own address.
    let back: String
    let done: DoneView?
    let isTrashed: Bool

    static var fields: [Field<ScriptPage>] {
        [
            .section("frame") { $0.frame },
            .section("script") { $0.script },
            .text("task_id") { $0.taskID },
            .text("task_title") { $0.taskTitle },
            .text("language") { $0.language },
            .section("delivered") { $0.delivered },
            .text("remote_id") { $0.remoteID },
            .text("other_connection") { $0.otherConnection },
            .section("form") { $0.form },
            .section("note_form") { $0.noteForm },
            .text("state") { $0.approval },
            .text("state_word") { $0.approvalWord },
            .list("next_approvals") { $0.nextApprovals },
            .texts("tags") { $0.tags },
            .flag("has_tags") { !$0.tags.isEmpty },
            .list("notes") { $0.notes },
            .flag("lacks_notes") { $0.notes.isEmpty && $0.noteForm == nil },
            .list("history") { $0.history },
            .flag("has_history") { !$0.history.isEmpty },
            .list("versions") { $0.versions },
            .flag("has_versions") { $0.versions.count > 1 },
            .list("fragments") { $0.fragments },
            .flag("spoken_only") { $0.spokenOnly },
            .text("back") { $0.back },
            .section("done") { $0.done },
            .flag("is_trashed") { $0.isTrashed },
        ]
    }
}

struct NoteRow: View {
    let id: String
    let text: String
    let member: String
    let created: Moment

    init(_ note: Note) {
        id = "\(note.id)"
        text = note.text
        member = note.member
        created = Moment(note.created)
    }

    static var fields: [Field<NoteRow>] {
        [
            .text("id") { $0.id },
            .text("text") { $0.text },
            .text("member") { $0.member },
            .section("created") { $0.created },
        ]
    }
}

/// What was done to a script, in a sentence.
struct HistoryRow: View {
    let words: String
    let comment: String
    let at: Moment
    let isUndone: Bool

    init(_ record: SortingRecord) {
        let what =
            switch record.kind {
            case .star: record.after == "1" ? "starred it" : "took the star away"
            case .tag: record.after == "1" ? "tagged it “\(record.subject)”" : "took the tag “\(record.subject)” away"
            case .approval:
                switch Approval(rawValue: record.after) {
                case .approved: "approved it"
                case .changes: "asked for changes"
                case .review: "sent it to review"
                case .draft, .none: "made it a draft again"
                }
            case .trash: record.after.isEmpty ? "took it out of the trash" : "put it into the trash"
            case .note: record.after == "1" ? "wrote a note" : "took a note away"
            case .rename, .merge: "changed its tag"
            }
        words = "\(record.member) \(what)"
        comment = record.comment
        at = Moment(record.at)
        isUndone = record.isUndone
    }

    static var fields: [Field<HistoryRow>] {
        [
            .text("words") { $0.words },
            .text("comment") { $0.comment },
            .section("at") { $0.at },
            .flag("is_undone") { $0.isUndone },
        ]
    }
}

/// A script as a page of paper.
struct ScriptCard: View {
    let id: String
    /// `2 of 4`, `imported`
    let position: String
    let title: String
    /// As they came, without the empty lines between them; a line break within one is kept.
    let paragraphs: [String]
    /// BCP 47: `de`, and `ms` for Malay; empty where nobody has said.
    let languageTag: String
    /// `41 words`
    let words: String
    /// `254 characters`
    var characters = ""
    let spoken: Spoken
    /// Written by the sandbox: the page and every copy say so.
    let isSample: Bool
    var isStarred = false
    /// `white, as delivered`, `second blue`
    var revision = "white, as delivered"
    /// `blue`
    var color = "white"
    /// `Approved`; empty for a draft.
    var approval = ""
    var approvalWord = "draft"

    /// How long it takes to say, against what was asked for.
    enum Spoken: Sendable {
        /// `14 s spoken`, where no length was asked for.
        case about(String)
        /// `14 s spoken of 15 s`
        case fits(String)
        /// `17 s spoken, 2 over 15 s`
        case over(String)

        var text: String {
            switch self {
            case .about(let text), .fits(let text), .over(let text): text
            }
        }
    }

    /// The paragraphs of a script: what empty lines separate.
    static func paragraphs(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { line in line.allSatisfy(\.isWhitespace) }
            .map { $0.joined(separator: "\n") }
    }

    static var fields: [Field<ScriptCard>] {
        [
            .text("id") { $0.id },
            .text("position") { $0.position },
            .text("title") { $0.title },
            .texts("paragraphs") { $0.paragraphs },
            .text("language_tag") { $0.languageTag },
            .text("words") { $0.words },
            .text("characters") { $0.characters },
            .text("spoken") { $0.spoken.text },
            .flag("fits") { if case .fits = $0.spoken { true } else { false } },
            .flag("is_over") { if case .over = $0.spoken { true } else { false } },
            .flag("is_sample") { $0.isSample },
            .flag("is_starred") { $0.isStarred },
            .text("revision") { $0.revision },
            .text("color") { $0.color },
            .text("approval") { $0.approval },
            .text("approval_word") { $0.approvalWord },
        ]
    }
}
