import Domain
import Logging
import Secrets
import Store
import Synchronization
import TikTok

/// Sends what is queued and asks about what runs, at its own pace: claim what is due, call, record by compare-and-set, sleep until woken or
/// next due. All it knows is in the store, so that it can be killed at any line.
///
/// *Concurrency*: at most `callsAtOnce` calls run together; `run` waits for each. *Shutdown*: `stop` leaves what only asks or has not left, lets
/// other creates and uploads end, and records them all; then `run` returns.
package actor Worker {
    /// Enough to keep uploads and polls flowing; the service allows ten calls a second.
    static let callsAtOnce = 4
    /// A round at least this often, whatever was missed.
    static let longestSleep = Duration.seconds(60)
    /// The longest deadline of the client's calls.
    package static let longestCall = Duration.seconds(30)

    let store: Writer
    let client: Client
    let time: Time
    let log: Logger
    private let token: String
    private let secrets: SecretsFile?
    private let limit: CreateLimit
    private let mediaBase: String?
    private let alarm: AsyncStream<Void>
    private nonisolated let ring: AsyncStream<Void>.Continuation
    private nonisolated let stopping = Atomic(false)
    /// When it last looked for work, in milliseconds of the monotonic clock.
    private nonisolated let lastRound = Atomic<Int64>(0)

    private var callsRunning = 0
    /// Running calls that only ask.
    private var questions: [Call.ID: Task<Void, Never>] = [:]
    /// The kind of call that was last told to wait: only a call of its kind shows that the wait is over. The limit on creates says nothing
    /// about polls.
    var throttledBy: Call.Endpoint?
    /// Both clocks at the last round.
    private var clocks: (wall: Timestamp, elapsed: Duration)?
    /// When the log of calls was last pruned.
    private var pruned: Duration?
    private var window: (connection: Connection.ID, creates: CreateWindow)?

    /// - Parameters:
    ///   - token: what the client sends, remembered as the connection's once that is known.
    ///   - secrets: nil for the sandbox, whose token is new with each start.
    ///   - mediaBase: where the service reaches this app's own videos, such as `https://media.example.com`; nil when it cannot.
    package init(
        store: Writer, client: Client, token: String, secrets: SecretsFile?, limit: CreateLimit, mediaBase: String? = nil, time: Time,
        log: Logger
    ) {
        self.store = store
        self.client = client
        self.token = token
        self.secrets = secrets
        self.limit = limit
        self.mediaBase = mediaBase
        self.time = time
        self.log = log
        (alarm, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something was committed that may be work. Any thread.
    package nonisolated func wake() {
        ring.yield()
    }

    /// Any thread. `run` returns when the running calls are recorded.
    package nonisolated func stop() {
        stopping.store(true, ordering: .releasing)
        ring.finish()
    }

    /// Whether it still looks for work, as it does at least once a minute. Any thread.
    package nonisolated func isAlive(at elapsed: Duration) -> Bool {
        elapsed.wholeMilliseconds - lastRound.load(ordering: .relaxed) < (Self.longestSleep * 2).wholeMilliseconds
    }

    nonisolated var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// Works until `stop`.
    package func run() async {
        await withDiscardingTaskGroup { group in
            wake()
            var sleep: Task<Void, Never>?
            for await _ in alarm {
                let pause = await round(in: &group)
                sleep?.cancel()
                sleep = Task { [time, ring] in
                    await time.sleep(pause)
                    if !Task.isCancelled { ring.yield() }
                }
            }
            sleep?.cancel()
            // Their answers can be had again; those of creates and uploads are waited for.
            for question in questions.values { question.cancel() }
            client.cancelUnsent()
        }
    }

    /// Begins every call that may begin now.
    /// - Returns: how long nothing else can.
    private func round(in group: inout DiscardingTaskGroup) async -> Duration {
        lastRound.store(time.elapsed().wholeMilliseconds, ordering: .relaxed)
        do {
            try await followClock()
            try await prune()
            if callsRunning < Self.callsAtOnce, !isStopping, let test = try await claimTest() {
                callsRunning += 1
                group.addTask { await self.make(test) }
            }
            guard let connection = try await connectionReadyForCalls() else { return Self.longestSleep }
            if case .throttled(let until) = connection.state, until > time.now() { return min(until - time.now(), Self.longestSleep) }
            while callsRunning < Self.callsAtOnce, !isStopping, let work = try await claim(on: connection.id) {
                callsRunning += 1
                let call = Task { await self.perform(work, on: connection) }
                if work.changesNothing { questions[work.call] = call }
                group.addTask { await call.value }
            }
            return try await pause(on: connection.id)
        } catch {
            // A damaged database stays so: it is said once and looked at no more than usual.
            if error.isDamage {
                if store.damage == nil { log.error("the store could not be read or written", metadata: ["error": "\(error)"]) }
                return Self.longestSleep
            }
            log.error("the store could not be read or written", metadata: ["error": "\(error)"])
            return .seconds(1)
        }
    }

    /// Somebody has set the wall clock: what is planned for a time of it is planned anew, or it would wait for an hour that comes twice.
    private func followClock() async throws(StoreError) {
        let now = (wall: time.now(), elapsed: time.elapsed())
        if let clocks {
            let jump = (now.wall - clocks.wall) - (now.elapsed - clocks.elapsed)
            if jump >= .seconds(5) || jump <= .seconds(-5) {
                log.notice("the clock was set", metadata: ["ms": "\(jump.wholeMilliseconds)"])
                try await store.write { transaction throws(StoreError) in try transaction.followClock(now: now.wall) }
            }
        }
        clocks = now
    }

    /// At the start and once a day.
    private func prune() async throws(StoreError) {
        if let pruned, time.elapsed() - pruned < .seconds(24 * 60 * 60) { return }
        let now = time.now()
        let hasMore = try await store.write { transaction throws(StoreError) in try transaction.pruneCalls(now: now) }
        if hasMore { wake() } else { pruned = time.elapsed() }
    }

    /// The connection to work for: nil while a person has to answer or to mend something first.
    private func connectionReadyForCalls() async throws(StoreError) -> Connection? {
        let current = try await store.write { transaction throws(StoreError) in try transaction.database.findCurrentConnection() }
        guard let connection = current?.connection else { return nil }
        if case .needsAttention = connection.state { return nil }
        if window?.connection != connection.id { try await begin(on: connection) }
        return connection
    }

    private func begin(on connection: Connection) async throws(StoreError) {
        if let secrets, secrets.token(of: connection.id.rawValue) != token {
            do throws(SecretsError) {
                try secrets.remember(token, of: connection.id.rawValue)
            } catch {
                log.error("\(error)")
            }
        }
        let now = time.now()
        let ages = try await store.write { transaction throws(StoreError) in
            try transaction.database.findCreateAges(of: connection.id, now: now)
        }
        window = (connection.id, CreateWindow(limit: limit, ages: ages, elapsed: time.elapsed()))
    }

    /// Polls first, since somebody waits for their scripts; then what was there before a brief is sent; uploads, since briefs wait for them.
    private func claim(on connection: Connection.ID) async throws(StoreError) -> Work? {
        let now = time.now()
        let mayCreate = window?.creates.wait(elapsed: time.elapsed()) == .zero
        let work: Work? = try await store.write { [mediaBase] transaction throws(StoreError) in
            // A call that began a moment ago may have changed it.
            guard let current = try transaction.database.findCurrentConnection()?.connection, current.id == connection,
                current.state.allowsCalls(at: now)
            else { return nil }
            try transaction.refreshListing(on: connection, now: now)
            if let poll = try transaction.claimPoll(on: connection, now: now) { return .poll(poll) }
            if let listing = try transaction.claimListing(on: connection, now: now) { return .listing(listing) }
            if let upload = try transaction.claimUpload(on: connection, mediaBase: mediaBase, now: now) { return .upload(upload) }
            if let page = try transaction.claimImport(on: connection, now: now) { return .importPage(page) }
            if mayCreate, let create = try transaction.claimCreate(on: connection, now: now) { return .create(create) }
            return nil
        }
        if case .create(let create) = work { window?.creates.begin(create.call) }
        return work
    }

    private func perform(_ work: Work, on connection: Connection) async {
        let result: CallResult
        switch work {
        case .poll(let poll): result = await perform(poll, on: connection)
        case .listing(let listing): result = await perform(listing, on: connection)
        case .importPage(let page): result = await perform(page, on: connection)
        case .upload(let upload): result = await perform(upload, on: connection)
        case .create(let create): result = await perform(create, on: connection)
        }
        if case .create(let create) = work {
            window?.creates.end(create.call, counts: result.name != .unsent, elapsed: time.elapsed())
        }
        callsRunning -= 1
        questions[work.call] = nil
        wake()
    }

    private func claimTest() async throws(StoreError) -> ClaimedTest? {
        let now = time.now()
        return try await store.write { transaction throws(StoreError) in try transaction.claimConnectionTest(now: now) }
    }

    private func make(_ test: ClaimedTest) async {
        await perform(test)
        callsRunning -= 1
        wake()
    }

    private func pause(on connection: Connection.ID) async throws(StoreError) -> Duration {
        let due = try await store.write { [mediaBase] transaction throws(StoreError) in
            try transaction.database.findNextDue(on: connection, takesFiles: mediaBase != nil)
        }
        let now = time.now()
        var pauses = [Self.longestSleep]
        if let other = due.other { pauses.append(other - now) }
        if let brief = due.brief, let wait = window?.creates.wait(elapsed: time.elapsed()) { pauses.append(max(brief - now, wait)) }
        // With every place taken, the end of a call wakes; until then what is due has to wait.
        return callsRunning < Self.callsAtOnce ? max(pauses.min() ?? .zero, .milliseconds(1)) : Self.longestSleep
    }
}

/// A call that has been claimed.
private enum Work: Sendable {
    case poll(ClaimedPoll)
    case listing(ClaimedListing)
    case importPage(ClaimedImport)
    case upload(ClaimedUpload)
    case create(ClaimedCreate)

    var call: Call.ID {
        switch self {
        case .poll(let poll): poll.call
        case .listing(let listing): listing.call
        case .importPage(let page): page.call
        case .upload(let upload): upload.call
        case .create(let create): create.call
        }
    }

    /// The service does nothing because of it.
    var changesNothing: Bool {
        switch self {
        case .poll, .listing, .importPage: true
        case .upload, .create: false
        }
    }
}
