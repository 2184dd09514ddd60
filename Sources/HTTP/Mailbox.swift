import Synchronization

/// What other threads have for a loop, in the order they gave it. *Threading*: `post` from any thread, the rest on the loop's.
/// *Shutdown*: after `close`, what is posted is dropped.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup

    init() throws(ServerError) {
        wakeup = try Wakeup()
    }

    /// Becomes readable when there is something to `take`.
    var descriptor: Int32 { wakeup.descriptor }

    func post(_ message: Message) {
        let wakes = state.withLock { state in
            if state.isClosed { return false }
            state.messages.append(message)
            // One system call for all that is posted until the loop comes round.
            return state.messages.count == 1
        }
        if wakes { wakeup.signal() }
    }

    func take() -> [Message] {
        // Cleared first: what is posted in between signals again.
        wakeup.clear()
        return state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    func close() -> [Message] {
        state.withLock { $0.isClosed = true }
        return take()
    }
}
