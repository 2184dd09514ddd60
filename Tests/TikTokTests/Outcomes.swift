import Domain
import TikTok

/// An outcome that a test did not expect.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

func done<Value>(_ outcome: Outcome<Value>) throws -> (Value, Receipt) {
    guard case .done(let value, let receipt) = outcome else { throw Unexpected(description: "\(outcome)") }
    return (value, receipt)
}

func refused<Value>(_ outcome: Outcome<Value>) throws -> Refusal {
    guard case .refused(let refusal) = outcome else { throw Unexpected(description: "\(outcome)") }
    return refusal
}

func notSent<Value>(_ outcome: Outcome<Value>) throws -> String {
    guard case .notSent(let reason) = outcome else { throw Unexpected(description: "\(outcome)") }
    return reason
}

func unknown<Value>(_ outcome: Outcome<Value>) throws -> String {
    guard case .unknown(let reason) = outcome else { throw Unexpected(description: "\(outcome)") }
    return reason
}
