import CSQLite
import Domain

// How failures, refusals and results of calls stand in columns: the same four everywhere, `code, message, request_id` and a word.

extension Row {
    func refusal(code: Int32, message: Int32, requestID: Int32) -> Refusal {
        Refusal(code: integer(code), message: text(message), requestID: textOrNil(requestID))
    }

    func failure(_ word: Int32, code: Int32, message: Int32, requestID: Int32) throws(StoreError) -> Failure {
        let name: Failure.Name = try self.word(word)
        return switch name {
        case .refused: .refused(refusal(code: code, message: message, requestID: requestID))
        case .nothingWritten: .nothingWritten
        case .videoUnusable: .videoUnusable
        case .noAnswer: .noAnswer(reason: text(message))
        }
    }
}

extension Failure {
    var refusal: Refusal? {
        switch self {
        case .refused(let refusal): refusal
        case .nothingWritten, .videoUnusable, .noAnswer: nil
        }
    }

    var message: String? {
        switch self {
        case .refused(let refusal): refusal.message
        case .noAnswer(let reason): reason
        case .nothingWritten, .videoUnusable: nil
        }
    }
}
