/// What a name stands for, and how it is read from a frame that holds what has the name.
enum Value: Sendable {
    case text(@Sendable (StackFrame) -> String)
    case html(@Sendable (StackFrame) -> HTML)
    case flag(@Sendable (StackFrame) -> Bool)
    case texts(@Sendable (StackFrame) -> [String])
    case views(any Nesting)

    /// Whether a section of this name is shown.
    var isTrue: @Sendable (StackFrame) -> Bool {
        switch self {
        case .text(let read): { !read($0).isEmpty }
        case .html(let read): { !read($0).markup.isEmpty }
        case .flag(let read): read
        case .texts(let read): { !read($0).isEmpty }
        case .views(let views): views.isTrue
        }
    }

    /// The same value, read from what may have an `E`; empty and false if not, as the specification has it of a broken chain.
    func read<E>(ifAny part: @escaping @Sendable (StackFrame) -> E?) -> Value {
        switch self {
        case .text(let read): .text { part($0).map { StackFrame.with($0, read) } ?? "" }
        case .html(let read): .html { part($0).map { StackFrame.with($0, read) } ?? HTML(trusted: "") }
        case .flag(let read): .flag { part($0).map { StackFrame.with($0, read) } ?? false }
        case .texts(let read): .texts { part($0).map { StackFrame.with($0, read) } ?? [] }
        case .views(let views): .views(views.read(ifAny: part))
        }
    }
}

/// Views within a view: one, none or a row of them. It hides their type until a section binds its content to it.
protocol Nesting: Sendable {
    var isTrue: @Sendable (StackFrame) -> Bool { get }

    func read<E>(ifAny part: @escaping @Sendable (StackFrame) -> E?) -> any Nesting

    /// The value of a dotted name, whose part before the dot this is.
    func member(_ name: Substring) throws(NameError) -> Value

    /// The section whose content is shown once for each of the views.
    func section(_ nodes: [Node], by binder: Binder, at level: Int, within names: Names, _ inclusion: Inclusion) throws(TemplateError) -> Op
}

enum Views<E: View>: Nesting {
    case one(@Sendable (StackFrame) -> E?)
    case many(@Sendable (StackFrame) -> [E])

    var isTrue: @Sendable (StackFrame) -> Bool {
        switch self {
        case .one(let read): { read($0) != nil }
        case .many(let read): { !read($0).isEmpty }
        }
    }

    func read<Whole>(ifAny part: @escaping @Sendable (StackFrame) -> Whole?) -> any Nesting {
        switch self {
        case .one(let read): Views.one { part($0).flatMap { StackFrame.with($0, read) } }
        case .many(let read): Views.many { part($0).map { StackFrame.with($0, read) } ?? [] }
        }
    }

    func member(_ name: Substring) throws(NameError) -> Value {
        switch self {
        case .one(let read): try E.value(name).read(ifAny: read)
        case .many: throw NameError("a list has no '\(name)' of its own, only its rows have")
        }
    }

    func section(
        _ nodes: [Node], by binder: Binder, at level: Int, within names: Names, _ inclusion: Inclusion
    ) throws(TemplateError) -> Op {
        let names = names.inside(E.self)
        return switch self {
        case .one(let read): try binder.nested(nodes, in: names, at: level, { if let view = read($0) { $1(view) } }, inclusion)
        case .many(let read): try binder.nested(nodes, in: names, at: level, { for view in read($0) { $1(view) } }, inclusion)
        }
    }
}

extension View {
    /// The value of a field of this view, by its name.
    static func value(_ name: Substring) throws(NameError) -> Value {
        guard let value = find(name) else { throw NameError("no '\(name)' there: \(known)") }
        return value
    }

    static func find(_ name: Substring) -> Value? {
        fields.first { $0.name == name }?.value
    }

    /// For messages.
    static var known: String {
        "\(Self.self) has \(fields.map(\.name).joined(separator: ", "))"
    }
}
