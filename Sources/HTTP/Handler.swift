/// What a loop calls for each request. Every loop makes its own handler on its own thread, so a handler needs no locks and may hold
/// what is not Sendable, such as a read connection. A handler answers within some 2 ms or returns `Response.later`.
package protocol Handler: SendableMetatype {
    /// What `Server.publish` hands to every loop.
    associatedtype Event: Sendable

    mutating func respond(to request: consuming Request) -> Response

    /// Asked before a body that is too large for memory is read: the answer that refuses it, or nil to have it read, up to `Limits.body`.
    /// - Parameter count: nil where it comes in chunks, whose number nobody knows.
    mutating func refusal(of request: Request, withBodyOf count: Int?) -> Response?

    /// The words for a request that the server itself refuses with this status: 413 for a body above `Limits.body`, 507 for one that the
    /// disk did not take, 400 for what is no request.
    mutating func response(toRefused status: Status) -> Response

    /// The message that the event streams of this loop are sent, or nil for none. Called once an event and loop, not once a stream.
    mutating func message(for event: Event) -> ServerSentEvent?

    /// Whether a stream that was opened for this owner goes on after the event. Asked for each owned stream of this loop, before the event's
    /// message is sent.
    mutating func keepsStream(of owner: String, after event: Event) -> Bool
}

extension Handler {
    package mutating func keepsStream(of owner: String, after event: Event) -> Bool { true }

    package mutating func refusal(of request: Request, withBodyOf count: Int?) -> Response? { nil }

    package mutating func response(toRefused status: Status) -> Response { .plain(status) }
}

/// A handler whose type the loop does not know: so the loop is compiled once and for all, and nothing of it is looked up at run time, which
/// took a third of a small request's time.
protocol LoopHandler: AnyObject {
    func respond(to request: consuming Request) -> Response
    func message(for event: any Sendable) -> ServerSentEvent?
    func keepsStream(of owner: String, after event: any Sendable) -> Bool
    func refusal(of request: Request, withBodyOf count: Int?) -> Response?
    func response(toRefused status: Status) -> Response
}

final class LoopHandlerBox<H: Handler>: LoopHandler {
    private var handler: H

    init(_ handler: H) {
        self.handler = handler
    }

    func respond(to request: consuming Request) -> Response { handler.respond(to: request) }

    func refusal(of request: Request, withBodyOf count: Int?) -> Response? { handler.refusal(of: request, withBodyOf: count) }

    func response(toRefused status: Status) -> Response { handler.response(toRefused: status) }

    func message(for event: any Sendable) -> ServerSentEvent? {
        guard let event = event as? H.Event else { return nil }
        return handler.message(for: event)
    }

    func keepsStream(of owner: String, after event: any Sendable) -> Bool {
        guard let event = event as? H.Event else { return true }
        return handler.keepsStream(of: owner, after: event)
    }
}

/// One message of an event stream (WHATWG HTML §9.2.6). Neither part may hold a line break in `event`; `data` may.
package struct ServerSentEvent: Sendable {
    package let event: String
    package let data: String

    package init(event: String, data: String) {
        self.event = event
        self.data = data
    }
}
