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
            let finding = try database.first("PRAGMA quick_check(1)") { row in row.text(0) }
            return finding == "ok" ? nil : finding ?? "the check gave no answer"
        } catch {
            guard error.isDamage else { throw error }
            return error.message
        }
    }
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
