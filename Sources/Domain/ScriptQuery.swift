/// What is looked for among the scripts: words, and filters that all have to hold.
package struct ScriptQuery: Sendable, Hashable {
    /// As typed; every word has to stand in the script, whole or as the beginning of one.
    package var text = ""
    package var language: LanguageFilter?
    package var source: Source?
    package var tone: String?
    package var style: String?
    package var industry: String?
    package var product: String?
    package var brand: String?
    /// Who wrote the brief.
    package var author: Member.ID?
    package var task: GenerationTask.ID?
    /// All of these.
    package var tags: [String] = []
    package var isStarred = false
    package var approval: Approval?
    /// The first and the last day, in UTC, both included.
    package var from: Day?
    package var to: Day?

    package init() {}

    package enum LanguageFilter: Sendable, Hashable {
        case stated(ScriptLanguage)
        /// Nobody has said what it is in: prompts, and what was made elsewhere.
        case notStated

        package init?(word: String) {
            if word == Self.notStatedWord {
                self = .notStated
            } else {
                guard let language = ScriptLanguage(rawValue: word) else { return nil }
                self = .stated(language)
            }
        }

        package static let notStatedWord = "none"

        package var word: String {
            switch self {
            case .stated(let language): language.rawValue
            case .notStated: Self.notStatedWord
            }
        }
    }

    /// Where a script comes from, as the filter's word.
    package enum Source: String, Sendable, CaseIterable {
        case product, prompt, account
    }

    /// The words of `text`, folded.
    package var words: [String] { Folding.words(of: text) }

    /// Whether it asks for anything.
    package var isEmpty: Bool { self == ScriptQuery() }

    /// What a brief says of its scripts, beside the language.
    package enum Facet: String, Sendable, CaseIterable {
        case product, brand, tone, style, industry
    }

    package subscript(_ facet: Facet) -> String? {
        get {
            switch facet {
            case .product: product
            case .brand: brand
            case .tone: tone
            case .style: style
            case .industry: industry
            }
        }
        set {
            switch facet {
            case .product: product = newValue
            case .brand: brand = newValue
            case .tone: tone = newValue
            case .style: style = newValue
            case .industry: industry = newValue
            }
        }
    }
}

/// A day of the calendar, in UTC.
package struct Day: Sendable, Hashable {
    /// Midnight, at its beginning.
    package let start: Timestamp
    /// `2026-11-23`
    package let text: String

    package var end: Timestamp { start + .seconds(86_400) }

    /// `2026-11-23`, as a date control sends it.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            year >= 1970, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Days of the civil calendar since 1970-01-01, counted in eras of 400 years from 1 March.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        start = Timestamp(milliseconds: Int64(days) * 86_400_000)
        self.text = text
        // What the calendar does not have, such as 30 February, comes out as another day.
        guard start.iso8601.hasPrefix(text) else { return nil }
    }
}
