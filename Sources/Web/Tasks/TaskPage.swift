import Domain

/// One brief and what becomes of it, `/tasks/ID`.
struct TaskPage: View {
    let frame: Frame
    let id: String
    /// The word for `data-state`.
    let state: String
    /// What the page listens to: `task 42 connection`; empty at an end state.
    let live: String
    /// The product's name, or how the prompt begins.
    let title: String
    /// `4 scripts in German, 15 seconds, Friendly · asked by Mara`
    let subtitle: String
    let asked: Moment
    /// When it belongs to another connection than the current one: `From the sandbox.` Empty otherwise.
    var otherConnection = ""
    let progress: TaskProgress
    /// The forms that this state offers.
    var actions: [TaskAction] = []
    /// Only while it is unconfirmed.
    var search: SearchView? = nil
    let scripts: [ScriptCard]
    /// Posts to `/scripts/sort`; the stars belong to it. Nil for who only reads.
    let sorting: PostForm?
    /// How many dashed pages follow: scripts that are still expected.
    let scriptsToCome: Int
    /// How many have come, those in the trash included.
    let written: Int
    /// Thirty seconds were asked for: the pages to come keep room for as much.
    var isLong = false
    /// Everything that was sent, in the order of the form; what was not sent is left out.
    let brief: [BriefRow]
    /// Oldest first.
    let calls: [CallRow]

    static var fields: [Field<TaskPage>] {
        [
            .section("frame") { $0.frame },
            .text("id") { $0.id },
            .text("state") { $0.state },
            .text("live") { $0.live },
            .text("title") { $0.title },
            .text("subtitle") { $0.subtitle },
            .section("asked") { $0.asked },
            .text("other_connection") { $0.otherConnection },
            .list("steps") { $0.progress.steps },
            .text("filled") { String($0.progress.filled) },
            .section("outcome") { $0.progress.outcome },
            .section("search") { $0.search },
            .list("actions") { $0.actions },
            .flag("has_actions") { !$0.actions.isEmpty },
            .list("scripts") { $0.scripts },
            .section("sorting") { $0.sorting },
            .text("in_trash") { $0.written > $0.scripts.count ? "\(($0.written - $0.scripts.count).of("script"))" : "" },
            .flag("has_many_scripts") { $0.scripts.count > 1 },
            .text("script_ids") { $0.scripts.map { "script=\($0.id)" }.joined(separator: "&") },
            .texts("to_come") { page in (0..<page.scriptsToCome).map { "\(page.written + $0 + 1)" } },
            .flag("is_writing") { $0.state == "running" },
            .flag("is_done") { $0.state == TaskState.Name.succeeded.rawValue && !$0.scripts.isEmpty },
            .flag("is_moving") { TaskState.Name(rawValue: $0.state)?.isAtRest == false },
            .flag("is_long") { $0.isLong },
            .flag("is_bare") { $0.scripts.isEmpty && $0.scriptsToCome == 0 },
            .list("brief") { $0.brief },
            .list("calls") { $0.calls },
            .flag("has_calls") { !$0.calls.isEmpty },
        ]
    }
}

/// A line of the brief as it was sent.
struct BriefRow: View {
    let name: String
    /// More than one for lists, such as selling points; none for a price.
    let values: [String]
    var money: Money? = nil

    init(_ name: String, _ values: [String]) {
        self.name = name
        self.values = values
    }

    init(_ name: String, _ value: String) {
        self.init(name, [value])
    }

    init(_ name: String, _ money: Money) {
        self.init(name, [])
        self.money = money
    }

    static var fields: [Field<BriefRow>] {
        [
            .text("name") { $0.name },
            .texts("values") { $0.values },
            .section("money") { $0.money },
        ]
    }
}

/// A price, as it was sent from the server; the browser writes it as its language does.
struct Money: View {
    /// `39.90`
    let amount: String
    /// ISO 4217
    let currency: String
    /// BCP 47
    let languageTag: String

    static var fields: [Field<Money>] {
        [
            .text("amount") { $0.amount },
            .text("currency") { $0.currency },
            .text("language_tag") { $0.languageTag },
        ]
    }
}

/// A button with which a person moves a task on, and the words before it that say what happens.
struct TaskAction: View {
    let form: PostForm
    let button: String
    /// When the last script came, if that is why the button is offered.
    var nothingNewSince: Moment? = nil
    let explanation: String

    static var fields: [Field<TaskAction>] {
        [
            .section("form") { $0.form },
            .text("button") { $0.button },
            .section("nothing_new_since") { $0.nothingNewSince },
            .text("explanation") { $0.explanation },
        ]
    }

    /// While it is waiting or queued. Posts to `/tasks/ID/cancel`.
    static func cancel(_ form: PostForm) -> TaskAction {
        TaskAction(form: form, button: "Cancel this brief", explanation: "Nothing has been sent yet, so it can still be taken back.")
    }

    /// After ten minutes of a partial success without a new script. Posts to `/tasks/ID/close`.
    /// - Parameter since: when the last script came, as `.minute`.
    static func close(_ form: PostForm, since: Moment) -> TaskAction {
        TaskAction(
            form: form, button: "Close with what is here", nothingNewSince: since,
            explanation: "Closing stops asking for more and keeps the scripts that are here.")
    }

    /// When it is stalled. Posts to `/tasks/ID/poll`.
    static func poll(_ form: PostForm) -> TaskAction {
        TaskAction(form: form, button: "Ask again now", explanation: "One call asks the service how the task stands.")
    }

    /// When it is unconfirmed. Posts to `/tasks/ID/resend`.
    static func resend(_ form: PostForm) -> TaskAction {
        TaskAction(
            form: form, button: "Send again",
            explanation: "If the first call did arrive, the service writes this brief twice and both count towards your limit.")
    }
}
