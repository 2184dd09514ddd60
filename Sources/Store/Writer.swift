import CSQLite
import Dispatch
import Domain
import Synchronization

/// The one place that writes. All jobs that wait when it comes round share one commit (group commit), so that a slow disk stops no
/// event loop and fifty forms cost one sync.
///
/// *Threading*: every method may be called from any thread; jobs run one after the other on a queue of their own, in the order they came.
/// *Order*: after the commit the events are published, then each job is answered. *Shutdown*: `close` finishes what was submitted.
package final class Writer: Sendable {
    package typealias Work<T> = @Sendable (inout Transaction) throws(StoreError) -> T

    /// Jobs that may wait: far more than a team's clicks. A flood beyond it is refused instead of filling the memory.
    package static let queueLimit = 4_096

    private struct Job: Sendable {
        /// Runs in the group's transaction; what it returns is called after the commit.
        let run: @Sendable (inout Transaction) -> @Sendable () -> Void
        /// Called instead when nothing could be committed.
        let fail: @Sendable (StoreError) -> Void
    }

    private struct Waiting: Sendable {
        var jobs: [Job] = []
        var isClosed = false
        /// What is wrong with the file; nothing is written to it any more.
        var damage: String?
        /// How many jobs the writer waits for; nil while it does not.
        var company: Int?
    }

    private let waiting = Mutex(Waiting())
    private let pace = Mutex(GroupPace())
    /// Signalled when the jobs are as many as the writer waits for.
    private let isInCompany = DispatchSemaphore(value: 0)
    private let transaction: Mutex<Transaction>
    private let queue = DispatchQueue(label: "store.writer")
    private let publish: @Sendable ([Event]) -> Void
    private let path: String

    /// Opens the database and brings it to this version's schema.
    /// - Parameters:
    ///   - damage: what `Integrity` has found in it. Then it is opened for reading, and only if it has this version's schema already.
    ///   - publish: called after each commit that changed something, on the writer's queue; must not block.
    package init(path: String, damage: String? = nil, publish: @escaping @Sendable ([Event]) -> Void) throws(StoreError) {
        let database = try Database.open(path: path, access: damage == nil ? .readWrite : .readOnly)
        if damage == nil {
            try Schema.migrate(database)
        } else {
            try Schema.requireLatest(database, else: SQLITE_CORRUPT, "it is damaged, and of another version")
        }
        transaction = Mutex(Transaction(database: database))
        waiting.withLock { $0.damage = damage }
        self.publish = publish
        self.path = path
    }

    /// What is wrong with the database file; nil when nothing is known to be. *Threading*: any thread.
    package var damage: String? { waiting.withLock { $0.damage } }

    /// From now on nothing is written, so that nothing more is lost.
    package func condemn(_ damage: String) {
        let isNew = waiting.withLock { waiting in
            defer { waiting.damage = waiting.damage ?? damage }
            return waiting.damage == nil
        }
        if isNew { publish([.connection]) }
    }

    /// Beside the program that has the database open, whose pages are not told. The file must be at this version's schema already.
    package init(sharing path: String) throws(StoreError) {
        let database = try Database.open(path: path, access: .readWrite)
        try Schema.requireLatest(database, else: SQLITE_MISMATCH, "it belongs to a running program of another version")
        transaction = Mutex(Transaction(database: database))
        publish = { _ in }
        self.path = path
    }

    /// - Parameter completion: called once; must not block. On the writer's queue after the commit, or at once when the job is refused.
    package func submit<T: Sendable>(
        _ work: @escaping Work<T>, completion: @escaping @Sendable (Result<T, StoreError>) -> Void
    ) {
        let job = Job(
            run: { transaction in
                let result: Result<T, StoreError>
                do throws(StoreError) {
                    result = .success(try transaction.savepoint(work))
                } catch {
                    result = .failure(error)
                }
                return { completion(result) }
            },
            fail: { completion(.failure($0)) })
        let refusal: StoreError? = waiting.withLock { waiting in
            if let damage = waiting.damage { return StoreError(code: SQLITE_CORRUPT, operation: "write", message: damage) }
            if waiting.isClosed { return StoreError(code: SQLITE_MISUSE, operation: "write", message: "the store is closed") }
            if waiting.jobs.count >= Self.queueLimit {
                return StoreError(code: SQLITE_BUSY, operation: "write", message: "too many changes wait to be written")
            }
            waiting.jobs.append(job)
            if waiting.jobs.count == waiting.company { isInCompany.signal() }
            return nil
        }
        if let refusal {
            completion(.failure(refusal))
        } else {
            queue.async { self.commitWaiting() }
        }
    }

    /// Returns after the commit.
    package func write<T: Sendable>(_ work: @escaping Work<T>) async throws(StoreError) -> T {
        let result = await withCheckedContinuation { continuation in
            submit(work) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Blocks until all that was submitted is committed and stands in the database file itself, which can then be copied alone; refuses
    /// what comes later. For the program's end.
    package func close() {
        waiting.withLock { $0.isClosed = true }
        queue.sync {
            commitWaiting()
            // Readers that are busy keep it from emptying the log; the next start then does.
            if damage == nil { transaction.withLock { try? $0.database.execute("PRAGMA wal_checkpoint(TRUNCATE)") } }
        }
    }

    private func commitWaiting() {
        if waiting.withLock({ $0.jobs.isEmpty }) { return }
        waitForCompany()
        let jobs = waiting.withLock { waiting in
            defer { waiting.jobs = [] }
            return waiting.jobs
        }
        let start = ContinuousClock.now
        let committed: Result<(events: [Event], answers: [@Sendable () -> Void]), StoreError> = transaction.withLock { transaction in
            var answers: [@Sendable () -> Void] = []
            do throws(StoreError) {
                let events = try transaction.group { transaction in
                    for job in jobs { answers.append(job.run(&transaction)) }
                }
                return .success((events, answers))
            } catch {
                return .failure(error)
            }
        }
        let time = ContinuousClock.now - start
        switch committed {
        case .success(let (events, answers)):
            if !events.isEmpty {
                // What changed nothing was not synced, and says nothing of the disk.
                let late = waiting.withLock { $0.jobs.count }
                pace.withLock { $0.note(time, jobs: jobs.count, late: late) }
                publish(events)
            }
            for answer in answers { answer() }
        case .failure(let error):
            if error.isDamage { checkInBackground(path: path) }
            for job in jobs { job.fail(error) }
        }
    }

    private func waitForCompany() {
        let (company, patience) = pace.withLock { ($0.company, $0.patience) }
        guard patience > .zero else { return }
        let isMissing = waiting.withLock { waiting in
            guard !waiting.isClosed, waiting.jobs.count < company else { return false }
            waiting.company = company
            return true
        }
        guard isMissing else { return }
        // A signal that is left over from a wait that had timed out ends this one early, which does no harm.
        _ = isInCompany.wait(timeout: .now() + .nanoseconds(Int(patience.components.attoseconds / 1_000_000_000)))
        waiting.withLock { $0.company = nil }
    }
}
