import Domain
import HTTP

extension TaskQuery {
    /// Reads all it can; what cannot be read is a mistake and filters nothing.
    init(_ fields: FormData, mistakes: inout [QueryMistake]) {
        self.init()
        var reader = QueryReader(fields)
        text = reader.text
        source = reader.read(QueryField.source, "Choose product or prompt.") { Source(rawValue: $0) }
        language = reader.read(QueryField.language, QueryReader.languages) { ScriptQuery.LanguageFilter(word: $0) }
        author = reader.read(QueryField.author, QueryReader.author) { Member.ID(decimal: $0) }
        let states = TaskState.Name.allCases.map(\.rawValue)
        state = reader.read(Field.state, "Choose one of \(states.joined(separator: ", ")).") { TaskState.Name(rawValue: $0) }
        for facet in ScriptQuery.Facet.allCases { facets[facet] = reader.value(facet) }
        (from, to) = reader.days()
        mistakes += reader.mistakes
    }

    /// What scripts are not filtered by.
    private enum Field: String {
        case state
    }
}
