/// All briefs, newest first, `/tasks`.
struct TasksPage: View {
    let frame: Frame
    /// `task`, on the first page; empty on older ones, which do not move.
    let live: String
    let tasks: [TaskRow]
    var pager = Pager()

    static var fields: [Field<TasksPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .list("tasks") { $0.tasks },
            .flag("has_tasks") { !$0.tasks.isEmpty },
            .section("pager") { $0.pager },
        ]
    }
}

/// A task in a list.
struct TaskRow: View {
    let id: String
    let title: String
    /// The word for `data-state`.
    let state: String
    /// The state for a person: `in the queue`, `2 of 4 are here`, `done`, `failed`.
    let stateWords: String
    /// `Product` or `Prompt`.
    let source: String
    /// `German`
    let language: String
    let member: String
    let asked: Moment
    /// `2 of 4`
    let scripts: String
    /// `sandbox` or a live connection's name, when it is not the current one; empty otherwise.
    var otherConnection = ""

    static var fields: [Field<TaskRow>] {
        [
            .text("id") { $0.id },
            .text("title") { $0.title },
            .text("state") { $0.state },
            .text("state_words") { $0.stateWords },
            .text("source") { $0.source },
            .text("language") { $0.language },
            .text("member") { $0.member },
            .section("asked") { $0.asked },
            .text("scripts") { $0.scripts },
            .text("other_connection") { $0.otherConnection },
        ]
    }
}

/// The ways to the pages before and after; an empty address for none.
struct Pager: View {
    var newer = ""
    var older = ""

    static var fields: [Field<Pager>] {
        [
            .text("newer") { $0.newer },
            .text("older") { $0.older },
            .flag("is_needed") { !($0.newer + $0.older).isEmpty },
        ]
    }
}
