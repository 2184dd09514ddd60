/// What a name stands for, and how it is read from a frame that holds what has the name.
enum Value: Sendable {
    case text(@Sendable (StackFrame) -> String)
    case html(@Sendable (StackFrame) -> HTML)
    case flag(@Sendable (StackFrame) -> Bool)
    case texts(@Sendable (StackFrame) -> [String])
    case views(any Nesting)
    /// Writes itself.
    case written(@Sendable (StackFrame, inout Rendering) -> Void)

    /// Whether a section of this name is shown; nil for what makes no section.
    var isTrue: (@Sendable (StackFrame) -> Bool)? {
        switch self {
        case .text(let read): { !read($0).isEmpty }
        case .html(let read): { !read($0).markup.isEmpty }
        case .flag(let read): read
        case .texts(let read): { !read($0).isEmpty }
        case .views(let views): views.isTrue
        case .written: nil
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
        case .written(let write): .written { frame, page in if let part = part(frame) { StackFrame.with(part) { write($0, &page) } } }
        }
    }
}

/// Views within a view: one, none or a row of them. It hides their type until a section binds its content to it.
protocol Nesting: Sendable {
    var isTrue: @Sendable (StackFrame) -> Bool { get }
    /// Shows content once for each of the views.
    var each: Each { get }

    func read<E>(ifAny part: @escaping @Sendable (StackFrame) -> E?) -> any Nesting

    /// The value of a dotted name, whose part before the dot this is.
    func member(_ name: Substring) throws(NameError) -> Value

    /// What may be named in a section of this name.
    func names(in names: Names) -> Names
}

/// Finds in a frame what a section shows, and hands on a frame for each of it.
typealias Each = @Sendable (StackFrame, (StackFrame) -> Void) -> Void

/// The closures are made where a view names its fields, since there the compiler knows the view's type: they are made for that type alone,
/// and nothing of it is looked up while a page is rendered.
struct Views<E: View>: Nesting {
    let isTrue: @Sendable (StackFrame) -> Bool
    let each: Each
    /// Nil for a list.
    private let one: (@Sendable (StackFrame) -> E?)?
    private let many: (@Sendable (StackFrame) -> [E])?

    static func one(_ read: @escaping @Sendable (StackFrame) -> E?) -> Views {
        Views(
            isTrue: { read($0) != nil }, each: { frame, show in if let view = read(frame) { StackFrame.with(view, show) } }, one: read,
            many: nil)
    }

    static func many(_ read: @escaping @Sendable (StackFrame) -> [E]) -> Views {
        Views(isTrue: { !read($0).isEmpty }, each: { StackFrame.forEach(in: read($0), $1) }, one: nil, many: read)
    }

    func read<Whole>(ifAny part: @escaping @Sendable (StackFrame) -> Whole?) -> any Nesting {
        if let one { return Views.one { part($0).flatMap { StackFrame.with($0, one) } } }
        return Views.many { frame in part(frame).flatMap { whole in many.map { StackFrame.with(whole, $0) } } ?? [] }
    }

    func member(_ name: Substring) throws(NameError) -> Value {
        guard let one else { throw NameError("a list has no '\(name)' of its own, only its rows have") }
        return try E.value(name).read(ifAny: one)
    }

    func names(in names: Names) -> Names { names.inside(E.self) }
}

extension View {
    /// The value of a field of this view, by its name.
    static func value(_ name: Substring) throws(NameError) -> Value {
        guard let (_, value) = values.first(where: { $0.name == name }) else { throw NameError("no '\(name)' there: \(known)") }
        return value
    }

    /// All fields of this view. Made anew each time, so that whoever looks up many names keeps them.
    static var values: [(name: String, value: Value)] { fields.map { ($0.name, $0.value) } }

    /// For messages.
    static var known: String {
        "\(Self.self) has \(fields.map(\.name).joined(separator: ", "))"
    }
}
