import CSQLite
import Domain

/// A connection of libsqlite3 with its prepared statements. *Threading*: used by the thread that opened it, which the missing `Sendable`
/// makes the compiler prove; SQLite's own mutexes are therefore off (https://sqlite.org/threadsafe.html, "multi-thread").
package struct Database: ~Copyable {
    package enum Access {
        case readWrite, readOnly
        /// A file that stands alone, without a write-ahead log.
        case plain
    }

    let handle: OpaquePointer
    private let statements = StatementCache()

    /// WAL, so that readers never wait for the writer (https://sqlite.org/wal.html), and `synchronous=FULL`, so that a commit survives a
    /// power loss (https://sqlite.org/pragma.html#pragma_synchronous).
    package static func open(path: String, access: Access) throws(StoreError) -> Database {
        let database = Database(handle: try handle(path: path, access: access))
        switch access {
        case .readWrite:
            try database.execute("PRAGMA journal_mode=WAL")
            try database.execute("PRAGMA synchronous=FULL")
            try database.execute("PRAGMA foreign_keys=ON")
            try SearchFunctions.register(on: database.handle)
        case .readOnly:
            // Readers wait for nobody but a program that locks the whole file, and an event loop must not wait for that.
            sqlite3_busy_timeout(database.handle, 200)
            try database.execute("PRAGMA query_only=ON")
        case .plain:
            try database.execute("PRAGMA synchronous=FULL")
        }
        return database
    }

    /// What SQLite can be told before the first connection only (https://sqlite.org/c3ref/c_config_covering_index_scan.html).
    ///
    /// Nobody asks it how much memory it has, and counting it takes a lock that all loops share, for each piece. What a savepoint would undo
    /// lies in memory up to 124 kB, as nearly every brief's does: at 64 kB, as it is by itself, each group of them wrote it to a temporary
    /// file (measured: seven of eight writes). More than 128 kB would not do: SQLite 3.40 moves them to the file in one write, and its write
    /// takes no more than that (`SQLITE_FULL`).
    private static let isConfigured =
        sqlite3_config_count_memory(0) == SQLITE_OK && sqlite3_config_statement_journal(124 << 10) == SQLITE_OK

    private static func handle(path: String, access: Access) throws(StoreError) -> OpaquePointer {
        var handle: OpaquePointer?
        _ = isConfigured
        let flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (access == .readOnly ? 0 : SQLITE_OPEN_CREATE)
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard let handle, code == SQLITE_OK else {
            let error = StoreError(code: code, operation: "open \(path)", message: handle.map { String(cString: sqlite3_errmsg($0)) })
            sqlite3_close_v2(handle)
            throw error
        }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5_000)
        return handle
    }

    private init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        statements.finalize()
        sqlite3_close_v2(handle)
    }

    package var lastInsertedRow: Int64 {
        sqlite3_last_insert_rowid(handle)
    }

    /// Another number than before once somebody else has committed, in this program or another one. It holds for all that is read in the same
    /// transaction (https://sqlite.org/pragma.html#pragma_data_version).
    package func version() throws(StoreError) -> Int {
        try first("PRAGMA data_version") { row in row.integer(0) } ?? 0
    }

    var isInTransaction: Bool {
        sqlite3_get_autocommit(handle) == 0
    }

    /// Runs a statement whose rows, if any, do not matter.
    /// - Returns: the number of rows it changed.
    @discardableResult
    package func run(_ sql: StaticString, _ values: (any Bindable)?...) throws(StoreError) -> Int {
        let statement = try prepare(sql, values)
        defer { reset(statement) }
        var code = SQLITE_ROW
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw failure(code, sql) }
        return Int(sqlite3_changes64(handle))
    }

    package func all<T>(
        _ sql: StaticString, _ values: (any Bindable)?..., decode: (Row) throws(StoreError) -> T
    ) throws(StoreError) -> [T] {
        let statement = try prepare(sql, values)
        defer { reset(statement) }
        var result: [T] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: result.append(try decode(Row(statement: statement)))
            case SQLITE_DONE: return result
            case let code: throw failure(code, sql)
            }
        }
    }

    /// The first row, or nil.
    package func first<T>(
        _ sql: StaticString, _ values: (any Bindable)?..., decode: (Row) throws(StoreError) -> T
    ) throws(StoreError) -> T? {
        let statement = try prepare(sql, values)
        defer { reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return try decode(Row(statement: statement))
        case SQLITE_DONE: return nil
        case let code: throw failure(code, sql)
        }
    }

    /// Several statements in one text, without values: schema and pragmas.
    package func execute(_ sql: StaticString) throws(StoreError) {
        let code = sqlite3_exec(handle, sql.pointer, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
    }

    private func prepare(_ sql: StaticString, _ values: [(any Bindable)?]) throws(StoreError) -> OpaquePointer {
        let statement: OpaquePointer
        if let known = statements[sql] {
            statement = known
        } else {
            var new: OpaquePointer?
            let code = sqlite3_prepare_v3(handle, sql.pointer, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &new, nil)
            guard code == SQLITE_OK, let new else { throw failure(code, sql) }
            statements[sql] = new
            statement = new
        }
        assert(Int(sqlite3_bind_parameter_count(statement)) == values.count, "every ? has its value: \(sql)")
        for (index, value) in values.enumerated() {
            let code = (value?.value ?? .null).bind(to: statement, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
        return statement
    }

    /// A statement that is not reset keeps its read transaction open, and what it was given alive.
    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    func error(_ operation: String) -> StoreError {
        StoreError(code: sqlite3_errcode(handle), operation: operation, message: String(cString: sqlite3_errmsg(handle)))
    }

    private func failure(_ code: Int32, _ sql: StaticString) -> StoreError {
        StoreError(code: code, operation: "\(sql)", message: String(cString: sqlite3_errmsg(handle)))
    }
}

/// Prepared statements by the address of their literal: SQL is never put together from parts.
private final class StatementCache {
    private var statements: [UnsafePointer<UInt8>: OpaquePointer] = [:]

    subscript(_ sql: StaticString) -> OpaquePointer? {
        get { statements[sql.utf8Start] }
        set { statements[sql.utf8Start] = newValue }
    }

    func finalize() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
    }
}

extension StaticString {
    /// The compiler ends every literal with a NUL.
    fileprivate var pointer: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

/// What went wrong in the store. It names the operation and never a value, so that it can be logged.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    /// An extended result code (https://sqlite.org/rescode.html).
    package let code: Int32
    package let operation: String
    package let message: String

    package init(code: Int32, operation: String, message: String? = nil) {
        self.code = code
        self.operation = operation
        self.message = message ?? String(cString: sqlite3_errstr(code))
    }

    /// Trying again cannot help: the store is closed, or the rows do not fit each other.
    package var isFinal: Bool {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED, SQLITE_NOMEM, SQLITE_READONLY, SQLITE_CANTOPEN: false
        default: true
        }
    }

    /// What keeps it from working, as far as a person can do something about it.
    package enum Cause: Sendable {
        case diskFull, locked, readOnly, damaged, other
    }

    package var cause: Cause {
        switch code & 0xff {
        case SQLITE_FULL: .diskFull
        // The index of the write-ahead log could not grow.
        case SQLITE_IOERR where code == StoreError.noRoomForIndex: .diskFull
        case SQLITE_BUSY, SQLITE_LOCKED: .locked
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM: .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
        default: .other
        }
    }

    /// `SQLITE_IOERR_SHMSIZE`, a macro that Swift cannot read (https://sqlite.org/rescode.html#ioerr_shmsize).
    private static let noRoomForIndex = SQLITE_IOERR | (19 << 8)

    package var description: String { "\(message) (SQLite \(code)) at: \(operation)" }
}
