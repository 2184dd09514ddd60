import Domain
import HTTP
import Store

/// `GET /api/v1/scripts`: what the page of scripts finds, under the same names.
@Sendable func listScriptDocuments(_ context: Context) throws(Problem) -> Response {
    let items = context.request.queryItems
    var mistakes: [QueryMistake] = []
    let query = ScriptQuery(items, mistakes: &mistakes)
    let page = APIPage<Script>(items, mistakes: &mistakes)
    guard mistakes.isEmpty else { return .parameterProblem(mistakes) }
    return context.search { database throws(StoreError) in
        try database.findScripts(query, before: page.before, limit: page.limit + 1)
    } then: { result in
        switch result {
        case .success(let scripts):
            let shown = scripts.prefix(page.limit)
            let next = scripts.count > page.limit ? shown.last?.script.id : nil
            return .json(.ok, JSONBody.bytes(APIList(data: shown.map { ScriptDocument($0) }, next: next)))
        case .failure(let error): return .searchProblem(error)
        }
    }
}

/// `GET /api/v1/scripts/ID`
@Sendable func showScriptDocument(_ context: Context) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    let found = try context.read { database throws(StoreError) -> (ScriptRecord, [ScriptVersion])? in
        guard let record = try database.findScript(id), record.trashed == nil else { return nil }
        return (record, try database.findVersions(of: id))
    }
    guard let (record, versions) = found else { throw .notFound }
    return .json(.ok, JSONBody.bytes(ScriptWithVersions(script: ScriptDocument(record), versions: versions.map { VersionDocument($0) })))
}

/// `GET /api/v1/openapi.json`: what all of this is, for programs (OpenAPI 3.1).
@Sendable func showOpenAPI(_ context: Context) throws(Problem) -> Response {
    guard let response = context.site.files.response(to: ["openapi.json"]) else { throw .notFound }
    return response
}

/// Which rows of a list are asked for: `limit` of them from behind `before` on.
struct APIPage<Entity>: Sendable {
    let before: Identifier<Entity>?
    let limit: Int

    static var most: Int { 200 }

    init(_ items: FormData, mistakes: inout [QueryMistake]) {
        before = items["before"].flatMap { Identifier(decimal: $0) }
        limit = items["limit"].map { Int($0) ?? 0 } ?? rowsOnAPage
        if items["before"] != nil, before == nil {
            mistakes.append(QueryMistake(field: "before", message: "A cursor is what stood under next."))
        }
        if !(1...Self.most).contains(limit) { mistakes.append(QueryMistake(field: "limit", message: "Ask for 1 to \(Self.most).")) }
    }
}

/// A page of a list; `next` is the cursor of the page after it, null on the last.
struct APIList<Row: Encodable>: Encodable {
    let data: [Row]
    let next: String?

    init<Entity>(data: [Row], next: Identifier<Entity>?) {
        self.data = data
        self.next = next.map { "\($0)" }
    }

    private enum Key: String, CodingKey {
        case data, next
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(data, forKey: .data)
        try members.encode(next, forKey: .next)
    }
}

struct VersionDocument: Encodable {
    let number: Int
    let revision: String
    let title: String
    let text: String
    let origin: String
    let reason: String
    let by: String?
    let created: String

    init(_ version: ScriptVersion) {
        number = version.number
        revision = version.revision.color.rawValue
        title = version.title
        text = version.text
        origin = version.origin.rawValue
        reason = version.reason
        by = version.member
        created = version.created.iso8601
    }
}

private struct ScriptWithVersions: Encodable {
    let script: ScriptDocument
    let versions: [VersionDocument]

    private enum Key: String, CodingKey {
        case versions
    }

    func encode(to encoder: any Encoder) throws {
        try script.encode(to: encoder)
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(versions, forKey: .versions)
    }
}

extension Response {
    static func parameterProblem(_ mistakes: [QueryMistake]) -> Response {
        ProblemDocument.response(
            .badRequest, detail: "A parameter cannot be read.",
            errors: mistakes.map { ProblemDocument.Member(field: $0.field, detail: $0.message) })
    }

    static func searchProblem(_ error: StoreError) -> Response {
        var response = ProblemDocument.response(
            .serviceUnavailable, detail: error.isLate ? "This search takes too long: name a longer word." : "Try again in some seconds.")
        response.headers["Retry-After"] = "5"
        return response
    }
}
