import Domain
import HTTP
import Synchronization

/// What `/healthz` answers. A monitor makes the bytes each second; a request only hands them on.
///
/// *Threading*: any thread.
package final class Health: Sendable {
    package struct Report: Sendable {
        let isStoreWritable: Bool
        let isWorkerAlive: Bool
        /// `working`, `throttled`, `attention` or `question`; nil when the store could not be asked.
        let connection: String?
        let queued: Int?
        /// Since when the first of the queue waits.
        let oldest: Duration?

        package init(isStoreWritable: Bool, isWorkerAlive: Bool, connection: String?, queued: Int?, oldest: Duration?) {
            self.isStoreWritable = isStoreWritable
            self.isWorkerAlive = isWorkerAlive
            self.connection = connection
            self.queued = queued
            self.oldest = oldest
        }

        var isGood: Bool { isStoreWritable && isWorkerAlive }

        /// One JSON object on a line; `null` for what is not known.
        var json: [UInt8] {
            let parts = [
                #""status":"\#(isGood ? "ok" : "failing")""#,
                #""store_writable":\#(isStoreWritable)"#,
                #""worker_alive":\#(isWorkerAlive)"#,
                #""connection":\#(connection.map { #""\#($0)""# } ?? "null")"#,
                #""queue_length":\#(queued.map { "\($0)" } ?? "null")"#,
                #""oldest_queued_seconds":\#(oldest.map { "\(max(0, $0.wholeSeconds))" } ?? "null")"#,
            ]
            return Array("{\(parts.joined(separator: ","))}\n".utf8)
        }
    }

    /// Bytes that are older than this were made by a monitor that has died.
    private static let freshFor = Duration.seconds(10)

    fileprivate struct Answer {
        let whole: Response
        let brief: Response
        let made: ContinuousClock.Instant
    }

    private let answer: Mutex<Answer>
    /// How many answers have been made.
    private let count = Atomic(0)
    private let stale = Response.json(.serviceUnavailable, Array(#"{"status":"failing"}"#.utf8) + [UInt8(ascii: "\n")])

    package init() {
        answer = Mutex(Answer(whole: stale, brief: stale, made: .now))
    }

    package func publish(_ report: Report) {
        let status: Status = report.isGood ? .ok : .serviceUnavailable
        let brief = Array(#"{"status":"\#(report.isGood ? "ok" : "failing")"}"#.utf8) + [UInt8(ascii: "\n")]
        let new = Answer(whole: .json(status, report.json), brief: .json(status, brief), made: .now)
        answer.withLock { $0 = new }
        count.add(1, ordering: .releasing)
    }

    /// - Parameters:
    ///   - isKnown: a stranger gets the status alone.
    ///   - known: what the asking loop had last.
    func response(isKnown: Bool, known: KnownHealth, now: ContinuousClock.Instant = .now) -> Response {
        let count = count.load(ordering: .acquiring)
        if count != known.count { known.take(answer.withLock { $0 }, count: count) }
        guard now - known.made <= Self.freshFor else { return stale }
        return isKnown ? known.whole : known.brief
    }
}

/// The last answer as one loop has it, which is asked for it more often than it changes.
final class KnownHealth {
    fileprivate private(set) var whole = Response(.serviceUnavailable)
    fileprivate private(set) var brief = Response(.serviceUnavailable)
    fileprivate private(set) var made = ContinuousClock.now
    /// None at first.
    fileprivate private(set) var count = -1

    fileprivate func take(_ answer: Health.Answer, count: Int) {
        (whole, brief, made) = (answer.whole.copy(), answer.brief.copy(), answer.made)
        self.count = count
    }
}

/// Whether the app can do its work, for whoever watches it.
@Sendable func showHealth(_ context: Context) throws(Problem) -> Response {
    let peer = context.request.peer
    let isHere = (peer == "::1" || peer.hasPrefix("127.")) && !context.visitor.isForwarded
    return context.site.health.response(isKnown: isHere || context.caller != nil, known: context.kept.health)
}
