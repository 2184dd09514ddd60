import Domain

/// What writes takes one: the writer's connection inside an open transaction, and the events that its commit will publish.
package struct Transaction: ~Copyable {
    package let database: Database
    private var events: [Event] = []
    /// Why SQLite has undone the whole transaction, as it may when the disk is full (https://sqlite.org/lang_transaction.html, "Response To
    /// Errors Within A Transaction"). What ran on would be committed piece by piece, behind the back of whoever was told that it failed.
    private var loss: StoreError?

    init(database: consuming Database) {
        self.database = database
    }

    mutating func announce(_ event: Event) {
        if !events.contains(event) { events.append(event) }
    }

    /// Runs every job inside one transaction and commits it.
    /// - Returns: what the commit changed.
    mutating func group(_ jobs: (inout Transaction) -> Void) throws(StoreError) -> [Event] {
        (events, loss) = ([], nil)
        try database.execute("BEGIN IMMEDIATE")
        jobs(&self)
        do throws(StoreError) {
            if let loss { throw loss }
            try database.execute("COMMIT")
        } catch {
            if database.isInTransaction { try? database.execute("ROLLBACK") }
            throw error
        }
        return events
    }

    /// One job inside the group: what it fails to finish is undone without its neighbours (https://sqlite.org/lang_savepoint.html).
    mutating func savepoint<T>(_ job: (inout Transaction) throws(StoreError) -> T) throws(StoreError) -> T {
        if let loss { throw loss }
        let before = events
        try database.execute("SAVEPOINT job")
        do {
            let value = try job(&self)
            try database.execute("RELEASE job")
            return value
        } catch {
            events = before
            guard database.isInTransaction else {
                loss = error
                throw error
            }
            try? database.execute("ROLLBACK TO job")
            try? database.execute("RELEASE job")
            throw error
        }
    }
}
