import Domain

/// How a call ended, sorted by what is known afterwards.
package enum Outcome<Value: Sendable>: Sendable {
    /// The service did it, wholly (code 0) or partly (20001).
    case done(Value, Receipt)
    /// The service answered with another code.
    case refused(Refusal)
    /// It never left this computer, so it may be made again.
    case notSent(reason: String)
    /// It may have been done or not: no answer, or one that is not the service's.
    case unknown(reason: String)
}

extension Outcome {
    /// For the log of calls. `detail` says what stands beside OK there, such as a task's status.
    package func result(detail: (Value) -> String) -> CallResult {
        switch self {
        case .done(let value, let receipt): .done(receipt, detail: detail(value))
        case .refused(let refusal): .refused(refusal)
        case .notSent(let reason): .notSent(reason: reason)
        case .unknown(let reason): .unknown(reason: reason)
        }
    }
}

/// A task as one poll found it.
package struct RemoteSnapshot: Sendable, Hashable {
    package let status: RemoteStatus
    /// Those that are written so far, in the order they came.
    package let scripts: [RemoteScript]
}

/// One page of the account's scripts, whoever made them.
package struct ScriptListing: Sendable, Hashable {
    package let scripts: [RemoteScript]
    package let page: Int
    package let pageSize: Int
    /// How many scripts there are on all pages.
    package let total: Int
    package let pages: Int
}
