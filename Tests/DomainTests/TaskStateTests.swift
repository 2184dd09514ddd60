// The theory of a task's life, as a table.
//
// A task is in one of nine states, and things happen to it: a person acts, the worker makes a call and learns how it ended, time
// passes. Whoever reports an event has read the state a moment before, and someone else may have been first. So the only question is:
// does this event fit this state? If it does, the table names the next state. Every other pair is answered nil and changes nothing:
// a task that is being sent cannot be cancelled, a second poll cannot end a task twice, and no event of any kind takes a task from
// `unconfirmed` back to `queued` but a person's.
//
// `allowed` below is the whole table, written out, so that a pair that becomes possible by accident fails here. Each state stands there
// with a payload of its own, to show what a transition keeps.

import Domain
import Testing

@Suite struct `A task's life` {
    static let refusal = Refusal(code: 40_002, message: "no", requestID: "r")
    static let remote = RemoteTask(id: "t1", status: .partialSuccess)

    static let states: [TaskState] = [
        .waiting, .queued, .sending, .running(remote), .succeeded(remote, closedByPerson: false), .succeeded(remote, closedByPerson: true),
        .failed(.refused(refusal)), .failed(.nothingWritten), .failed(.videoUnusable), .cancelled, .unconfirmed(reason: "lost"),
        .stalled(remote),
    ]

    static let events: [TaskEvent] = [
        .videosReady, .videoUnusable, .claimed, .created(remoteID: "t9"), .turnedAway, .refused(refusal), .answerLost(reason: "no answer"),
        .polled(.submitted), .polled(.processing), .polled(.partialSuccess), .polled(.other("NEW")), .polled(.success), .polled(.failed),
        .gone(refusal), .dayPassed, .closed, .cancelled, .sentAgain,
    ]

    struct Pair: Hashable {
        let state: TaskState
        let event: TaskEvent
    }

    static func known(_ status: RemoteStatus) -> RemoteTask { RemoteTask(id: "t1", status: status) }

    static let allowed: [Pair: TaskState] = [
        Pair(state: .waiting, event: .videosReady): .queued,
        Pair(state: .waiting, event: .videoUnusable): .failed(.videoUnusable),
        Pair(state: .waiting, event: .cancelled): .cancelled,

        Pair(state: .queued, event: .videoUnusable): .failed(.videoUnusable),
        Pair(state: .queued, event: .cancelled): .cancelled,
        Pair(state: .queued, event: .claimed): .sending,

        Pair(state: .sending, event: .created(remoteID: "t9")): .running(RemoteTask(id: "t9", status: .submitted)),
        Pair(state: .sending, event: .turnedAway): .queued,
        Pair(state: .sending, event: .refused(refusal)): .failed(.refused(refusal)),
        Pair(state: .sending, event: .answerLost(reason: "no answer")): .unconfirmed(reason: "no answer"),

        Pair(state: .running(remote), event: .polled(.submitted)): .running(known(.submitted)),
        Pair(state: .running(remote), event: .polled(.processing)): .running(known(.processing)),
        Pair(state: .running(remote), event: .polled(.partialSuccess)): .running(known(.partialSuccess)),
        Pair(state: .running(remote), event: .polled(.other("NEW"))): .running(known(.other("NEW"))),
        Pair(state: .running(remote), event: .polled(.success)): .succeeded(known(.success), closedByPerson: false),
        Pair(state: .running(remote), event: .polled(.failed)): .failed(.nothingWritten),
        Pair(state: .running(remote), event: .gone(refusal)): .failed(.refused(refusal)),
        Pair(state: .running(remote), event: .dayPassed): .stalled(remote),
        Pair(state: .running(remote), event: .closed): .succeeded(remote, closedByPerson: true),

        Pair(state: .unconfirmed(reason: "lost"), event: .sentAgain): .queued,

        Pair(state: .stalled(remote), event: .polled(.submitted)): .stalled(known(.submitted)),
        Pair(state: .stalled(remote), event: .polled(.processing)): .stalled(known(.processing)),
        Pair(state: .stalled(remote), event: .polled(.partialSuccess)): .stalled(known(.partialSuccess)),
        Pair(state: .stalled(remote), event: .polled(.other("NEW"))): .stalled(known(.other("NEW"))),
        Pair(state: .stalled(remote), event: .polled(.success)): .succeeded(known(.success), closedByPerson: false),
        Pair(state: .stalled(remote), event: .polled(.failed)): .failed(.nothingWritten),
        Pair(state: .stalled(remote), event: .gone(refusal)): .failed(.refused(refusal)),
        Pair(state: .stalled(remote), event: .closed): .succeeded(remote, closedByPerson: true),
    ]

    @Test(arguments: states)
    func `each event either fits the state, by the table, or changes nothing`(state: TaskState) {
        for event in Self.events {
            #expect(state.after(event) == Self.allowed[Pair(state: state, event: event)], "\(state.name) after \(event)")
        }
    }

    @Test func `the table speaks of every state`() {
        #expect(Set(Self.states.map(\.name)) == Set(TaskState.Name.allCases))
        #expect(Self.allowed.keys.allSatisfy { Self.states.contains($0.state) && Self.events.contains($0.event) })
    }

    @Test func `pages stop refreshing when nothing more happens by itself`() {
        let moving: Set<TaskState.Name> = [.waiting, .queued, .sending, .running]
        for state in Self.states { #expect(state.isAtRest == !moving.contains(state.name)) }
    }

    @Test func `only what has not been sent can be taken back`() {
        for state in Self.states { #expect(state.isUnsent == (state.after(.cancelled) != nil)) }
    }

    @Test func `the service's task is known from its answer on`() {
        #expect(Self.states.filter { $0.remote != nil }.allSatisfy { [.running, .succeeded, .stalled].contains($0.name) })
        #expect(TaskState.running(Self.remote).remote == Self.remote)
    }

    @Test(arguments: [
        ("SUBMITTED", RemoteStatus.submitted), ("PROCESSING", .processing), ("PARTIAL_SUCCESS", .partialSuccess), ("SUCCESS", .success),
        ("FAILED", .failed), ("success", .other("success")), ("", .other("")), ("QUEUED", .other("QUEUED")),
    ])
    func `the service's word is kept as it is`(word: String, status: RemoteStatus) {
        #expect(RemoteStatus(word: word) == status)
        #expect(RemoteStatus(word: word).word == word)
    }

    @Test func `a partial success that brings nothing for ten minutes says since when`() throws {
        let last = Timestamp(milliseconds: 1_000_000)
        func task(_ state: TaskState, lastScript: Timestamp?) throws -> GenerationTask {
            let form = promptForm()
            return GenerationTask(
                id: GenerationTask.ID(1), connection: Connection.ID(1), brief: try brief(form), form: form, state: state,
                member: .thisComputer, created: Timestamp(milliseconds: 0), sent: nil, lastScript: lastScript, ended: nil)
        }
        let partial = try task(.running(Self.remote), lastScript: last)
        #expect(partial.nothingNew(since: last + .seconds(600) - .milliseconds(1)) == nil)
        #expect(partial.nothingNew(since: last + .seconds(600)) == last)
        #expect(try task(.running(Self.known(.processing)), lastScript: last).nothingNew(since: last + .seconds(900)) == nil)
        #expect(try task(.running(Self.remote), lastScript: nil).nothingNew(since: last + .seconds(900)) == nil)
        #expect(try task(.stalled(Self.remote), lastScript: last).nothingNew(since: last + .seconds(900)) == nil)
    }
}
