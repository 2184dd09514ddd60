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
    let name: String
    let value: Value

    package static func text(_ name: String, _ read: @escaping @Sendable (V) -> String) -> Field {
        Field(name: name, value: .text { $0.read(read) })
    }

    package static func html(_ name: String, _ read: @escaping @Sendable (V) -> HTML) -> Field {
        Field(name: name, value: .html { $0.read(read) })
    }

    package static func flag(_ name: String, _ read: @escaping @Sendable (V) -> Bool) -> Field {
        Field(name: name, value: .flag { $0.read(read) })
    }

    package static func texts(_ name: String, _ read: @escaping @Sendable (V) -> [String]) -> Field {
        Field(name: name, value: .texts { $0.read(read) })
    }

    /// What writes itself into the page. It can only be shown: it makes no section.
    package static func written(_ name: String, _ write: @escaping @Sendable (V, inout Rendering) -> Void) -> Field {
        Field(name: name, value: .written { frame, page in frame.read { write($0, &page) } })
    }

    /// A view within the view, or none: `{{#brief}}{{tone}}{{/brief}}`, `{{^brief}}…{{/brief}}` and `{{brief.tone}}`.
    package static func section<E: View>(_ name: String, _ read: @escaping @Sendable (V) -> E?) -> Field {
        Field(name: name, value: .views(Views.one { $0.read(read) }))
    }

    /// Views in a row: `{{#scripts}}{{title}}{{/scripts}}`, and `{{^scripts}}…{{/scripts}}` when there are none.
    package static func list<E: View>(_ name: String, _ read: @escaping @Sendable (V) -> [E]) -> Field {
        Field(name: name, value: .views(Views.many { $0.read(read) }))
    }
}
