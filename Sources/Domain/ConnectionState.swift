// Whether calls may go out to a connection.
//
// It is `working` until the service says otherwise. Asked to wait, it is `throttled` until a time, each time for longer, and goes on by
// itself. What no waiting mends (the token, a permission, the allow-list, the settings) makes it need `attention`: nothing is sent, the
// queue is kept, and only a person ends it, by a new start or by saying that it is mended. A call that was under way meanwhile and still
// succeeds ends nothing.

package enum ConnectionState: Sendable, Hashable {
    case working
    case throttled(until: Timestamp)
    case needsAttention(Refusal)

    package enum Name: String, Sendable, CaseIterable {
        case working, throttled, attention
    }

    package var name: Name {
        switch self {
        case .working: .working
        case .throttled: .throttled
        case .needsAttention: .attention
        }
    }

    package func allowsCalls(at now: Timestamp) -> Bool {
        switch self {
        case .working: true
        case .throttled(let until): now >= until
        case .needsAttention: false
        }
    }
}

package enum ConnectionEvent: Sendable, Hashable {
    /// A call succeeded that shows that the wait is over: one of the kind that was told to wait.
    case answered
    /// - Parameter before: how often in a row the service has asked to wait.
    case refused(Refusal, before: Int)
    /// A person says so, or starts the program anew.
    case mended
}

extension ConnectionState {
    /// - Returns: nil when nothing changes.
    package func after(_ event: ConnectionEvent, now: Timestamp) -> ConnectionState? {
        switch event {
        case .answered:
            // While the pause runs, a success is one of a call that began before it.
            if case .throttled(let until) = self, until <= now { .working } else { nil }
        case .refused(let refusal, let before):
            switch refusal.meaning.reaction {
            case .stop: .needsAttention(refusal)
            // Calls that ran at the same time are told the same thing once.
            case .throttle: allowsCalls(at: now) ? .throttled(until: now + ThrottlePause.pause(after: before)) : nil
            case .useData, .fail, .gone, .unconfirm, .rejectVideo, .tryLater, .tryAgain, .trouble: nil
            }
        case .mended:
            if case .needsAttention = self { .working } else { nil }
        }
    }
}
