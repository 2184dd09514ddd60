/// One request, whole: the head parsed, the body read to its end.
package struct Request: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Larger than `Limits.bodyInMemory`: streamed to this file of the spool folder, which the server removes after the response, or
        /// when the client has gone.
        case file(path: String, count: Int)
    }

    package var method: Method
    /// The path's segments, split at `/` and then percent-decoded, each once (RFC 3986 §3.3). `/` is `[]`, `/tasks/42` is
    /// `["tasks", "42"]`, and a trailing slash is a last empty segment: it is part of every path of the remote API.
    package var path: [String]
    /// What stands after `?`, still encoded; nil without one.
    package var query: String?
    package var headers: Headers
    package var body: Body
    /// The client's address as text, without port: `127.0.0.1`, `::1`.
    package var peer: String

    package init(
        method: Method, path: [String], query: String? = nil, headers: Headers = [:], body: Body = .none, peer: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
    }
}
