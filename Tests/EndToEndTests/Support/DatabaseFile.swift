import CSQLite
import Foundation

/// The program's database as another program sees it.
struct DatabaseFile: ~Copyable {
    private let handle: OpaquePointer

    init(_ path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK, let handle else {
            throw Failure("\(path) cannot be opened")
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, 10_000)
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure("\(String(cString: sqlite3_errmsg(handle))): \(sql)")
        }
    }

    /// The first column of each row, as text.
    func column(_ sql: String) throws -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
            throw Failure("\(String(cString: sqlite3_errmsg(handle))): \(sql)")
        }
        defer { sqlite3_finalize(statement) }
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW { rows.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "") }
        return rows
    }

    /// Lets the program hang, inside its transaction, at whatever the trigger is about.
    /// - Parameter event: such as `BEFORE INSERT ON script WHEN new.position = 2`.
    func hang(_ event: String) throws {
        try execute(
            """
            CREATE VIEW endless AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n;
            CREATE TRIGGER hang \(event) BEGIN SELECT count(*) FROM endless; END;
            """)
    }

    func goOn() throws {
        try execute("DROP TRIGGER hang; DROP VIEW endless")
    }
}

extension Program {
    var database: String { data.appending(path: "scriptorium.sqlite").path }
}
