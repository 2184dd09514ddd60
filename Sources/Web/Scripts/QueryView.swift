import Domain
import HTTP
import Store

/// The form of a search with what it asks for now.
struct QueryView: View {
    let text: String
    let languages: [FormField.Option]
    let sources: [FormField.Option]
    let approvals: [FormField.Option]
    /// The open filters: any words, with those that are known to choose from.
    let open: [OpenFilter]
    let from: String
    let to: String
    let isStarred: Bool
    let author: String
    let task: String
    let tags: [String]
    /// Each filter that is set, with the way to leave it out.
    let chips: [Chip]
    let mistakes: [FormMistake]
    /// What stands after `/scripts` and the like: from the question mark on.
    let address: String
    let isEmpty: Bool

    struct OpenFilter: View {
        let name: String
        let label: String
        let value: String

        static var fields: [Field<OpenFilter>] {
            [
                .text("name") { $0.name },
                .text("label") { $0.label },
                .text("value") { $0.value },
            ]
        }
    }

    struct Chip: View {
        let label: String
        let value: String
        /// The address without it.
        let without: String

        static var fields: [Field<Chip>] {
            [
                .text("label") { $0.label },
                .text("value") { $0.value },
                .text("without") { $0.without },
            ]
        }
    }

    static var fields: [Field<QueryView>] {
        [
            .text("text") { $0.text },
            .list("languages") { $0.languages },
            .list("sources") { $0.sources },
            .list("approvals") { $0.approvals },
            .list("open") { $0.open },
            .text("from") { $0.from },
            .text("to") { $0.to },
            .flag("is_starred") { $0.isStarred },
            .text("author") { $0.author },
            .text("task") { $0.task },
            .texts("query_tags") { $0.tags },
            .list("chips") { $0.chips },
            .flag("has_chips") { !$0.chips.isEmpty },
            .list("mistakes") { $0.mistakes },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { $0.mistakes.count == 1 ? "One thing to mend" : "\($0.mistakes.count) things to mend" },
            .text("address") { $0.address },
            .text("more_address") { $0.address.isEmpty ? "?" : $0.address + "&" },
            .flag("is_query_empty") { $0.isEmpty },
        ]
    }
}

extension QueryView {
    /// - Parameter authorName: of the author that is asked for.
    init(_ query: ScriptQuery, mistakes: [QueryMistake] = [], authorName: String? = nil) {
        func option(_ value: String, _ label: String, _ chosen: String?) -> FormField.Option {
            FormField.Option(value: value, label: label, isChosen: value == (chosen ?? ""))
        }
        text = query.text
        languages =
            [option("", "Any", query.language?.word)]
            + ScriptLanguage.allCases.map { option($0.rawValue, $0.name, query.language?.word) }
            + [option(ScriptQuery.LanguageFilter.notStatedWord, "Not stated", query.language?.word)]
        sources =
            [option("", "Any", query.source?.rawValue)]
            + ScriptQuery.Source.allCases.map { option($0.rawValue, $0.label, query.source?.rawValue) }
        approvals =
            [option("", "Any", query.approval?.rawValue)] + Approval.allCases.map { option($0.rawValue, $0.name, query.approval?.rawValue) }
        open = ScriptQuery.Facet.allCases.map { facet in
            OpenFilter(name: facet.rawValue, label: facet.label, value: query[facet] ?? "")
        }
        from = query.from?.text ?? ""
        to = query.to?.text ?? ""
        isStarred = query.isStarred
        author = query.author.map { "\($0)" } ?? ""
        task = query.task.map { "\($0)" } ?? ""
        tags = query.tags
        chips = query.fields.filter { $0.field != .text }.map { field, value in
            Chip(
                label: field.label, value: field.shown(value, authorName: authorName),
                without: "/scripts" + query.without(field, value).address())
        }
        self.mistakes = mistakes.map { FormMistake(field: $0.field, message: $0.message) }
        address = query.address()
        isEmpty = query.isEmpty
    }
}

extension QueryField {
    var label: String {
        switch self {
        case .text: "Words"
        case .language: "Language"
        case .source: "Source"
        case .product: "Product"
        case .brand: "Brand"
        case .tone: "Tone"
        case .style: "Style"
        case .industry: "Industry"
        case .author: "Author"
        case .task: "Task"
        case .tag: "Tag"
        case .starred: "Starred"
        case .approval: "State"
        case .from: "From"
        case .to: "To"
        }
    }

    /// A filter's value as a person reads it.
    fileprivate func shown(_ value: String, authorName: String?) -> String {
        switch self {
        case .language: ScriptLanguage(rawValue: value)?.name ?? "not stated"
        case .source: ScriptQuery.Source(rawValue: value)?.label ?? value
        case .approval: Approval(rawValue: value)?.name ?? value
        case .author: authorName ?? value
        case .starred: "yes"
        case .text, .product, .brand, .tone, .style, .industry, .task, .tag, .from, .to: value
        }
    }
}

extension ScriptQuery.Facet {
    var label: String { QueryField(rawValue: rawValue)?.label ?? rawValue }
}

extension ScriptQuery.Source {
    var label: String {
        switch self {
        case .product: "Product"
        case .prompt: "Prompt"
        case .account: "Imported"
        }
    }
}

extension Context {
    /// `?done=ID`: what has just been done. An address that is handed on says so to those alone who may take it back.
    var done: Sorting.ID? {
        may(.writer) ? request.queryItems["done"].flatMap { Sorting.ID(decimal: $0) } : nil
    }
}

/// What has just been done to scripts, and the form that takes it back.
struct DoneView: View {
    let words: String
    /// Posts to `/scripts/undo`.
    let form: PostForm
    let sorting: String

    init(words: String, form: PostForm, sorting: String) {
        self.words = words
        self.form = form
        self.sorting = sorting
    }

    init(id: Sorting.ID, changed: Int, _ context: Context) {
        self.init(
            words: changed == 0 ? "Done." : "Done, for \(changed.of("script")).", form: context.postForm("/scripts/undo"), sorting: "\(id)")
    }

    static var fields: [Field<DoneView>] {
        [
            .text("words") { $0.words },
            .section("form") { $0.form },
            .text("sorting") { $0.sorting },
        ]
    }
}
