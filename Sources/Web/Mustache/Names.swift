/// The values in reach inside a section: its own, and by `outer` those around it, which may again be a scope. It points instead of
/// copying, since a view is a struct of many strings and a page reads some hundred of them; it never outlives the call that made it.
struct Scope<Own, Outer> {
    let own: UnsafePointer<Own>
    let outer: UnsafePointer<Outer>
}

/// What may be named at one point of a template: Mustache's stack of contexts, known before there are any values.
struct Names<S>: Sendable {
    /// What `{{.}}` stands for; nil for a view, of which only the fields can be shown.
    private let current: Value<S>?
    /// The fields of the innermost view.
    private let own: @Sendable (Substring) -> Value<S>?
    /// Those of the views around it.
    private let outer: @Sendable (Substring) -> Value<S>?
    /// The views in reach, innermost first.
    private let views: [any View.Type]

    /// The value of a name in a tag. The first part of a dotted name is looked up from the innermost view outwards, each
    /// further part only in what the part before stands for. A leading dot asks the innermost view alone.
    func value(_ name: String) throws(NameError) -> Value<S> {
        if name == "." {
            guard let current else { throw NameError("'.' stands for a view here: \(views.first?.known ?? "")") }
            return current
        }
        var parts = name.split(separator: ".", omittingEmptySubsequences: false)[...]
        let isOwn = parts.first == ""
        if isOwn { parts.removeFirst() }
        guard let first = parts.popFirst(), let found = own(first) ?? (isOwn ? nil : outer(first)) else { throw unknown(name) }

        var value = found
        var path = first
        for part in parts {
            guard case .views(let views) = value else { throw NameError("'\(path)' is not a view and has no '\(part)'") }
            value = try views.member(part)
            path = part
        }
        return value
    }

    private func unknown(_ name: String) -> NameError {
        NameError("no '\(name)' in reach: \(views.map { $0.known }.joined(separator: "; "))")
    }
}

extension Names {
    init(page: S.Type) where S: View {
        current = nil
        own = { S.find($0) }
        outer = { _ in nil }
        views = [S.self]
    }

    /// The names inside a section that shows an `E`.
    func inside<E: View>(_ view: E.Type) -> Names<Scope<E, S>> {
        Names<Scope<E, S>>(
            current: nil,
            own: { name in E.find(name)?.read { $0.own } },
            outer: outwards(),
            views: [E.self] + views)
    }

    /// The names inside a section that shows a text or markup, which is `{{.}}` there.
    func inside<E>(_ value: Value<E>) -> Names<Scope<E, S>> {
        Names<Scope<E, S>>(current: value.read { $0.own }, own: { _ in nil }, outer: outwards(), views: views)
    }

    /// The names inside a section that a flag shows. It has nothing of its own, but `{{.}}` is the flag.
    func inside(flag: Value<S>) -> Names<S> {
        let (own, outer) = (own, outer)
        return Names(current: flag, own: { _ in nil }, outer: { own($0) ?? outer($0) }, views: views)
    }

    private func outwards<E>() -> @Sendable (Substring) -> Value<Scope<E, S>>? {
        let (own, outer) = (own, outer)
        return { name in (own(name) ?? outer(name))?.read { $0.outer } }
    }
}

/// Why a name cannot be bound. The binder adds where it stands.
struct NameError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
