import Domain

/// What writes takes one: the writer's connection inside an open transaction, and the events that its commit will publish.
package struct Transaction: ~Copyable {
    package let database: Database
    private var events: [Event] = []

    init(database: consuming Database) {
        self.database = database
    }

    mutating func announce(_ event: Event) {
        if !events.contains(event) { events.append(event) }
    }

    /// Runs every job inside one transaction and commits it.
    /// - Returns: what the commit changed.
    mutating func group(_ jobs: (inout Transaction) -> Void) throws(StoreError) -> [Event] {
        events = []
        try database.execute("BEGIN IMMEDIATE")
        jobs(&self)
        do {
            try database.execute("COMMIT")
        } catch {
            try? database.execute("ROLLBACK")
            throw error
        }
        return events
    }

    /// One job inside the group: what it fails to finish is undone without its neighbours (https://sqlite.org/lang_savepoint.html).
    mutating func savepoint<T>(_ job: (inout Transaction) throws(StoreError) -> T) throws(StoreError) -> T {
        let before = events
        try database.execute("SAVEPOINT job")
        do {
            let value = try job(&self)
            try database.execute("RELEASE job")
            return value
        } catch {
            events = before
            try? database.execute("ROLLBACK TO job")
            try? database.execute("RELEASE job")
            throw error
        }
    }
}
