import CSQLite
import Dispatch
import Domain
import Synchronization

/// Readers for questions that may be slow, so that no event loop waits for one. A question that is not answered by its deadline, its time
/// in the queue included, is broken off (https://sqlite.org/c3ref/progress_handler.html).
///
/// *Threading*: `ask` may be called from any thread. Each reader has a queue of its own.
package final class SearchPool: Sendable {
    package static let deadline = Duration.seconds(5)
    /// Questions that may wait for one reader.
    private static let queueLimit = 64

    private final class Lane: Sendable {
        let queue = DispatchQueue(label: "store.search")
        /// Opened with the first search: until then it costs neither memory nor a descriptor.
        let database = Mutex<Database?>(nil)
        let waiting = Atomic(0)
        private let path: String

        init(path: String) {
            self.path = path
        }

        func answer<T: Sendable>(
            _ questions: @Sendable (borrowing Database) throws(StoreError) -> T, by deadline: ContinuousClock.Instant
        ) -> Result<T, StoreError> {
            let path = path
            return database.withLock { database in
                do throws(StoreError) {
                    let open = if let known = database.take() { known } else { try Database.open(path: path, access: .readOnly) }
                    let result = open.answer(questions, by: deadline)
                    database = consume open
                    return result
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    private let lanes: [Lane]

    /// The file must be there, at this version's schema: the writer opens first.
    package init(path: String, readers: Int = 2) {
        lanes = (0..<readers).map { _ in Lane(path: path) }
    }

    /// - Parameters:
    ///   - questions: all that is read inside sees one state of the database.
    ///   - completion: called once, on a reader's queue, or at once when too much waits already.
    package func ask<T: Sendable>(
        within limit: Duration = deadline, _ questions: @escaping @Sendable (borrowing Database) throws(StoreError) -> T,
        completion: @escaping @Sendable (Result<T, StoreError>) -> Void
    ) {
        let deadline = ContinuousClock.now + limit
        guard let lane = lanes.min(by: { $0.waiting.load(ordering: .relaxed) < $1.waiting.load(ordering: .relaxed) }),
            lane.waiting.add(1, ordering: .relaxed).newValue <= Self.queueLimit
        else {
            completion(.failure(StoreError(code: SQLITE_BUSY, operation: "search", message: "too many searches wait")))
            return
        }
        lane.queue.async {
            let result = lane.answer(questions, by: deadline)
            lane.waiting.subtract(1, ordering: .relaxed)
            completion(result)
        }
    }
}

extension StoreError {
    /// The question took longer than it may.
    package var isLate: Bool { code & 0xff == SQLITE_INTERRUPT }
}

extension Database {
    fileprivate func answer<T>(
        _ questions: (borrowing Database) throws(StoreError) -> T, by deadline: ContinuousClock.Instant
    ) -> Result<T, StoreError> {
        var deadline = deadline
        return withUnsafeMutablePointer(to: &deadline) { pointer in
            // Some thousand steps of SQLite's machine take less than a millisecond.
            sqlite3_progress_handler(
                handle, 4_096,
                { pointer in
                    guard let deadline = pointer?.assumingMemoryBound(to: ContinuousClock.Instant.self).pointee else { return 0 }
                    return ContinuousClock.now > deadline ? 1 : 0
                }, pointer)
            defer { sqlite3_progress_handler(handle, 0, nil, nil) }
            do throws(StoreError) {
                guard ContinuousClock.now < pointer.pointee else { throw StoreError(code: SQLITE_INTERRUPT, operation: "search") }
                try execute("BEGIN")
                let value = try questions(self)
                try execute("COMMIT")
                return .success(value)
            } catch {
                if isInTransaction { try? execute("ROLLBACK") }
                return .failure(error)
            }
        }
    }
}
