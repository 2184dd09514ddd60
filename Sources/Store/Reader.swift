import Domain

/// A connection for questions, one for each event loop. A question takes some tens of microseconds and stays on the loop's thread.
package final class Reader {
    private let database: Database

    /// The file must be there, at this version's schema: the writer opens first.
    package init(path: String) throws(StoreError) {
        database = try Database.open(path: path, access: .readOnly)
        // The log's files are opened with the first question: asked now, since later there may be no descriptor left for them.
        try database.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
    }

    /// All that is read inside sees one state of the database. Nothing must be sent meanwhile.
    package func read<T>(_ questions: (borrowing Database) throws(StoreError) -> T) throws(StoreError) -> T {
        try database.run("BEGIN")
        do throws(StoreError) {
            let value = try questions(database)
            try database.run("COMMIT")
            return value
        } catch {
            _ = try? database.run("ROLLBACK")
            throw error
        }
    }

    /// One question of one statement, which is a transaction of its own.
    package func ask<T>(_ question: (borrowing Database) throws(StoreError) -> T) throws(StoreError) -> T {
        try question(database)
    }
}
