/// The table of what a site answers, from method and path to the site's own action.
package struct Router<Action> {
    @usableFromInline let table: RouteTable
    @usableFromInline let actions: [Action]

    package init(_ routes: [Route<Action>]) {
        table = RouteTable(patterns: routes.map(\.pattern))
        actions = routes.map(\.action)
    }

    /// The first route of the table that fits, so `/tasks/new` stands above `/tasks/:id`. HEAD is answered wherever GET is
    /// (RFC 9110 §9.3.2). A trailing slash is part of the path.
    ///
    /// Inlined, so that nothing of the action's type is looked up at run time.
    @inlinable package func match(_ request: Request) -> RouteMatch<Action> {
        switch table.match(request.method, request.path) {
        case .found(let index, let captures): .found(actions[index], captures)
        case .methodNotAllowed(let allow): .methodNotAllowed(allow: allow)
        case .notFound: .notFound
        }
    }
}

/// One line of the table. In a pattern such as `/tasks/:id/cancel`, a segment that begins with a colon captures any one segment that
/// is not empty.
package struct Route<Action> {
    let action: Action
    fileprivate let pattern: RouteTable.Pattern

    package init(_ method: Method, _ pattern: String, _ action: Action) {
        self.action = action
        self.pattern = RouteTable.Pattern(method, pattern)
    }
}

package enum RouteMatch<Action> {
    /// The action, and what the pattern captured from left to right, decoded.
    case found(Action, [String])
    /// The path exists, but not for this method: `Response.allow` answers it.
    case methodNotAllowed(allow: [Method])
    case notFound
}

extension Router: Sendable where Action: Sendable {}
extension Route: Sendable where Action: Sendable {}
extension RouteMatch: Sendable where Action: Sendable {}

/// The patterns without the actions: what is looked through for each request knows no type of a site's own.
package struct RouteTable: Sendable {
    struct Pattern: Sendable {
        let method: Method
        /// Nil captures.
        let segments: [String?]

        init(_ method: Method, _ pattern: String) {
            self.method = method
            segments =
                pattern == "/"
                ? []
                : pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix(":") ? nil : String($0) }
        }

        /// - Parameter path: of as many segments.
        func fits(_ path: [String]) -> Bool {
            for index in path.indices {
                if let literal = segments[index] {
                    guard literal == path[index] else { return false }
                } else if path[index].isEmpty {
                    return false
                }
            }
            return true
        }

        func captures(of path: [String]) -> [String] {
            path.indices.filter { segments[$0] == nil }.map { path[$0] }
        }
    }

    private let patterns: [Pattern]
    /// Which patterns have so many segments, in their order: no other can fit.
    private let bySize: [[Int]]

    init(patterns: [Pattern]) {
        self.patterns = patterns
        let longest = patterns.map(\.segments.count).max() ?? 0
        bySize = (0...longest).map { size in patterns.indices.filter { patterns[$0].segments.count == size } }
    }

    package func match(_ method: Method, _ path: [String]) -> RouteMatch<Int> {
        guard path.count < bySize.count else { return .notFound }
        let method = method == .head ? .get : method
        var allow: [Method] = []
        for index in bySize[path.count] where patterns[index].fits(path) {
            if patterns[index].method == method { return .found(index, patterns[index].captures(of: path)) }
            let methods: [Method] = patterns[index].method == .get ? [.get, .head] : [patterns[index].method]
            allow += methods.filter { !allow.contains($0) }
        }
        return allow.isEmpty ? .notFound : .methodNotAllowed(allow: allow)
    }
}
