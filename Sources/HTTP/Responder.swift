import Synchronization

/// The one answer that `Response.later` owes. *Threading*: `respond` may be called from any thread, once; later calls do nothing.
/// *Ownership*: when the last reference goes without an answer, the client gets 500. A client that has gone is no error.
package final class Responder: Sendable {
    private let deliver: @Sendable (Response) -> Void
    private let isAnswered = Atomic(false)

    package init(_ deliver: @escaping @Sendable (Response) -> Void) {
        self.deliver = deliver
    }

    deinit { respond(.plain(.internalServerError)) }

    package func respond(_ response: Response) {
        if !isAnswered.exchange(true, ordering: .relaxed) { deliver(response) }
    }
}
