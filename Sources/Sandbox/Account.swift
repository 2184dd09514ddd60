/// All that the sandbox remembers: a value that is rebuilt from its records.
struct Account: Sendable {
    /// A fact that is kept in the journal. A task's create call is kept with it; a call that the rules refused is kept for the limit.
    enum Record: Sendable, Equatable {
        case video(id: String, isRejected: Bool, at: Int64)
        case task(id: Int64, body: JSONValue, at: Int64)
        case refusedCall(at: Int64)
    }

    private(set) var tasks: [GenerationTask] = []
    /// Whether a video that was given an id is refused by create later, as the service does with a bad one.
    private var isRejected: [String: Bool] = [:]
    /// When the last create calls were, as far as the limit still asks.
    private var calls: [Int64] = []
    private var lastID: Int64 = 0

    static let window: Int64 = 60_000

    mutating func apply(_ record: Record) {
        switch record {
        case .video(let id, let rejected, _):
            isRejected[id] = rejected
        case .task(let id, let body, let at):
            tasks.append(GenerationTask(id: id, createdAt: at, brief: Brief(body)))
            lastID = max(lastID, id)
            calls.append(at)
        case .refusedCall(let at):
            calls.append(at)
        }
    }

    func task(_ id: String) -> GenerationTask? {
        // Ids ascend, and polling asks for the latest.
        tasks.last { String($0.id) == id }
    }

    /// Create calls in the 60 s before `now`. A call from the future is none: the clock was set back.
    mutating func recentCalls(_ now: Int64) -> Int {
        calls.removeAll { $0 <= now - Self.window || $0 > now }
        return calls.count
    }

    func accepts(video id: String) -> Bool {
        isRejected[id] == false
    }

    /// A new id of 19 digits that begins with the time, as the service's do. The 15 after a task's own are those of its scripts.
    mutating func nextID(_ now: Int64) -> Int64 {
        let time = (now & (1 << 41 - 1)) << 22
        lastID = max(lastID + 16, time | Int64.random(in: 0..<1 << 18) << 4)
        return lastID
    }
}

/// One change of the account under way: what it will be, and the records that say so.
struct Change {
    var account: Account
    let now: Int64
    private(set) var records: [Account.Record] = []

    init(account: Account, now: Int64) {
        self.account = account
        self.now = now
    }

    mutating func keep(_ record: Account.Record) {
        account.apply(record)
        records.append(record)
    }
}

/// A task. Its state is a pure function of its creation and the time, so no restart changes it.
struct GenerationTask: Sendable {
    let id: Int64
    let createdAt: Int64
    let brief: Brief

    enum Status: String {
        case submitted = "SUBMITTED"
        case processing = "PROCESSING"
        case partialSuccess = "PARTIAL_SUCCESS"
        case success = "SUCCESS"
    }

    /// The state at `now`, and how many scripts are written: it waits for a tenth of the pace, thinks until three tenths, and the rest
    /// is shared by the scripts.
    func progress(at now: Int64, pace: Double) -> (status: Status, written: Int) {
        guard pace > 0 else { return (.success, brief.count) }
        let part = max(0, Double(now - createdAt) / (pace * 1000))
        if part >= 1 { return (.success, brief.count) }
        if part < 0.1 { return (.submitted, 0) }
        let written = Int(max(0, part - 0.3) / 0.7 * Double(brief.count))
        return written == 0 ? (.processing, 0) : (.partialSuccess, min(written, brief.count - 1))
    }
}
