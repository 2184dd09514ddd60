import Domain
import HTTP
import Store

/// One task: where it stands and why, its scripts, its brief as it was sent, and every call made for it.
@Sendable func showTask(_ context: Context) throws(Problem) -> Response {
    let id: GenerationTask.ID = try context.id()
    let found = try context.read { database throws(StoreError) -> (Desk, TaskFile)? in
        guard let task = try database.findTask(id) else { return nil }
        return (try context.desk(database), try TaskFile(task, reading: database))
    }
    guard let (desk, file) = found else { throw .notFound }
    let task = file.task
    let isLive = !task.state.isAtRest
    let isSearched = file.search?.next != nil
    let isCurrent = task.connection == desk.connection?.id
    let page = TaskPage(
        frame: context.frame(file.tabTitle, .tasks, desk, refreshes: isLive, signal: file.signal),
        id: "\(id)",
        state: task.state.name.rawValue,
        live: isLive || isSearched ? "task \(id) connection" : "",
        title: task.brief.title,
        subtitle: file.subtitle,
        asked: Moment(task.created),
        otherConnection: isCurrent ? "" : file.connection.kind == .sandbox ? "From the sandbox." : "From another connection.",
        progress: file.progress(desk),
        actions: file.actions(context),
        search: !context.may(.writer)
            ? nil
            : file.search.map {
                SearchView($0, look: context.postForm("/tasks/\(id)/search"), adopt: context.postForm("/tasks/\(id)/adopt"))
            },
        scripts: file.scripts.map { ScriptCard($0, of: max(task.brief.count, file.written), task.brief) },
        sorting: context.may(.writer) ? context.postForm("/scripts/sort") : nil,
        scriptsToCome: isLive ? max(0, task.brief.count - file.written) : 0, written: file.written,
        isLong: file.isLong,
        brief: file.briefRows,
        calls: file.calls.map { CallRow($0) })
    return .html(.ok, context.site.pages.task.render(page))
}

/// All that the store knows of one task.
struct TaskFile {
    let task: GenerationTask
    let connection: Connection
    let scripts: [ScriptRecord]
    /// How many have come, those in the trash included.
    let written: Int
    let videos: [Video]
    let calls: [Call]
    /// Briefs that go out before it.
    let ahead: Int
    /// Only of an unconfirmed task.
    let search: ScriptSearch?
    /// How long its like takes; asked only while somebody waits.
    let usual: Duration?

    init(_ task: GenerationTask, reading database: borrowing Database) throws(StoreError) {
        self.task = task
        guard let connection = try database.findConnection(task.connection) else {
            throw StoreError(code: 0, operation: "find a task's connection", message: "a task has no connection")
        }
        self.connection = connection
        scripts = try database.findScripts(of: task.id)
        written = try database.countScripts(of: task.id)
        videos = try database.findVideos(of: task.id)
        calls = try database.findCalls(of: task.id)
        search = task.state.name == .unconfirmed ? try database.findSearch(for: task) : nil
        usual = task.state.isAtRest ? nil : try database.findUsualTime(of: task.connection)
        ahead = task.state == .queued ? try database.countTasksAhead(of: task) : 0
    }

    /// What a narrow tab shows first is the state.
    var tabTitle: String {
        let title = task.brief.title.beginning(60)
        return switch task.state.name {
        case .waiting, .queued: "Queued · \(title)"
        case .sending: "Sending · \(title)"
        case .running: written == 0 ? "Writing · \(title)" : "\(written) of \(task.brief.count) · \(title)"
        case .succeeded: "✓ \(title)"
        case .failed: "Failed · \(title)"
        case .cancelled: "Cancelled · \(title)"
        case .unconfirmed: "Not confirmed · \(title)"
        case .stalled: "Stalled · \(title)"
        }
    }

    var isLong: Bool {
        if case .product(_, _, .seconds30?, _) = task.brief.subject { true } else { false }
    }

    var signal: Frame.Signal {
        switch task.state.name {
        case .waiting, .queued, .sending, .running: .working
        case .succeeded: .done
        case .cancelled: .none
        case .failed, .unconfirmed, .stalled: .trouble
        }
    }

    /// `4 scripts in German, 15 seconds, Friendly · asked by Mara`
    var subtitle: String {
        // What a prompt's scripts are in, nobody has said.
        var parts = [task.brief.count.of("script") + (task.brief.source == .product ? " in \(task.brief.language.name)" : "")]
        if case .product(_, _, let duration, let direction) = task.brief.subject {
            if let duration { parts.append("\(duration.seconds) seconds") }
            if let tone = direction.tone { parts.append(tone) }
        }
        return "\(parts.joined(separator: ", ")) · asked by \(task.member.name)"
    }

    func actions(_ context: Context) -> [TaskAction] {
        guard context.may(.writer) else { return [] }
        func form(_ action: String) -> PostForm { context.postForm("/tasks/\(task.id)/\(action)") }
        switch task.state {
        case .waiting, .queued:
            return [.cancel(form("cancel"))]
        case .running:
            return task.nothingNew(since: context.now).map { [.close(form("close"), since: Moment($0, .minute))] } ?? []
        case .stalled:
            return [.poll(form("poll"))] + (task.lastScript.map { [.close(form("close"), since: Moment($0, .minute))] } ?? [])
        case .unconfirmed:
            return [.resend(form("resend"))]
        case .sending, .succeeded, .failed, .cancelled:
            return []
        }
    }

    /// What the scripts' numbers are written in; a prompt's scripts come in English.
    private var languageTag: String { task.brief.source == .product ? task.brief.language.tag : ScriptLanguage.english.tag }

    /// The brief as it was sent, in the order of the form.
    var briefRows: [BriefRow] {
        let brief = task.brief
        var rows: [BriefRow] = []
        func add(_ name: String, _ value: String?) {
            if let value { rows.append(BriefRow(name, value)) }
        }
        add("Source", brief.source == .product ? "Product" : "Prompt")
        if case .prompt(let prompt, _, _) = brief.subject { add("Prompt", prompt) }
        if let product = brief.product {
            add("Name", product.name)
            add("Brand", product.brand)
            if let price = product.price {
                let money = Money(
                    amount: price.decimal, currency: product.currency?.code ?? Currency.standard.code, languageTag: languageTag)
                rows.append(BriefRow("Price", money))
            }
            add("Description", product.description)
            if !product.sellingPoints.isEmpty { rows.append(BriefRow("Points", product.sellingPoints)) }
        }
        if !brief.media.images.isEmpty { rows.append(BriefRow("Images", brief.media.images.map(\.text))) }
        if !videos.isEmpty { rows.append(BriefRow("Videos", videos.map(\.name))) }
        if case .product(_, _, let duration, let direction) = brief.subject {
            add("Length", duration.map { "\($0.seconds) seconds" })
            add("Language", direction.language?.name)
            add("Tone", direction.tone)
            add("Style", direction.style)
            add("View", direction.pointOfView)
            add("Industry", direction.industry)
        }
        add("Scripts", String(brief.count))
        return rows
    }
}
