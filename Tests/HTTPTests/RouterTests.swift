import HTTP
import Testing

struct RouterTests {
    private enum Action { case home, list, new, show, create, cancel, remove }

    private let router = Router<Action>([
        Route(.get, "/", .home), Route(.get, "/tasks", .list), Route(.get, "/tasks/new", .new), Route(.get, "/tasks/:id", .show),
        Route(.post, "/tasks", .create), Route(.post, "/tasks/:id/cancel", .cancel), Route(.delete, "/remote/:a/x/:b/", .remove),
    ])

    private func match(_ method: Method, _ path: [String]) -> String {
        switch router.match(Request(method: method, path: path)) {
        case .found(let action, let captures): "\(action)\(captures)"
        case .methodNotAllowed(let allow): "405 " + allow.map(\.rawValue).joined(separator: " ")
        case .notFound: "404"
        }
    }

    @Test func `a path finds its action and what it captured`() {
        #expect(match(.get, []) == "home[]")
        #expect(match(.get, ["tasks", "42"]) == #"show["42"]"#)
        #expect(match(.get, ["tasks", "a/b"]) == #"show["a/b"]"#)
        #expect(match(.post, ["tasks", "7", "cancel"]) == #"cancel["7"]"#)
        #expect(match(.delete, ["remote", "1", "x", "2", ""]) == #"remove["1", "2"]"#)
    }

    @Test func `the first route of the table wins`() {
        #expect(match(.get, ["tasks", "new"]) == "new[]")
    }

    @Test func `HEAD is answered wherever GET is`() {
        #expect(match(.head, ["tasks", "42"]) == #"show["42"]"#)
        #expect(match(.head, ["tasks", "42", "cancel"]) == "405 POST")
    }

    @Test func `another method of a known path is told what is allowed`() {
        #expect(match(.put, ["tasks"]) == "405 GET HEAD POST")
    }

    @Test(arguments: [["tasks", ""], ["tasks", "42", ""], ["Tasks"], [""], ["remote", "1", "x", "2"], ["nothing"]])
    func `a trailing slash, another case and an unknown path are not found`(path: [String]) {
        #expect(match(.get, path) == "404")
    }

    @Test func `OPTIONS gets the list of methods, any other method 405 with it`() {
        let options = Response.allow([.get, .head], for: Request(method: .options, path: []))
        #expect(options.status == .noContent && options.headers["Allow"] == "GET, HEAD, OPTIONS")
        let post = Response.allow([.get, .head], for: Request(method: .post, path: []))
        #expect(post.status == .methodNotAllowed && post.headers["Allow"] == "GET, HEAD, OPTIONS")
    }
}
