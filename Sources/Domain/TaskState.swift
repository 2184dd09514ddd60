// The life of a task, whole.
//
// A brief becomes a row before it becomes a call. It is `queued`, or `waiting` while a video of it is not ready. The worker claims it:
// `sending` is committed before the call begins, so that a crash leaves a trace of a call that may have happened. Then one of four
// things is known. The service took it: `running`, until a poll says that it has ended. The service refused it: `failed`. It was surely
// not taken in (it never left, or the service said "not now"): back to `queued`. Or nobody knows: `unconfirmed`, which only a person
// leaves, since a create costs quota, cannot be taken back and has no idempotency key. The person sends it again, or adopts the scripts
// that have appeared in the account. A backup that is restored knows nothing of what was sent since, so what was not yet sent in it is
// unconfirmed as well.
//
// A partial success is not an end: others are still being written. It may last for ever, so a person may close the task with what is
// here, and after a day the task is `stalled`: asked about no more, unless a person asks.
//
// An event that does not fit the state is answered nil: someone else was first, and nothing changes.

/// Where a task stands. The payload is what is known there and nowhere else.
package enum TaskState: Sendable, Hashable {
    case waiting
    case queued
    case sending
    case running(RemoteTask)
    case succeeded(RemoteTask, closedByPerson: Bool)
    case failed(Failure)
    case cancelled
    case unconfirmed(reason: String)
    case stalled(RemoteTask)

    /// As it stands in a row and in a page's `data-state`.
    package enum Name: String, Sendable, CaseIterable {
        case waiting, queued, sending, running, succeeded, failed, cancelled, unconfirmed, stalled

        /// Nothing more happens unless a person asks for it: pages stop refreshing.
        package var isAtRest: Bool {
            switch self {
            case .waiting, .queued, .sending, .running: false
            case .succeeded, .failed, .cancelled, .unconfirmed, .stalled: true
            }
        }
    }

    package var name: Name {
        switch self {
        case .waiting: .waiting
        case .queued: .queued
        case .sending: .sending
        case .running: .running
        case .succeeded: .succeeded
        case .failed: .failed
        case .cancelled: .cancelled
        case .unconfirmed: .unconfirmed
        case .stalled: .stalled
        }
    }

    package var isAtRest: Bool { name.isAtRest }

    package var remote: RemoteTask? {
        switch self {
        case .running(let remote), .succeeded(let remote, _), .stalled(let remote): remote
        case .waiting, .queued, .sending, .failed, .cancelled, .unconfirmed: nil
        }
    }
}

package enum TaskEvent: Sendable, Hashable {
    case videosReady
    case videoUnusable
    case claimed
    case created(remoteID: String)
    /// Surely not taken in: it never left, or the service said "not now", or the connection needs attention first.
    case turnedAway
    case refused(Refusal)
    case answerLost(reason: String)
    case polled(RemoteStatus)
    /// The service does not know the task.
    case gone(Refusal)
    case dayPassed
    case closed
    case cancelled
    case sentAgain
    /// A person says that these scripts of the account are the task's.
    case adopted
    /// The row comes from a backup.
    case restored
}

extension TaskState {
    package func after(_ event: TaskEvent) -> TaskState? {
        switch event {
        case .videosReady: name == .waiting ? .queued : nil
        case .videoUnusable: isUnsent ? .failed(.videoUnusable) : nil
        case .cancelled: isUnsent ? .cancelled : nil
        case .claimed: name == .queued ? .sending : nil

        case .created(let id): name == .sending ? .running(RemoteTask(id: id, status: .submitted)) : nil
        case .turnedAway: name == .sending ? .queued : nil
        case .refused(let refusal): name == .sending ? .failed(.refused(refusal)) : nil
        case .answerLost(let reason): name == .sending ? .unconfirmed(reason: reason) : nil
        case .sentAgain: name == .unconfirmed ? .queued : nil
        case .adopted: name == .unconfirmed ? .succeeded(.adopted, closedByPerson: true) : nil
        case .restored: isUnsent || name == .sending ? .unconfirmed(reason: "it comes from a backup, and may have been sent since") : nil

        case .polled(let status): polled(status)
        case .gone(let refusal): unfinished == nil ? nil : .failed(.refused(refusal))
        case .dayPassed: name == .running ? unfinished.map(TaskState.stalled) : nil
        case .closed: unfinished.map { .succeeded($0, closedByPerson: true) }
        }
    }

    /// No call has been made for it, so it can still be taken back.
    package var isUnsent: Bool {
        switch self {
        case .waiting, .queued: true
        case .sending, .running, .succeeded, .failed, .cancelled, .unconfirmed, .stalled: false
        }
    }

    /// The remote task that can still bring scripts.
    private var unfinished: RemoteTask? {
        switch self {
        case .running(let remote), .stalled(let remote): remote
        case .waiting, .queued, .sending, .succeeded, .failed, .cancelled, .unconfirmed: nil
        }
    }

    private func polled(_ status: RemoteStatus) -> TaskState? {
        guard let before = unfinished else { return nil }
        let remote = RemoteTask(id: before.id, status: status)
        return switch status {
        case .success: .succeeded(remote, closedByPerson: false)
        case .failed: .failed(.nothingWritten)
        case .submitted, .processing, .partialSuccess, .other: name == .stalled ? .stalled(remote) : .running(remote)
        }
    }
}
