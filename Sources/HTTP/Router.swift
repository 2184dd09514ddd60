/// The table of what a site answers, from method and path to the site's own action.
package struct Router<Action> {
    private let routes: [Route<Action>]

    package init(_ routes: [Route<Action>]) {
        self.routes = routes
    }

    /// The first route of the table that fits, so `/tasks/new` stands above `/tasks/:id`. HEAD is answered wherever GET is
    /// (RFC 9110 §9.3.2). A trailing slash is part of the path.
    package func match(_ request: Request) -> RouteMatch<Action> {
        let method = request.method == .head ? .get : request.method
        var allow: [Method] = []
        for route in routes {
            guard let captures = route.captures(of: request.path) else { continue }
            if route.method == method { return .found(route.action, captures) }
            let methods: [Method] = route.method == .get ? [.get, .head] : [route.method]
            allow += methods.filter { !allow.contains($0) }
        }
        return allow.isEmpty ? .notFound : .methodNotAllowed(allow: allow)
    }
}

/// One line of the table. In a pattern such as `/tasks/:id/cancel`, a segment that begins with a colon captures any one segment that
/// is not empty.
package struct Route<Action> {
    let method: Method
    let action: Action
    private let segments: [Segment]

    private enum Segment: Sendable {
        case literal(String)
        case capture
    }

    package init(_ method: Method, _ pattern: String, _ action: Action) {
        self.method = method
        self.action = action
        segments =
            pattern == "/"
            ? []
            : pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                $0.hasPrefix(":") ? .capture : .literal(String($0))
            }
    }

    fileprivate func captures(of path: [String]) -> [String]? {
        guard path.count == segments.count else { return nil }
        var captures: [String] = []
        for (segment, part) in zip(segments, path) {
            switch segment {
            case .literal(let text): guard text == part else { return nil }
            case .capture:
                guard !part.isEmpty else { return nil }
                captures.append(part)
            }
        }
        return captures
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
