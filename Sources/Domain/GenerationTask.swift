/// One brief and what becomes of it.
package struct GenerationTask: Sendable, Hashable {
    package typealias ID = Identifier<GenerationTask>

    package let id: ID
    package let connection: Connection.ID
    package let brief: Brief
    /// What was typed, with what the source did not support, so that a new brief can start from it.
    package let form: BriefForm
    package let state: TaskState
    package let member: Member
    package let created: Timestamp
    /// When its create call began; nil before.
    package let sent: Timestamp?
    /// When a script last arrived.
    package let lastScript: Timestamp?
    package let ended: Timestamp?

    package init(
        id: ID, connection: Connection.ID, brief: Brief, form: BriefForm, state: TaskState, member: Member, created: Timestamp,
        sent: Timestamp?, lastScript: Timestamp?, ended: Timestamp?
    ) {
        self.id = id
        self.connection = connection
        self.brief = brief
        self.form = form
        self.state = state
        self.member = member
        self.created = created
        self.sent = sent
        self.lastScript = lastScript
        self.ended = ended
    }

    /// Since when a partial success has brought nothing new, once that is long enough to say so; nil before, and in any other state.
    package func nothingNew(since now: Timestamp) -> Timestamp? {
        guard case .running(let remote) = state, remote.status == .partialSuccess, let lastScript, now - lastScript >= Self.patience else {
            return nil
        }
        return lastScript
    }

    /// How long a partial success may bring nothing before a person is offered to close it.
    package static let patience = Duration.seconds(10 * 60)
}

/// The task as the service knows it.
package struct RemoteTask: Sendable, Hashable {
    package let id: String
    package let status: RemoteStatus

    package init(id: String, status: RemoteStatus) {
        self.id = id
        self.status = status
    }

    /// A person has found the scripts of a task whose answer was lost, and with it its id.
    package static let adopted = RemoteTask(id: "", status: .success)
    package var isAdopted: Bool { id.isEmpty }
}

/// The service's word for a task. One that a newer service may use is kept as it is and counts as still running.
package enum RemoteStatus: Sendable, Hashable {
    case submitted, processing, partialSuccess, success, failed
    case other(String)

    package init(word: String) {
        self = Self.known.first { $0.word == word } ?? .other(word)
    }

    package var word: String {
        switch self {
        case .submitted: "SUBMITTED"
        case .processing: "PROCESSING"
        case .partialSuccess: "PARTIAL_SUCCESS"
        case .success: "SUCCESS"
        case .failed: "FAILED"
        case .other(let word): word
        }
    }

    private static let known: [RemoteStatus] = [.submitted, .processing, .partialSuccess, .success, .failed]
}
