import CSQLite
import Dispatch

/// Whether a database file is whole, as `quick_check` finds it (https://sqlite.org/pragma.html#pragma_quick_check): all but whether
/// each index fits its table. It reads the whole file.
package enum Integrity {
    /// - Returns: what is wrong, in SQLite's words; nil when nothing is.
    /// - Throws: when the file cannot be read for another reason, such as a lock.
    package static func damage(path: String) throws(StoreError) -> String? {
        do throws(StoreError) {
            let database = try Database.open(path: path, access: .readOnly)
            let findings = try database.all("PRAGMA quick_check") { row in row.text(0) }
            guard !findings.isEmpty else { return "the check gave no answer" }
            return findings.first { $0 != "ok" && !isMistaken($0) }
        } catch {
            guard error.isDamage else { throw error }
            return error.message
        }
    }
}

/// From 3.40.0 to 3.41.0, SQLite finds NULL in sound tables without rowid whose columns are in another order than their key's, as in
/// databases of this program's first version.
private func isMistaken(_ finding: String) -> Bool {
    sqlite3_libversion_number() < 3_041_001 && finding.hasPrefix("NULL value in task_video.")
}

extension StoreError {
    /// The file holds what SQLite cannot have written.
    package var isDamage: Bool {
        code & 0xff == SQLITE_CORRUPT || code & 0xff == SQLITE_NOTADB
    }
}

extension Writer {
    /// Looks through the file beside the work, on a connection of its own, and writes nothing more once it is found damaged.
    package func checkInBackground(path: String) {
        DispatchQueue.global(qos: .utility).async { [weak self] in
            guard let found = try? Integrity.damage(path: path) else { return }
            self?.condemn(found)
        }
    }
}
