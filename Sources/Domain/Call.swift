/// A call of the remote API, as the log keeps it. The log is what support asks for, and the memory of the rate limit.
package struct Call: Sendable, Hashable {
    package typealias ID = Identifier<Call>

    /// The four calls of the API.
    package enum Endpoint: String, Sendable, CaseIterable {
        case upload, create, get, list
    }

    package let id: ID
    package let endpoint: Endpoint
    package let started: Timestamp
    /// Nil while it runs, and for good when the program ended in the middle of it.
    package let ended: Timestamp?
    package let result: CallResult?

    package init(id: ID, endpoint: Endpoint, started: Timestamp, ended: Timestamp?, result: CallResult?) {
        self.id = id
        self.endpoint = endpoint
        self.started = started
        self.ended = ended
        self.result = result
    }
}

/// How a call ended, sorted by what is known afterwards.
package enum CallResult: Sendable, Hashable {
    /// The service did it. `detail` is what the log shows beside OK, such as a task's status.
    case done(Receipt, detail: String)
    /// The service answered with another code.
    case refused(Refusal)
    /// It never left this computer, so it may be made again.
    case notSent(reason: String)
    /// It may have been done or not: no answer, or one that is not the envelope.
    case unknown(reason: String)

    package enum Name: String, Sendable, CaseIterable {
        case done, refused, unsent, unknown
    }

    package var name: Name {
        switch self {
        case .done: .done
        case .refused: .refused
        case .notSent: .unsent
        case .unknown: .unknown
        }
    }
}

/// What an envelope says besides its data.
package struct Receipt: Sendable, Hashable {
    package let code: Int
    package let message: String
    package let requestID: String?

    package init(code: Int, message: String, requestID: String?) {
        self.code = code
        self.message = message
        self.requestID = requestID
    }
}

/// An answer of the service that is not success.
package struct Refusal: Error, Sendable, Hashable {
    package let code: Int
    package let message: String
    package let requestID: String?

    package init(code: Int, message: String, requestID: String?) {
        self.code = code
        self.message = message
        self.requestID = requestID
    }

    package var meaning: ReturnCode { ReturnCode(code) }
}

/// Why a task or an upload came to nothing.
package enum Failure: Sendable, Hashable {
    case refused(Refusal)
    /// The service ended the task as FAILED.
    case nothingWritten
    /// A video of the brief could not be uploaded.
    case videoUnusable
    /// No answer, as often as it was tried.
    case noAnswer(reason: String)

    package enum Name: String, Sendable, CaseIterable {
        case refused
        case nothingWritten = "nothing_written"
        case videoUnusable = "video_unusable"
        case noAnswer = "no_answer"
    }

    package var name: Name {
        switch self {
        case .refused: .refused
        case .nothingWritten: .nothingWritten
        case .videoUnusable: .videoUnusable
        case .noAnswer: .noAnswer
        }
    }

    /// For a person, without the code.
    package var words: String {
        switch self {
        case .refused(let refusal): refusal.meaning.words
        case .nothingWritten: "The service could not write a script from this brief. Change the brief and send it again."
        case .videoUnusable: "A video of this brief could not be uploaded, so the brief was not sent. Choose another video."
        case .noAnswer: "The service did not answer, and the upload was tried three times. Check the connection and upload again."
        }
    }
}
