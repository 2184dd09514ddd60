import CSQLite
import Domain
import Glibc

/// Copies of the database as one file, made while the program runs or not (https://sqlite.org/backup.html).
package enum Backup {
    /// Copies the database to a new file, which then stands alone: checked, synced, and without a write-ahead log. A failure leaves no file.
    /// - Parameters:
    ///   - source: may be in use.
    ///   - target: must not exist.
    package static func copy(from source: String, to target: String) throws(StoreError) {
        guard access(source, R_OK) == 0 else {
            throw StoreError(code: SQLITE_CANTOPEN, operation: "read \(source)", message: systemError())
        }
        guard access(target, F_OK) != 0 else {
            throw StoreError(code: SQLITE_CANTOPEN, operation: "write \(target)", message: "there is a file of that name already")
        }
        let draft = target + ".part"
        unlink(draft)
        do throws(StoreError) {
            try write(from: source, to: draft)
            if let damage = try Integrity.damage(path: draft) {
                throw StoreError(code: SQLITE_CORRUPT, operation: "check the copy", message: damage)
            }
            try sync(draft)
            // Fails rather than replaces, should a file of that name have come meanwhile.
            guard link(draft, target) == 0 else {
                throw StoreError(code: SQLITE_CANTOPEN, operation: "write \(target)", message: systemError())
            }
            unlink(draft)
            try sync(folder(of: target))
        } catch {
            for file in [draft, draft + "-wal", draft + "-shm", draft + "-journal"] { unlink(file) }
            throw error
        }
    }

    /// What the time since the backup may have done is unknown to it: a brief that it holds unsent may have been sent, so a person decides.
    /// - Parameter path: a database that nobody else uses.
    package static func settleRestored(path: String, now: Timestamp) throws(StoreError) {
        let database = try Database.open(path: path, access: .readWrite)
        try Schema.migrate(database)
        var transaction = Transaction(database: database)
        var failure: StoreError?
        _ = try transaction.group { transaction in
            do throws(StoreError) {
                try transaction.savepoint { transaction throws(StoreError) in
                    let tasks: [GenerationTask.ID] = try transaction.database.all(
                        "SELECT id FROM task WHERE state IN ('waiting', 'queued', 'sending')"
                    ) { row in row.id(0) }
                    for task in tasks { try transaction.apply(.restored, to: task, now: now) }
                    // No call of it runs any more.
                    try transaction.recover(longestCall: .zero, now: now)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        try transaction.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// A transaction that is committed meanwhile makes the copy begin anew, so the pages are copied in one step: WAL readers block nobody.
    private static func write(from source: String, to target: String) throws(StoreError) {
        let from = try Database.open(path: source, access: .readOnly)
        let to = try Database.open(path: target, access: .plain)
        guard let backup = sqlite3_backup_init(to.handle, "main", from.handle, "main") else { throw to.error("begin the backup") }
        var code = SQLITE_BUSY
        for _ in 0..<50 where code == SQLITE_BUSY || code == SQLITE_LOCKED {
            code = sqlite3_backup_step(backup, -1)
            if code == SQLITE_BUSY || code == SQLITE_LOCKED { sqlite3_sleep(100) }
        }
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw StoreError(code: code, operation: "copy the database") }
        // The copy says of itself that it has a write-ahead log, which would make files beside it.
        try to.execute("PRAGMA journal_mode=DELETE")
    }

    private static func sync(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw StoreError(code: SQLITE_IOERR, operation: "sync \(path)", message: systemError())
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func systemError() -> String { String(cString: strerror(errno)) }
}
