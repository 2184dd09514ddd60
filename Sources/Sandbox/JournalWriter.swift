import Dispatch
import Synchronization

/// The thread that keeps changes: all that waits when it comes round runs, shares one sync, and is answered after it.
final class JournalWriter: Sendable {
    /// What the changes of one round make of the account; nil until the first has run.
    struct Batch {
        var account: Account?
        var records: [Account.Record] = []
    }

    /// A change of the round. It returns what is called after the sync, with the account to keep, or nil when nothing was kept.
    typealias Work = @Sendable (inout Batch) -> (Account?) -> Void

    private let waiting = Mutex<[Work]>([])
    private let journal: Mutex<Journal>
    private let queue = DispatchQueue(label: "sandbox-journal")

    init(_ journal: consuming Journal) {
        self.journal = Mutex(journal)
    }

    func enqueue(_ work: @escaping Work) {
        let isFirst = waiting.withLock { waiting in
            waiting.append(work)
            return waiting.count == 1
        }
        if isFirst { queue.async { self.drain() } }
    }

    /// Waits for the last round.
    func close() {
        queue.sync {}
    }

    private func drain() {
        let works = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        var batch = Batch()
        let answers = works.map { $0(&batch) }
        let records = batch.records
        let isKept = records.isEmpty || journal.withLock { $0.append(records) }
        for answer in answers { answer(isKept ? batch.account : nil) }
    }
}
