import Glibc
import HTTP
import Synchronization

/// A stand-in for the remote API: one account with its videos, tasks and scripts, served by any number of `SandboxHandler`s.
///
/// *Threading*: every method may be called from any thread. With a journal, what changes the account (upload, create) is answered by
/// `Response.later` from the journal's own thread, after the change is on the disk; everything else is answered at once.
/// *Shutdown*: stop the server first, then call `close`.
package final class SandboxService: Sendable {
    package struct Configuration: Sendable {
        /// The one `Access-Token` that is let in. It is compared, and never written anywhere.
        package var token: String
        /// Seconds from a task's creation to its last script.
        package var pace = 10.0
        /// Create calls in any 60 s; the next ones get 40100. Calls that the rules refuse count, as they do at a real gateway.
        package var createsPerMinute = 2
        /// The file that keeps the account across restarts; nil keeps it in memory. Its folder must exist.
        package var journal: String?
        /// Whether `/control/…` is served: only where the sandbox runs alone.
        package var control = false
        /// Fetches a video of the app that this sandbox is part of; nil for any other address, which is judged by its name alone. Blocks.
        /// The sandbox itself makes no outgoing request.
        package var fetchOwnMedia: (@Sendable (_ url: String) -> FetchedMedia?)?
        /// Milliseconds since 1970.
        package var clock: @Sendable () -> Int64 = { wallClock() }

        package init(token: String) {
            self.token = token
        }
    }

    let configuration: Configuration
    private let writer: ScriptWriter
    private let account: Mutex<Account>
    /// What has been asked for once: writing a task takes some milliseconds, and polling asks again and again.
    private let written = Mutex<[Int64: [Script]]>([:])
    private let tally = Mutex(Tally())
    private let faults = Mutex<[Fault]>([])
    private let journal: JournalWriter?

    /// Reads the journal, if there is one. An error is one line that says what to mend.
    package init(configuration: Configuration) throws(SandboxError) {
        self.configuration = configuration
        do {
            writer = try ScriptWriter(books: try PhraseBook.library())
        } catch {
            throw SandboxError(error.description)
        }
        var account = Account()
        if let path = configuration.journal {
            journal = JournalWriter(try Journal(path) { account.apply($0) })
        } else {
            journal = nil
        }
        self.account = Mutex(account)
    }

    /// Waits until what has been accepted is on the disk and answered. The journal's file is closed with the service.
    package func close() {
        journal?.close()
    }

    var now: Int64 { configuration.clock() }

    /// The account as it is now.
    var snapshot: Account { account.withLock { $0 } }

    /// All scripts of the task, those too that are not told yet.
    func scripts(of task: GenerationTask) -> [Script] {
        if let scripts = written.withLock({ $0[task.id] }) { return scripts }
        let ids = (1...Int64(task.brief.count)).map { String(task.id + $0) }
        let scripts = writer.scripts(for: task.brief, task: String(task.id), ids: ids)
        written.withLock { $0[task.id] = scripts }
        return scripts
    }

    /// Runs `change`, and answers what it returns once its records are kept. Changes run one after another.
    func change(_ change: @escaping @Sendable (inout Change) -> JSONValue) -> Response {
        guard let journal else {
            let answer = account.withLock { account in
                var draft = Change(account: account, now: now)
                let answer = change(&draft)
                account = draft.account
                return answer
            }
            return .envelope(answer)
        }
        return .later { [self] responder in
            journal.enqueue { [self] batch in
                var draft = Change(account: batch.account ?? snapshot, now: now)
                let answer = change(&draft)
                batch.account = draft.account
                batch.records += draft.records
                return { [self] kept in
                    // Only the journal's thread changes the account, so the last of a batch holds all of it.
                    if let kept { account.withLock { $0 = kept } }
                    responder.respond(.envelope(kept == nil ? Envelope.refusal(Self.journalFailed, now: now) : answer))
                }
            }
        }
    }

    private static let journalFailed = Refusal(.serviceTrouble, "The sandbox could not write its journal; nothing was done.")
}

extension SandboxService {
    /// What `/control/stats` answers: since this start, and not kept across restarts.
    struct Tally {
        /// Uploads that were given an id.
        var uploads = 0
        /// Create calls that made a task, whether or not a fault then spoiled the answer.
        var creates = 0
        /// Create calls that made none: token, limit, rules, unknown videos, and faults in place of the work.
        var createsRefused = 0
        /// Calls of get and of list, whatever was answered.
        var gets = 0
        var lists = 0
        /// The accepted create bodies, in order.
        var bodies: [JSONValue] = []
    }

    func count(_ note: (inout Tally) -> Void) {
        tally.withLock { note(&$0) }
    }

    var counted: Tally { tally.withLock { $0 } }

    /// Lets the next calls of the fault's endpoint go wrong; several faults of one endpoint come one after another.
    package func inject(_ fault: Fault) {
        faults.withLock { $0.append(fault) }
    }

    func endFaults() {
        faults.withLock { $0 = [] }
    }

    func takeFault(of endpoint: Endpoint) -> Fault? {
        faults.withLock { faults in
            guard let index = faults.firstIndex(where: { $0.endpoint == nil || $0.endpoint == endpoint }) else { return nil }
            if faults[index].after > 0 {
                faults[index].after -= 1
                return nil
            }
            faults[index].times -= 1
            return faults[index].times > 0 ? faults[index] : faults.remove(at: index)
        }
    }
}

/// Why the sandbox cannot start, in one line.
package struct SandboxError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

private func wallClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
