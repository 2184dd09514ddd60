import CSQLite
import Domain

/// What a `?` can stand for.
package protocol Bindable {
    var value: Value { get }
}

/// SQLite's storage classes that this store uses (https://sqlite.org/datatype3.html).
package enum Value {
    case null
    case integer(Int64)
    case text(String)

    /// `SQLITE_TRANSIENT`: SQLite copies the text, which does not outlive the call.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null:
            return sqlite3_bind_null(statement, index)
        case .integer(let number):
            return sqlite3_bind_int64(statement, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                guard let start = bytes.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, transient) }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text(statement, index, $0, Int32(bytes.count), transient)
                }
            }
        }
    }
}

extension Int64: Bindable { package var value: Value { .integer(self) } }
extension Int: Bindable { package var value: Value { .integer(Int64(self)) } }
extension Bool: Bindable { package var value: Value { .integer(self ? 1 : 0) } }
extension String: Bindable { package var value: Value { .text(self) } }
extension Timestamp: Bindable { package var value: Value { .integer(milliseconds) } }
extension Identifier: Bindable { package var value: Value { .integer(rawValue) } }
extension SubmissionID: Bindable { package var value: Value { .text(rawValue) } }

/// The current row of a query; columns count from 0 in the order of the SELECT.
package struct Row {
    let statement: OpaquePointer

    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }
    func flag(_ column: Int32) -> Bool { integer(column) != 0 }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    func id<Entity>(_ column: Int32) -> Identifier<Entity> { Identifier(sqlite3_column_int64(statement, column)) }
    func time(_ column: Int32) -> Timestamp { Timestamp(milliseconds: sqlite3_column_int64(statement, column)) }

    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func integerOrNil(_ column: Int32) -> Int? { isNull(column) ? nil : integer(column) }
    func textOrNil(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    func timeOrNil(_ column: Int32) -> Timestamp? { isNull(column) ? nil : time(column) }

    /// A column whose CHECK repeats the enum: any other word means that the file was changed by something else.
    func word<Word: RawRepresentable & CaseIterable>(_ column: Int32) throws(StoreError) -> Word where Word.RawValue == String {
        let text = text(column)
        // As short as these are, two words are compared as two numbers, and `init(rawValue:)` is four times slower.
        for word in Word.allCases where word.rawValue == text { return word }
        throw StoreError(code: SQLITE_CORRUPT, operation: "read \(Word.self)")
    }
}
