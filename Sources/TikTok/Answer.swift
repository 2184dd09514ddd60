import Domain
import FoundationEssentials

/// An HTTP answer read as the service's envelope. The code in it says what happened whatever the HTTP status is; without an envelope
/// nobody knows.
struct Answer<Payload: Decodable & Sendable>: Sendable {
    private enum Reading: Sendable {
        case envelope(Receipt, Payload?)
        case somethingElse(reason: String)
    }

    private let reading: Reading

    /// Far more than the service says, far less than a log should hold.
    private static var longestWords: Int { 1_000 }

    /// - Parameter token: removed from the answer's words, should they quote it.
    init(status: Int, body: [UInt8], without token: Token) {
        guard !(300..<400).contains(status) else {
            reading = .somethingElse(reason: "the answer was a redirect (HTTP \(status)), and none is followed")
            return
        }
        guard !body.isEmpty else {
            reading = .somethingElse(reason: "the answer was empty (HTTP \(status))")
            return
        }
        guard let envelope = try? JSONDecoder().decode(Envelope<Payload>.self, from: Data(body)) else {
            reading = .somethingElse(reason: "the answer was not one of the service (HTTP \(status))")
            return
        }
        func words(_ text: String) -> String { String(token.removed(from: text).prefix(Self.longestWords)) }
        let receipt = Receipt(code: envelope.code, message: words(envelope.message), requestID: envelope.requestID.map(words))
        reading = .envelope(receipt, envelope.data)
    }

    /// - Parameter value: nil when the payload is not about what was asked.
    func outcome<Value: Sendable>(_ value: (Payload) -> Value?) -> Outcome<Value> {
        switch reading {
        case .somethingElse(let reason):
            return .unknown(reason: reason)
        case .envelope(let receipt, let payload):
            guard receipt.code == 0 || receipt.code == 20_001 else {
                return .refused(Refusal(code: receipt.code, message: receipt.message, requestID: receipt.requestID))
            }
            guard let value = payload.flatMap(value) else {
                let request = receipt.requestID.map { ", request \($0)" } ?? ""
                return .unknown(reason: "the answer lacked its data (code \(receipt.code)\(request))")
            }
            return .done(value, receipt)
        }
    }
}
