import Domain
import FoundationEssentials
import HTTP
import Store
import Synchronization

/// How many scripts each choice of each filter would leave, and what there is to choose from. The page fetches it by itself, so that a
/// search never waits for it.
@Sendable func countScripts(_ context: Context) throws(Problem) -> Response {
    var mistakes: [QueryMistake] = []
    let query = ScriptQuery(context.request.queryItems, mistakes: &mistakes)
    let counts = context.site.counts
    if let known = counts[query] { return .json(.ok, known) }
    let generation = counts.generation
    return context.search { database throws(StoreError) in
        try FilterCounts.Answer(query, reading: database)
    } then: { result in
        switch result {
        case .success(let answer):
            let bytes = answer.json
            counts.keep(bytes, for: query, of: generation)
            return .json(.ok, bytes)
        case .failure: return Response(.serviceUnavailable, headers: ["Retry-After": "5"])
        }
    }
}

/// Answers that hold until the next commit. *Threading*: any thread may ask, keep and forget.
final class FilterCounts: Sendable {
    static let cap = 1_000
    private static let mostAnswers = 256

    private struct State {
        var answers: [ScriptQuery: [UInt8]] = [:]
        var generation = 0
    }

    private let state = Mutex(State())

    subscript(_ query: ScriptQuery) -> [UInt8]? { state.withLock { $0.answers[query] } }

    /// What was counted before a commit must not be kept after it: take this before asking.
    var generation: Int { state.withLock { $0.generation } }

    func keep(_ answer: [UInt8], for query: ScriptQuery, of generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.answers.count >= Self.mostAnswers { state.answers = [:] }
            state.answers[query] = answer
        }
    }

    func forget() {
        state.withLock { state in
            state.generation += 1
            state.answers = [:]
        }
    }

    /// `1,000+` from the cap on.
    static func words(_ count: Int) -> String { count > cap ? "1,000+" : count == cap ? "1,000" : "\(count)" }

    struct Choice: Encodable {
        let value: String
        let label: String
        let count: String
    }

    struct Answer {
        private var filters: [String: [Choice]] = [:]
        private let all: String

        init(_ query: ScriptQuery, reading database: borrowing Database) throws(StoreError) {
            all = FilterCounts.words(try database.countScripts(query, cap: FilterCounts.cap + 1))
            let choices = try database.findFilterChoices()
            func count(
                _ field: QueryField, _ values: [(value: String, label: String)], _ set: (inout ScriptQuery, String) -> Void,
                reading database: borrowing Database
            ) throws(StoreError) -> [Choice] {
                var counted: [Choice] = []
                for (value, label) in values {
                    var question = query
                    set(&question, value)
                    let count = try database.countScripts(question, cap: FilterCounts.cap + 1)
                    counted.append(Choice(value: value, label: label, count: FilterCounts.words(count)))
                }
                return counted
            }
            let languages =
                ScriptLanguage.allCases.map { ($0.rawValue, $0.name) } + [(ScriptQuery.LanguageFilter.notStatedWord, "Not stated")]
            filters["language"] = try count(.language, languages, { $0.language = .init(word: $1) }, reading: database)
            filters["source"] = try count(
                .source, ScriptQuery.Source.allCases.map { ($0.rawValue, $0.label) }, { $0.source = .init(rawValue: $1) }, reading: database
            )
            filters["approval"] = try count(
                .approval, Approval.allCases.map { ($0.rawValue, $0.name) }, { $0.approval = .init(rawValue: $1) }, reading: database)
            filters["starred"] = try count(.starred, [("1", "Starred")], { question, _ in question.isStarred = true }, reading: database)
            filters["author"] = try count(
                .author, choices.authors.map { ("\($0.id)", $0.name) }, { $0.author = Member.ID(decimal: $1) }, reading: database)
            filters["tag"] = try count(
                .tag, choices.tags.map { ($0.name, $0.name) }, { if !$0.tags.contains($1) { $0.tags.append($1) } }, reading: database)
            for facet in ScriptQuery.Facet.allCases {
                guard let field = QueryField(rawValue: facet.rawValue) else { continue }
                filters[facet.rawValue] = try count(
                    field, (choices.facets[facet] ?? []).map { ($0, $0) }, { $0[facet] = $1 }, reading: database)
            }
        }

        private struct Document: Encodable {
            let all: String
            let filters: [String: [Choice]]
        }

        var json: [UInt8] { JSONBody.bytes(Document(all: all, filters: filters)) }
    }
}

/// JSON as this site writes it: keys in the order of the alphabet, so that equal values are equal bytes.
enum JSONBody {
    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, numbers, lists and objects of these can always be written.
        guard let data = try? encoder.encode(value) else { return Array("null".utf8) }
        return Array(data)
    }
}
