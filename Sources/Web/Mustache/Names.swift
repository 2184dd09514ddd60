/// What may be named at one point of a template: Mustache's stack of contexts, known before there are any values.
struct Names: Sendable {
    /// A value and the level of the frame that it is read from.
    struct Found: Sendable {
        let value: Value
        let level: Int
    }

    /// A view, the values of its fields, and the level of its frame.
    private struct InReach: Sendable {
        let type: any View.Type
        let values: [(name: String, value: Value)]
        let level: Int

        init(_ type: any View.Type, level: Int) {
            self.type = type
            values = type.values
            self.level = level
        }
    }

    /// What `{{.}}` stands for; nil for a view, of which only the fields can be shown.
    private var current: Found?
    /// The views in reach, innermost first.
    private var views: [InReach]
    /// The level that the next section pushes.
    private(set) var depth: Int

    init(page: any View.Type) {
        views = [InReach(page, level: 0)]
        depth = 1
    }

    /// The names inside a section that shows a view.
    func inside(_ view: any View.Type) -> Names {
        var names = self
        names.current = nil
        names.views.insert(InReach(view, level: depth), at: 0)
        names.depth += 1
        return names
    }

    /// The names inside a section that shows a text or markup, which is `{{.}}` there.
    func inside(_ value: Value) -> Names {
        var names = self
        names.current = Found(value: value, level: depth)
        names.depth += 1
        return names
    }

    /// The names inside a section that a flag shows. It pushes no frame, but `{{.}}` is the flag.
    func inside(flag: Found) -> Names {
        var names = self
        names.current = flag
        return names
    }

    /// The value of a name in a tag. The first part of a dotted name is looked up from the innermost view outwards, each
    /// further part only in what the part before stands for. A leading dot asks the innermost view alone.
    func find(_ name: String) throws(NameError) -> Found {
        if name == "." {
            guard let current else { throw NameError("'.' stands for a view here: \(views.first?.type.known ?? "")") }
            return current
        }
        var parts = name.split(separator: ".", omittingEmptySubsequences: false)[...]
        let asked = parts.first == "" ? views.prefix(1) : views[...]
        if parts.first == "" { parts.removeFirst() }
        guard let first = parts.popFirst(), var found = Self.first(first, of: asked) else {
            throw NameError("no '\(name)' in reach: \(asked.map { $0.type.known }.joined(separator: "; "))")
        }

        var path = first
        for part in parts {
            guard case .views(let views) = found.value else { throw NameError("'\(path)' is not a view and has no '\(part)'") }
            found = Found(value: try views.member(part), level: found.level)
            path = part
        }
        return found
    }

    private static func first(_ name: Substring, of views: ArraySlice<InReach>) -> Found? {
        for view in views {
            if let (_, value) = view.values.first(where: { $0.name == name }) { return Found(value: value, level: view.level) }
        }
        return nil
    }
}

/// Why a name cannot be bound. The binder adds where it stands.
struct NameError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
