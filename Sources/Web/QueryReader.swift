import Domain
import HTTP

/// What is wrong with an address that asks for rows of a list.
struct QueryMistake: Sendable, Hashable {
    let field: String
    let message: String
}

/// Reads the filters of an address, the same for every list: what cannot be read is a mistake and filters nothing, and empty values count
/// as absent, as a form sends them.
struct QueryReader {
    private let fields: FormData
    private(set) var mistakes: [QueryMistake] = []

    init(_ fields: FormData) {
        self.fields = fields
    }

    func value(_ field: some RawRepresentable<String>) -> String? {
        fields[field.rawValue].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// - Parameter what: what is said where `make` can do nothing with the value.
    mutating func read<T>(_ field: some RawRepresentable<String>, _ what: String, _ make: (String) -> T?) -> T? {
        guard let text = value(field) else { return nil }
        guard let value = make(text) else {
            mistakes.append(QueryMistake(field: field.rawValue, message: what))
            return nil
        }
        return value
    }

    /// The words that are looked for.
    var text: String { String((value(QueryField.text) ?? "").prefix(Self.longestText)) }

    private static let longestText = 300

    mutating func days() -> (from: Day?, to: Day?) {
        (
            read(QueryField.from, "Write the first day as 2026-11-23.") { Day($0) },
            read(QueryField.to, "Write the last day as 2026-11-23.") { Day($0) }
        )
    }

    static let languages = "Choose one of the seven languages, or \(ScriptQuery.LanguageFilter.notStatedWord)."
    static let author = "An author is a member's number."
}
