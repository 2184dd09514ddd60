/// What is looked for among the tasks: words, and filters that all have to hold.
package struct TaskQuery: Sendable, Hashable {
    /// As typed; every word has to stand in the title or the brand, whole or as the beginning of one.
    package var text = ""
    package var source: Source?
    package var language: ScriptQuery.LanguageFilter?
    /// Who wrote the brief.
    package var author: Member.ID?
    package var state: TaskState.Name?
    /// What the brief says.
    package var facets: [ScriptQuery.Facet: String] = [:]
    /// The first and the last day, in UTC, both included.
    package var from: Day?
    package var to: Day?

    package init() {}

    /// What a brief is about, as the filter's word.
    package enum Source: String, Sendable, CaseIterable {
        case product, prompt
    }

    /// The words of `text`, folded.
    package var words: [String] { Folding.words(of: text) }
}
