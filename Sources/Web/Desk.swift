import Domain
import Secrets
import Store

/// What the header of every page tells of the connection, and what a form says about when a brief would go out.
struct Desk {
    let current: CurrentConnection?
    let limit: CreateLimit
    /// Of the creates of the last minute, the time since they ended.
    let ages: [Duration]
    let queued: Int
    let now: Timestamp

    init(reading database: borrowing Database, limit: CreateLimit, now: Timestamp) throws(StoreError) {
        current = try database.findCurrentConnection()
        self.limit = limit
        self.now = now
        if let connection = current?.connection {
            ages = try database.findCreateAges(of: connection.id, now: now)
            queued = try database.countQueuedTasks(of: connection.id)
        } else {
            (ages, queued) = ([], 0)
        }
    }

    var connection: Connection? { current?.connection }

    /// How the connection a row belongs to is marked: not at all when it is the current one.
    func mark(_ id: Connection.ID, _ kind: Connection.Kind) -> String {
        if id == connection?.id { return "" }
        switch kind {
        case .sandbox: return "sandbox"
        case .live: return "another connection"
        }
    }

    var badge: ConnectionBadge? {
        switch current {
        case .none: nil
        case .question(let candidate): ConnectionBadge(name: candidate.name, isSandbox: false, calls: "waits for your answer")
        case .connection(let connection):
            ConnectionBadge(name: connection.name, isSandbox: connection.kind == .sandbox, calls: calls(of: connection))
        }
    }

    var attention: Attention? {
        switch current {
        case .none: return nil
        case .question: return .question
        case .connection(let connection):
            guard case .needsAttention(let refusal) = connection.state else { return nil }
            return Attention(
                reason: "Nothing is sent: \(refusal.meaning.words)",
                advice: "The queue is kept. When it is mended, start again or press Try again, and everything goes on.")
        }
    }

    /// `Goes out at once: 2 calls are free.`
    var departure: String {
        guard let connection else { return "Goes out once you have said whose token this is." }
        switch connection.state {
        case .needsAttention: return "Goes out when the connection works again; until then it is kept."
        case .throttled(let until) where until > now:
            return "Goes out in about \((until - now).rough): the service asks us to wait."
        case .throttled, .working: break
        }
        let wait = limit.wait(ages: ages, place: queued + 1)
        let left = limit.left(ages: ages)
        if wait == .zero { return "Goes out at once: \(left == 1 ? "1 call is" : "\(left) calls are") free." }
        let ahead =
            queued == 0 ? "the calls of this minute are used up" : "\(queued == 1 ? "1 brief is" : "\(queued.counted) briefs are") ahead"
        return "Goes out in \(queued < Database.mostCounted ? "about" : "more than") \(wait.rough): \(ahead)."
    }

    private func calls(of connection: Connection) -> String {
        switch connection.state {
        case .needsAttention: return "calls have stopped"
        case .throttled(let until) where until > now: return "next call in \((until - now).rough)"
        case .throttled, .working: break
        }
        let left = limit.left(ages: ages)
        return left > 0 ? "\(left.of("call")) left this minute" : "next call in \(limit.wait(ages: ages).rough)"
    }
}

extension Context {
    /// The desk for a page that asks nothing else of the store.
    func desk() throws(Problem) -> Desk {
        try read { database throws(StoreError) in try desk(database) }
    }

    func desk(_ database: borrowing Database) throws(StoreError) -> Desk { try asker.desk(database) }

    func frame(
        _ title: String, _ place: Frame.Place, _ desk: Desk?, offersNewBrief: Bool = true, refreshes: Bool = false,
        signal: Frame.Signal = .none
    ) -> Frame {
        asker.frame(title, place, desk, offersNewBrief: offersNewBrief, refreshes: refreshes, signal: signal)
    }

    func postForm(_ action: String, submission: String? = nil) -> PostForm { asker.postForm(action, submission: submission) }

    /// What every form of this session carries.
    var formToken: String { asker.formToken }
}

extension Asker {
    func desk(_ database: borrowing Database) throws(StoreError) -> Desk {
        try Desk(reading: database, limit: site.limit, now: now)
    }

    func frame(
        _ title: String, _ place: Frame.Place, _ desk: Desk?, offersNewBrief: Bool = true, refreshes: Bool = false,
        signal: Frame.Signal = .none
    ) -> Frame {
        Frame(
            title: title, place: place, assets: site.assets, connection: desk?.badge, attention: site.attention ?? desk?.attention,
            offersNewBrief: offersNewBrief && may(.writer), refreshes: refreshes, signal: signal, stand: site.text(ofStand: stand),
            reader: caller.map { Frame.Reader($0) })
    }

    func postForm(_ action: String, submission: String? = nil) -> PostForm {
        PostForm(action: action, token: formToken, submission: submission ?? SubmissionID.new().rawValue)
    }

    var formToken: String { caller.formToken(key: site.formKey) }
}

extension Frame.Reader {
    fileprivate init(_ caller: Caller) {
        switch caller.means {
        case .thisComputer: self.init(name: "", isAdmin: true)
        case .session, .proxy, .token:
            self.init(name: caller.member.name, isAdmin: caller.role == .admin, isWriter: caller.role >= .writer)
        }
    }
}

extension SubmissionID {
    static func new() -> SubmissionID { SubmissionID(random: RandomID.make()) }
}
