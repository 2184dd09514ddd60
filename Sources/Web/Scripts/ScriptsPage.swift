/// The scripts that were looked for, newest first, `/scripts`.
struct ScriptsPage: View {
    let frame: Frame
    /// `task connection script` on the first page of all; empty elsewhere, where nothing moves.
    let live: String
    /// What `ScriptRows` looks like; empty for none.
    var rows: [UInt8] = []
    let query: QueryView
    /// Posts to `/scripts/sort`; nil for who only reads, and chooses scripts to download or print them.
    let form: PostForm?
    /// What its reader may say of the chosen ones.
    var approvals: [FormField.Option] = []
    /// This page's own address.
    let back: String
    /// What has just been done here, and how it is taken back.
    let done: DoneView?
    var pager = Pager()
    /// Why there is no answer; empty otherwise.
    var trouble = ""

    static var fields: [Field<ScriptsPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .written("rows") { $1.append(markup: $0.rows) },
            .flag("has_scripts") { !$0.rows.isEmpty },
            .section("query") { $0.query },
            .section("form") { $0.form },
            .list("sayable") { $0.approvals },
            .text("back") { $0.back },
            .section("done") { $0.done },
            .section("pager") { $0.pager },
            .text("trouble") { $0.trouble },
        ]
    }
}

/// The rows of such a page, rendered by themselves, since they stay the same for longer than what is around them.
struct ScriptRows: View {
    let scripts: [ScriptRow]

    static var fields: [Field<ScriptRows>] {
        [
            .list("scripts") { $0.scripts }
        ]
    }
}

/// A script in a list.
struct ScriptRow: View {
    let id: String
    let title: Marked
    /// How the text begins, or what stands around what was looked for, in one line: as much as a card shows.
    let beginning: Marked
    /// BCP 47: `de`, and `ms` for Malay; empty where nobody has said.
    let languageTag: String
    /// `German`, `language not stated`
    let language: String
    /// Empty for an imported one.
    let taskID: String
    let taskTitle: String
    let delivered: Moment
    let isSample: Bool
    var isStarred = false
    /// `Approved`; empty for a draft.
    var approval = ""
    var approvalWord = "draft"
    /// `blue`; empty as delivered.
    var color = ""
    /// `second blue`; empty as delivered.
    var revision = ""
    var tags: [String] = []
    /// The page has a form that it can be chosen for.
    var isChoosable = false
    /// That form stars.
    var isSortable = false

    static var fields: [Field<ScriptRow>] {
        [
            .text("id") { $0.id },
            .written("title") { $0.title.write(to: &$1) },
            .text("plain_title") { $0.title.text },
            .written("beginning") { $0.beginning.write(to: &$1) },
            .text("language_tag") { $0.languageTag },
            .text("language") { $0.language },
            .text("task_id") { $0.taskID },
            .text("task_title") { $0.taskTitle },
            .section("delivered") { $0.delivered },
            .flag("is_sample") { $0.isSample },
            .flag("is_starred") { $0.isStarred },
            .text("approval") { $0.approval },
            .text("approval_word") { $0.approvalWord },
            .text("color") { $0.color },
            .text("revision") { $0.revision },
            .texts("tags") { $0.tags },
            .flag("is_choosable") { $0.isChoosable },
            .flag("is_sortable") { $0.isSortable },
            .flag("has_marks") { $0.isChoosable || $0.isStarred || !$0.approval.isEmpty || !$0.revision.isEmpty || !$0.tags.isEmpty },
        ]
    }
}
