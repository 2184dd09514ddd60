/// What a template may name: a struct of values that are ready to be shown. One view, one template.
package protocol View: Sendable {
    static var fields: [Field<Self>] { get }
}

/// Markup that is inserted as it is. Everything else is escaped.
package struct HTML: Sendable, Hashable {
    package let markup: String

    package init(trusted markup: String) {
        self.markup = markup
    }
}

/// A name of a view and how to read it. As a section, a text is true when it is not empty.
package struct Field<V: Sendable>: Sendable {
    enum Kind: Sendable {
        case text(@Sendable (V) -> String)
        case html(@Sendable (V) -> HTML)
        case flag(@Sendable (V) -> Bool)
        case texts(@Sendable (V) -> [String])
    }

    let name: String
    let kind: Kind

    package static func text(_ name: String, _ read: @escaping @Sendable (V) -> String) -> Field {
        Field(name: name, kind: .text(read))
    }

    package static func html(_ name: String, _ read: @escaping @Sendable (V) -> HTML) -> Field {
        Field(name: name, kind: .html(read))
    }

    package static func flag(_ name: String, _ read: @escaping @Sendable (V) -> Bool) -> Field {
        Field(name: name, kind: .flag(read))
    }

    package static func texts(_ name: String, _ read: @escaping @Sendable (V) -> [String]) -> Field {
        Field(name: name, kind: .texts(read))
    }
}
