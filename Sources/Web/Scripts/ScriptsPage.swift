/// All scripts, newest first, `/scripts`.
struct ScriptsPage: View {
    let frame: Frame
    /// `task`, on the first page; empty on older ones.
    let live: String
    let scripts: [ScriptRow]
    var pager = Pager()

    static var fields: [Field<ScriptsPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .list("scripts") { $0.scripts },
            .flag("has_scripts") { !$0.scripts.isEmpty },
            .section("pager") { $0.pager },
        ]
    }
}

/// A script in a list.
struct ScriptRow: View {
    let id: String
    let title: String
    /// How the text begins, in one line of some 200 characters.
    let beginning: String
    /// BCP 47: `de`, and `ms` for Malay.
    let languageTag: String
    /// `German`
    let language: String
    let taskID: String
    let taskTitle: String
    let delivered: Moment
    let isSample: Bool

    static var fields: [Field<ScriptRow>] {
        [
            .text("id") { $0.id },
            .text("title") { $0.title },
            .text("beginning") { $0.beginning },
            .text("language_tag") { $0.languageTag },
            .text("language") { $0.language },
            .text("task_id") { $0.taskID },
            .text("task_title") { $0.taskTitle },
            .section("delivered") { $0.delivered },
            .flag("is_sample") { $0.isSample },
        ]
    }
}
