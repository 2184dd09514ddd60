import CSQLite
import Domain

/// What the schema's triggers call: the writer's connection has these (https://sqlite.org/appfunc.html). They depend on nothing but
/// their argument.
enum SearchFunctions {
    static func register(on handle: OpaquePointer) throws(StoreError) {
        try register("search_words", on: handle) { context, _, arguments in
            SearchFunctions.answer(context, arguments) { Folding.index(of: $0) }
        }
        try register("facet_key", on: handle) { context, _, arguments in
            SearchFunctions.answer(context, arguments) { Folding.key(of: $0) }
        }
    }

    private typealias Function = @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

    private static func register(_ name: StaticString, on handle: OpaquePointer, _ function: Function) throws(StoreError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(handle, "\(name)", 1, flags, nil, function, nil, nil, nil)
        guard code == SQLITE_OK else { throw StoreError(code: code, operation: "register \(name)") }
    }

    /// NULL stays NULL.
    private static func answer(
        _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?, _ function: (String) -> String
    ) {
        guard let argument = arguments?[0], let bytes = sqlite3_value_text(argument) else {
            sqlite3_result_null(context)
            return
        }
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(argument))), as: UTF8.self)
        var result = function(text)
        result.withUTF8 { bytes in
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            guard let start = bytes.baseAddress else { return sqlite3_result_text(context, "", 0, transient) }
            start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_result_text(context, $0, Int32(bytes.count), transient)
            }
        }
    }
}
