/// What a handler answers. The server adds `Date`, `Content-Length` and `Connection`, and leaves the body out for HEAD, 204 and 304.
package struct Response: Sendable {
    package enum Body: Sendable {
        case none
        /// With `ETag` or `Last-Modified` among the headers, 304 is the server's work; with `Accept-Ranges: bytes`, single ranges are too.
        case bytes([UInt8])
        /// A regular file, sent in pieces; single ranges, `ETag`, `Last-Modified` and 304 are the server's work.
        case file(path: String)
        /// Made as the client takes it, of a length that nobody knows before.
        case pieces(Pieces)
        /// `text/event-stream` that stays open: every message of `Handler.message(for:)` is written to it. `owner` is whom it was opened
        /// for, in the handler's own words; `Handler.keepsStream` is asked about it.
        case stream(owner: String?)
        /// The answer comes from another thread. The closure runs at once, on the loop, and must not block.
        case later(@Sendable (Responder) -> Void)
        /// Not an answer: these bytes as they are, and then the connection's end, at once or by a reset. For a stand-in of a server that
        /// misbehaves.
        case cut([UInt8], reset: Bool)

        /// Nobody's in particular.
        package static let eventStream = Body.stream(owner: nil)
    }

    package var status: Status
    package var headers: Headers
    package var body: Body

    package init(_ status: Status, headers: Headers = [:], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The same in memory of its own, as far as it holds any: threads that count references to the same bytes wait for each other.
    package func copy() -> Response {
        var copy = self
        copy.headers = headers.copy()
        if case .bytes(let bytes) = body { copy.body = .bytes(bytes.map { $0 }) }
        return copy
    }

    package static func later(_ work: @escaping @Sendable (Responder) -> Void) -> Response {
        Response(.ok, body: .later(work))
    }

    /// After a POST that succeeded (RFC 9110 §15.4.4).
    package static func seeOther(_ location: String) -> Response {
        Response(.seeOther, headers: ["Location": location])
    }

    package static func text(_ status: Status, _ text: String) -> Response {
        Response(status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
    }

    /// `bytes` in UTF-8.
    package static func html(_ status: Status, _ bytes: [UInt8]) -> Response {
        Response(status, headers: ["Content-Type": "text/html; charset=utf-8"], body: .bytes(bytes))
    }

    package static func json(_ status: Status, _ bytes: [UInt8]) -> Response {
        Response(status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// What `RouteMatch.methodNotAllowed` asks for: OPTIONS gets what it wanted to know (RFC 9110 §9.3.7), any other method 405.
    package static func allow(_ methods: [Method], for request: Request) -> Response {
        let list = (methods + [.options]).map(\.rawValue).joined(separator: ", ")
        if request.method == .options { return Response(.noContent, headers: ["Allow": list]) }
        var response = text(.methodNotAllowed, "Method Not Allowed\n")
        response.headers["Allow"] = list
        return response
    }
}
