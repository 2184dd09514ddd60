import CSQLite
import Domain
import FoundationEssentials

/// What became of a form that carries a one-time submission id.
package enum Submitted<ID: Sendable>: Sendable {
    case new(ID)
    /// The same form came before: a second click, Back, a reload.
    case repeated(ID)
    /// The id was used before with other content: someone changed the form after sending it.
    case conflict(ID)
}

/// Values that are read as a whole stand as JSON in one column; its keys are sorted, so that equal values are equal texts.
enum JSONColumn {
    static func text(_ value: some Encodable) throws(StoreError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw StoreError(code: SQLITE_MISMATCH, operation: "encode \(type(of: value))")
        }
    }

    static func value<Value: Decodable>(_ text: String) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw StoreError(code: SQLITE_CORRUPT, operation: "decode \(Value.self)")
        }
    }
}
