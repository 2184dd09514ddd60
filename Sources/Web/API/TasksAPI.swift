import Domain
import HTTP
import Store

/// `GET /api/v1/tasks`: filtered by what their scripts are filtered by, under the same names, and by their state.
@Sendable func listTaskDocuments(_ context: Context) throws(Problem) -> Response {
    let items = context.request.queryItems
    var mistakes: [QueryMistake] = []
    let query = TaskQuery(items, mistakes: &mistakes)
    let page = APIPage<GenerationTask>(items, mistakes: &mistakes)
    guard mistakes.isEmpty else { return .parameterProblem(mistakes) }
    return context.search { database throws(StoreError) in
        try database.findTasks(query, before: page.before, limit: page.limit + 1)
    } then: { result in
        switch result {
        case .success(let tasks):
            let shown = tasks.prefix(page.limit)
            let next = tasks.count > page.limit ? shown.last?.id : nil
            return .json(.ok, JSONBody.bytes(APIList(data: shown.map { TaskDocument($0) }, next: next)))
        case .failure(let error): return .searchProblem(error)
        }
    }
}

/// `GET /api/v1/tasks/ID`, with the brief as it was typed and its scripts.
@Sendable func showTaskDocument(_ context: Context) throws(Problem) -> Response {
    let id: GenerationTask.ID = try context.id()
    let found = try context.read { database throws(StoreError) -> (GenerationTask, [ScriptRecord])? in
        guard let task = try database.findTask(id) else { return nil }
        return (task, try database.findScripts(of: id))
    }
    guard let (task, scripts) = found else { throw .notFound }
    return .json(.ok, JSONBody.bytes(TaskDocument(task, scripts: scripts)))
}

/// `POST /api/v1/tasks`: a brief as the service's create call takes it, and `notice_acknowledged`, by the same rules as the form. With
/// an `Idempotency-Key` of 16 to 64 letters, digits, `-` and `_`, sending it again answers with the first one's task.
@Sendable func createTask(_ context: Context, _ body: JSONTree) throws(Problem) -> Response {
    let ground = try context.read { database throws(StoreError) in try BriefGround(namesVideos: true, reading: database) }
    guard let connection = ground.connection else {
        return ProblemDocument.response(.conflict, detail: "Nobody has said yet whose access token this is. Open the app and answer.")
    }
    let read = BriefBody(body, videos: ground.videos)
    let checked = BriefCheck(read.form, on: ground, address: context.request.peer)
    let errors = read.mistakes + checked.mistakes.filter { mistake in !read.mistakes.contains { $0.field == mistake.field } }
    guard let brief = checked.brief, errors.isEmpty else {
        return ProblemDocument.response(
            .unprocessableContent, detail: "The brief cannot be sent as it is.",
            errors: errors.inFormOrder.map { ProblemDocument.Member(field: $0.field.rawValue, detail: $0.message) })
    }
    let key = context.request.headers["Idempotency-Key"]
    let named = key.flatMap { SubmissionID($0) }
    guard key == nil || named != nil else {
        return ProblemDocument.response(.badRequest, detail: "An Idempotency-Key has 16 to 64 letters, digits, - and _.")
    }
    let submission = TaskSubmission(
        id: named ?? .new(), connection: connection.id, brief: brief, form: read.form, acknowledgement: checked.acknowledgement,
        member: context.member.id)
    let now = context.now
    return context.write { transaction throws(StoreError) in
        let submitted = try transaction.submit(submission, now: now)
        let id: GenerationTask.ID =
            switch submitted {
            case .new(let id), .repeated(let id), .conflict(let id): id
            }
        return (submitted, try transaction.database.findTask(id))
    } then: { result in
        switch result {
        case .success((.new(let id), let task?)), .success((.repeated(let id), let task?)):
            var response = Response.json(.created, JSONBody.bytes(TaskDocument(task, scripts: [])))
            response.headers["Location"] = "/api/v1/tasks/\(id)"
            return response
        case .success((.conflict(let first), _)):
            return ProblemDocument.response(.conflict, detail: "This key came before with another brief, which became task \(first).")
        case .success((_, .none)), .failure:
            return ProblemDocument.response(.serviceUnavailable, detail: "The brief could not be saved. Nothing was sent; try again.")
        }
    }
}

/// A task as programs read it.
struct TaskDocument: Encodable {
    let id: Int64
    let title: String
    let source: String
    /// BCP 47; null where nobody has said.
    let language: String?
    let state: String
    let scripts_asked: Int
    let scripts_here: Int
    let created: String
    let author: String
    let sample: Bool?
    let remote_id: String?
    let message: String?
    let scripts: [ScriptDocument]?

    init(_ task: TaskSummary) {
        (id, title, source, state) = (task.id.rawValue, task.title, task.source.rawValue, task.state.rawValue)
        language = task.source == .product ? task.language.tag : nil
        (scripts_asked, scripts_here, created, author) = (task.scriptsAsked, task.scriptsHere, task.created.iso8601, task.member)
        sample = task.kind == .sandbox
        (remote_id, message, scripts) = (nil, nil, nil)
    }

    init(_ task: GenerationTask, scripts: [ScriptRecord]) {
        (id, title, source) = (task.id.rawValue, task.brief.title, task.brief.source.rawValue)
        state = task.state.name.rawValue
        language = task.brief.source == .product ? task.brief.language.tag : nil
        (scripts_asked, scripts_here, created, author) = (task.brief.count, scripts.count, task.created.iso8601, task.member.name)
        sample = scripts.first.map { $0.kind == .sandbox }
        remote_id = task.state.remote?.id
        if case .failed(let failure) = task.state { message = failure.words } else { message = nil }
        self.scripts = scripts.map { ScriptDocument($0) }
    }

    private enum Key: String, CodingKey {
        case id, title, source, language, state, scripts_asked, scripts_here, created, author, sample, remote_id, message, scripts
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(id, forKey: .id)
        try members.encode(title, forKey: .title)
        try members.encode(source, forKey: .source)
        try members.encode(language, forKey: .language)
        try members.encode(state, forKey: .state)
        try members.encode(scripts_asked, forKey: .scripts_asked)
        try members.encode(scripts_here, forKey: .scripts_here)
        try members.encode(created, forKey: .created)
        try members.encode(author, forKey: .author)
        try members.encodeIfPresent(sample, forKey: .sample)
        try members.encodeIfPresent(remote_id, forKey: .remote_id)
        try members.encodeIfPresent(message, forKey: .message)
        try members.encodeIfPresent(scripts, forKey: .scripts)
    }
}
