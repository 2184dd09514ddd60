/// One harmless call by which a person finds out whether the connection works; a row before it is a call.
package struct ConnectionTest: Sendable, Hashable {
    package typealias ID = Identifier<ConnectionTest>

    package enum State: Sendable, Hashable {
        case queued
        case sending
        case done(CallResult, Timestamp)
    }

    package let id: ID
    package let state: State

    package init(id: ID, state: State) {
        self.id = id
        self.state = state
    }
}
