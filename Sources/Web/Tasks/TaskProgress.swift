/// Where a task stands, in words: the line of steps, and what is said below it when there is more to say.
struct TaskProgress: Sendable {
    let steps: [Step]
    /// How far the line over the steps is filled, in percent of its length.
    let filled: Int
    var outcome: Outcome? = nil
}

/// A step of the line Queued, Sent, Writing, Done.
struct Step: View {
    enum Phase: Sendable {
        case past, current, ahead
        /// The task ended here without success.
        case broken
    }

    let name: String
    let words: String
    let phase: Phase

    static var fields: [Field<Step>] {
        [
            .text("name") { $0.name },
            .text("words") { $0.words },
            .flag("is_past") { $0.phase == .past },
            .flag("is_current") { $0.phase == .current },
            .flag("is_broken") { $0.phase == .broken },
            .flag("is_ahead") { $0.phase == .ahead },
        ]
    }
}

/// What a person has to know beyond the steps.
struct Outcome: View {
    enum Tone: Sendable {
        case good, warning, bad, plain
    }

    let tone: Tone
    let title: String
    let words: String
    /// The service's answer, for the details; empty for none.
    var code = ""
    var message = ""
    var requestID = ""

    static var fields: [Field<Outcome>] {
        [
            .flag("is_good") { $0.tone == .good },
            .flag("is_warning") { $0.tone == .warning },
            .flag("is_bad") { $0.tone == .bad },
            .text("title") { $0.title },
            .text("words") { $0.words },
            .text("code") { $0.code },
            .text("message") { $0.message },
            .text("request_id") { $0.requestID },
            .flag("has_details") { !($0.code + $0.message + $0.requestID).isEmpty },
        ]
    }
}

extension TaskProgress {
    /// What the steps before and after the current one tell; empty where nothing is known.
    struct Known: Sendable {
        /// `waited 12 s for a free call`
        var queued = ""
        /// `task 7391…204`
        var sent = ""
        /// While it runs: `in about 20 s, by the last ones`.
        var done = "usually within a minute"
    }

    /// - Parameter videos: `1 video is still uploading`
    static func waiting(videos: String, _ known: Known = Known()) -> TaskProgress {
        line(.queued, "waits: \(videos)", .current, known)
    }

    /// - Parameters:
    ///   - place: `next in the queue`, `3 briefs are ahead`
    ///   - reason: `2 calls a minute are free, the next in 40 s`, `the connection needs attention first`
    static func queued(place: String, reason: String, _ known: Known = Known()) -> TaskProgress {
        line(.queued, "\(place); \(reason)", .current, known)
    }

    static func sending(_ known: Known) -> TaskProgress {
        line(.sent, "being sent, the answer is awaited", .current, known)
    }

    /// - Parameters:
    ///   - words: `the service has not begun yet`, `2 of 4 scripts are here, more are coming`
    ///   - share: of the scripts that are here, 0 to 1.
    static func running(_ words: String, share: Double = 0, _ known: Known) -> TaskProgress {
        line(.writing, words, .current, share: share, known)
    }

    /// - Parameters:
    ///   - words: `4 scripts in 21 s`
    ///   - closedWith: what is here, when a person closed it: `2 of 4 scripts`.
    static func succeeded(_ words: String, closedWith: String? = nil, _ known: Known) -> TaskProgress {
        var progress = line(.done, words, .past, known)
        if let closedWith {
            progress.outcome = Outcome(
                tone: .plain, title: "Closed with \(closedWith)", words: "The service is not asked for more scripts of this brief.")
        }
        return progress
    }

    /// - Parameter words: `4 scripts`
    static func adopted(_ words: String, _ known: Known) -> TaskProgress {
        var progress = line(.done, words, .past, known)
        progress.outcome = Outcome(
            tone: .plain, title: "Found in your account",
            words: "The answer to this brief was lost. A person has chosen these scripts of the account as its own.")
        return progress
    }

    /// - Parameters:
    ///   - wasSent: the service had taken the brief before.
    ///   - words: why and what to do, in plain words.
    static func failed(
        wasSent: Bool, words: String, code: String = "", message: String = "", requestID: String = "", _ known: Known
    ) -> TaskProgress {
        var progress = line(wasSent ? .writing : .sent, "failed", .broken, known)
        progress.outcome = Outcome(
            tone: .bad, title: "This brief failed", words: words, code: code, message: message, requestID: requestID)
        return progress
    }

    static let cancelled: TaskProgress = {
        var progress = line(.queued, "cancelled before it was sent", .broken, Known())
        progress.outcome = Outcome(
            tone: .plain, title: "Cancelled", words: "Nothing was sent. Use it as a new brief whenever you like.")
        return progress
    }()

    /// - Parameter reason: `the connection broke off`, the end of a sentence.
    static func unconfirmed(reason: String, _ known: Known) -> TaskProgress {
        var progress = line(.sent, "not confirmed", .broken, known)
        progress.outcome = Outcome(
            tone: .warning, title: "Nobody knows whether this brief arrived",
            words: "It was sent, but the answer was lost: \(reason). The service may be writing these scripts, or may never have seen "
                + "the brief. It is not sent again by itself, since every brief counts: see below what has appeared in your account, "
                + "and if nothing has come, send it again.")
        return progress
    }

    /// - Parameter words: `2 of 4 scripts are here`
    static func stalled(_ words: String, _ known: Known) -> TaskProgress {
        var progress = line(.writing, words, .broken, known)
        progress.outcome = Outcome(
            tone: .warning, title: "No end after a day",
            words: "The service still says that it is writing, which it usually does for a minute. It is not asked by itself any more.")
        return progress
    }

    private enum Stage: Int, CaseIterable {
        case queued, sent, writing, done

        var name: String {
            switch self {
            case .queued: "Queued"
            case .sent: "Sent"
            case .writing: "Writing"
            case .done: "Done"
            }
        }
    }

    /// - Parameter share: of the current step that is done.
    private static func line(
        _ now: Stage, _ words: String, _ phase: Step.Phase, share: Double = 0, _ known: Known
    ) -> TaskProgress {
        let steps = Stage.allCases.map { stage in
            if stage == now { return Step(name: stage.name, words: words, phase: phase) }
            if stage.rawValue > now.rawValue {
                return Step(name: stage.name, words: stage == .done && phase == .current ? known.done : "", phase: .ahead)
            }
            let told = [Stage.queued: known.queued, .sent: known.sent]
            return Step(name: stage.name, words: told[stage] ?? "", phase: .past)
        }
        // A step that has begun is never empty and one that has not ended never full: the line moves with each thing that happens.
        let whole = 100.0 / Double(Stage.allCases.count)
        let filled = phase == .past ? 100 : Int(whole * (Double(now.rawValue) + 0.2 + 0.7 * share))
        return TaskProgress(steps: steps, filled: filled)
    }
}
