/// What a name stands for, and how it is read from a scope `S`.
enum Value<S>: Sendable {
    case text(@Sendable (S) -> String)
    case html(@Sendable (S) -> HTML)
    case flag(@Sendable (S) -> Bool)
    case texts(@Sendable (S) -> [String])
    case views(any Nesting<S>)

    /// Whether a section of this name is shown.
    var isTrue: @Sendable (S) -> Bool {
        switch self {
        case .text(let read): { !read($0).isEmpty }
        case .html(let read): { !read($0).markup.isEmpty }
        case .flag(let read): read
        case .texts(let read): { !read($0).isEmpty }
        case .views(let views): views.isTrue
        }
    }

    /// The same value, read from a scope that points to an `S`.
    func read<Inner>(through path: @escaping @Sendable (Inner) -> UnsafePointer<S>) -> Value<Inner> {
        switch self {
        case .text(let read): .text { read(path($0).pointee) }
        case .html(let read): .html { read(path($0).pointee) }
        case .flag(let read): .flag { read(path($0).pointee) }
        case .texts(let read): .texts { read(path($0).pointee) }
        case .views(let views): .views(views.read(through: path))
        }
    }

    /// The same value, read from what may have an `S`; empty and false if not, as the specification has it of a broken chain.
    func read<Whole>(ifAny part: @escaping @Sendable (Whole) -> S?) -> Value<Whole> {
        switch self {
        case .text(let read): .text { part($0).map(read) ?? "" }
        case .html(let read): .html { part($0).map(read) ?? HTML(trusted: "") }
        case .flag(let read): .flag { part($0).map(read) ?? false }
        case .texts(let read): .texts { part($0).map(read) ?? [] }
        case .views(let views): .views(views.read(ifAny: part))
        }
    }
}

/// Views within a scope: one, none or a row of them. It hides their type until a section binds its content to it.
protocol Nesting<S>: Sendable {
    associatedtype S

    var isTrue: @Sendable (S) -> Bool { get }

    func read<Inner>(through path: @escaping @Sendable (Inner) -> UnsafePointer<S>) -> any Nesting<Inner>
    func read<Whole>(ifAny part: @escaping @Sendable (Whole) -> S?) -> any Nesting<Whole>

    /// The value of a dotted name, whose part before the dot this is.
    func member(_ name: Substring) throws(NameError) -> Value<S>

    /// The section whose content is shown once for each of the views.
    func section(_ nodes: [Node], by binder: Binder, within names: Names<S>, _ inclusion: Inclusion) throws(TemplateError) -> Op<S>
}

enum Views<S, E: View>: Nesting {
    case one(@Sendable (S) -> E?)
    case many(@Sendable (S) -> [E])

    var isTrue: @Sendable (S) -> Bool {
        switch self {
        case .one(let read): { read($0) != nil }
        case .many(let read): { !read($0).isEmpty }
        }
    }

    func read<Inner>(through path: @escaping @Sendable (Inner) -> UnsafePointer<S>) -> any Nesting<Inner> {
        switch self {
        case .one(let read): Views<Inner, E>.one { read(path($0).pointee) }
        case .many(let read): Views<Inner, E>.many { read(path($0).pointee) }
        }
    }

    func read<Whole>(ifAny part: @escaping @Sendable (Whole) -> S?) -> any Nesting<Whole> {
        switch self {
        case .one(let read): Views<Whole, E>.one { part($0).flatMap(read) }
        case .many(let read): Views<Whole, E>.many { part($0).map(read) ?? [] }
        }
    }

    func member(_ name: Substring) throws(NameError) -> Value<S> {
        switch self {
        case .one(let read): try E.value(name).read(ifAny: read)
        case .many: throw NameError("a list has no '\(name)' of its own, only its rows have")
        }
    }

    func section(_ nodes: [Node], by binder: Binder, within names: Names<S>, _ inclusion: Inclusion) throws(TemplateError) -> Op<S> {
        let names = names.inside(E.self)
        return switch self {
        case .one(let read): try binder.nested(nodes, in: names, { if let view = read($0) { $1(view) } }, inclusion)
        case .many(let read): try binder.nested(nodes, in: names, { for view in read($0) { $1(view) } }, inclusion)
        }
    }
}

extension View {
    /// The value of a field of this view, by its name.
    static func value(_ name: Substring) throws(NameError) -> Value<Self> {
        guard let value = find(name) else { throw NameError("no '\(name)' there: \(known)") }
        return value
    }

    static func find(_ name: Substring) -> Value<Self>? {
        fields.first { $0.name == name }?.value
    }

    /// For messages.
    static var known: String {
        "\(Self.self) has \(fields.map(\.name).joined(separator: ", "))"
    }
}
