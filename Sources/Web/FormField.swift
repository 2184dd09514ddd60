/// A control of a form with what was typed and what is said about it. Label and hint stand in the template.
struct FormField: View {
    /// The control's name, which is also the id that an error links to.
    let name: String
    let value: String
    /// In UTF-16 code units; a counter stands beside the label. Nil for none.
    var limit: Int? = nil
    /// Recommended values of a control that takes any words.
    var suggestions: [String] = []
    /// Of a choice: exactly these.
    var options: [Option] = []
    /// What has to be mended before anything is sent.
    var errors: [String] = []
    /// What may be sent but is better mended.
    var warnings: [String] = []
    /// Whether the template says more of it than the label does.
    var isHinted = true

    struct Option: View {
        let value: String
        let label: String
        let isChosen: Bool

        static var fields: [Field<Option>] {
            [
                .text("value") { $0.value },
                // An option's text is its value where it has no other; HTML takes white space off it.
                .flag("has_value") { $0.value != $0.label || $0.value.contains(where: \.isWhitespace) },
                .text("label") { $0.label },
                .flag("is_chosen") { $0.isChosen },
            ]
        }
    }

    static var fields: [Field<FormField>] {
        [
            .text("name") { $0.name },
            .text("value") { $0.value },
            .text("lines") { $0.lines },
            .text("shown") { $0.shown },
            .text("limit") { $0.limit.map(String.init) ?? "" },
            .text("counter") { $0.counter },
            .flag("is_over") { $0.isOver },
            .texts("suggestions") { $0.suggestions },
            .text("list") { "\($0.end)-list" },
            .flag("has_suggestions") { !$0.suggestions.isEmpty },
            .list("options") { $0.options },
            .texts("errors") { $0.errors },
            .flag("is_invalid") { !$0.errors.isEmpty },
            .texts("warnings") { $0.warnings },
            .flag("is_doubtful") { !$0.warnings.isEmpty },
            .flag("is_said") { $0.isSaid },
            .flag("is_hinted") { $0.isHinted },
            .text("hint_id") { "\($0.end)-hint" },
            .text("described") { $0.described },
        ]
    }

    /// For a `textarea`, whose first line feed the browser drops.
    private var lines: String { value.hasPrefix("\n") ? "\n" + value : value }

    /// Whether something is said about what was typed.
    private var isSaid: Bool { !errors.isEmpty || !warnings.isEmpty }

    /// The ids of what describes the control.
    private var described: String {
        [(isHinted, "\(end)-hint"), (isSaid, "\(name)-said")].filter(\.0).map(\.1).joined(separator: " ")
    }

    /// Of a name that is a path, what tells it from the others on its page.
    private var end: Substring { name.split(separator: ".").last ?? "" }

    /// As a person reads it: a choice by its label.
    private var shown: String { options.first { $0.isChosen }?.label ?? value }

    private var counter: String { limit.map { "\(value.utf16.count) / \($0)" } ?? "" }

    private var isOver: Bool { limit.map { value.utf16.count > $0 } ?? false }

    /// How many lines hold something.
    var filledLines: Int {
        value.split(separator: "\n").count { line in line.contains { !$0.isWhitespace } }
    }
}

/// A line of the summary above a form: what is wrong, linked to the control.
struct FormMistake: View {
    /// The control's name; empty for a mistake of the form as a whole.
    let field: String
    let message: String

    static var fields: [Field<FormMistake>] {
        [
            .text("field") { $0.field },
            .text("message") { $0.message },
        ]
    }
}

/// What is said above a form that is shown again for another reason than a mistake in it.
struct FormNote: View {
    let words: String
    /// Where to look or go first; empty for none.
    var address = ""
    var label = ""

    static var fields: [Field<FormNote>] {
        [
            .text("words") { $0.words },
            .text("address") { $0.address },
            .text("label") { $0.label },
        ]
    }
}
