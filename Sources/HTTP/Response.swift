/// What a handler answers. The server adds `Date`, `Content-Length` and `Connection`, and leaves the body out for HEAD, 204 and 304.
package struct Response: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// A regular file, sent in pieces; single ranges, `ETag`, `Last-Modified` and 304 are the server's work.
        case file(path: String)
        /// `text/event-stream` that stays open: every message of `Handler.message(for:)` is written to it.
        case eventStream
        /// The answer comes from another thread. The closure runs at once, on the loop, and must not block.
        case later(@Sendable (Responder) -> Void)
    }

    package var status: Status
    package var headers: Headers
    package var body: Body

    package init(_ status: Status, headers: Headers = [:], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func later(_ work: @escaping @Sendable (Responder) -> Void) -> Response {
        Response(.ok, body: .later(work))
    }

    /// After a POST that succeeded (RFC 9110 §15.4.4).
    package static func seeOther(_ location: String) -> Response {
        Response(.seeOther, headers: ["Location": location])
    }
}
