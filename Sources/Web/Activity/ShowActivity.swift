import Domain
import HTTP
import Store

/// Every call, newest first: `?outcome=` keeps to one way of ending, `?before=ID` begins after that one.
@Sendable func showActivity(_ context: Context) throws(Problem) -> Response {
    let before: Call.ID? = context.before()
    guard let chosen = Outcomes.all.first(where: { $0.word == context.request.queryItems["outcome"] ?? "" }) else { throw .notFound }
    let now = context.now
    let (desk, entries, charts) = try context.read { database throws(StoreError) in
        (
            try context.desk(database), try database.findActivity(chosen.filter, before: before, limit: rowsOnAPage + 1),
            before == nil ? try ActivityCharts(reading: database, now: now).charts : []
        )
    }
    let shown = entries.prefix(rowsOnAPage)
    let last = entries.count > rowsOnAPage ? shown.last?.call.id : nil
    let page = ActivityPage(
        frame: context.frame("Activity", .activity, desk),
        filters: Outcomes.all.map { ActivityPage.Filter(name: $0.name, address: $0.address, isCurrent: $0.word == chosen.word) },
        charts: charts,
        entries: shown.map { ActivityPage.Entry($0) },
        pager: Pager(
            newer: before == nil ? "" : chosen.address,
            older: last.map { "\(chosen.address)\(chosen.word.isEmpty ? "?" : "&")before=\($0)" } ?? ""))
    return .html(.ok, context.site.pages.activity.render(page))
}

/// The ways in which calls end, as the page offers them.
private struct Outcomes {
    /// As it stands in the address; empty for all.
    let word: String
    let name: String
    let filter: ActivityFilter

    var address: String { word.isEmpty ? "/activity" : "/activity?outcome=\(word)" }

    static let all = [
        Outcomes(word: "", name: "All", filter: .all),
        Outcomes(word: "done", name: "Done", filter: .ended(.done)),
        Outcomes(word: "refused", name: "Refused", filter: .ended(.refused)),
        Outcomes(word: "unsent", name: "Not sent", filter: .ended(.unsent)),
        Outcomes(word: "unknown", name: "Answer lost", filter: .ended(.unknown)),
        Outcomes(word: "running", name: "On its way", filter: .running),
    ]
}

extension ActivityPage.Entry {
    fileprivate init(_ entry: ActivityEntry) {
        call = CallRow(entry.call)
        time = Moment(entry.call.started)
        if let task = entry.task {
            (subject, address) = ("Task \(task)", "/tasks/\(task)")
        } else if let video = entry.video {
            (subject, address) = ("Video \(video)", "/videos/\(video)")
        } else {
            (subject, address) = ("", "")
        }
    }
}

/// The last thirty days in three pictures.
private struct ActivityCharts {
    let charts: [BarChart]

    private static let days = 30

    init(reading database: borrowing Database, now: Timestamp) throws(StoreError) {
        let today = Int(now.milliseconds / 86_400_000)
        let days = today - Self.days + 1...today
        let since = Timestamp(milliseconds: Int64(days.lowerBound) * 86_400_000)
        charts = [
            Self.tasks(try database.countTasks(onEachOf: days), on: days),
            Self.waiting(try database.findTimesToFirstScript(limit: 100)),
            Self.troubles(try database.countTroubles(since: since)),
        ]
    }

    private static func tasks(_ counts: [Int], on days: ClosedRange<Int>) -> BarChart {
        let entries = zip(days, counts).map { day, count in
            let name = Timestamp(milliseconds: Int64(day) * 86_400_000).day
            return BarChart.Entry(
                label: (days.upperBound - day) % 7 == 0 ? name : "", count: count, words: "\(name): \(count.of("brief"))")
        }
        let total = counts.reduce(0, +)
        return BarChart(
            id: "tasks", title: "Briefs a day", summary: "\(total.of("brief")) in the last \(days.count) days.",
            entries: total == 0 ? [] : entries)
    }

    private static func waiting(_ times: [Duration]) -> BarChart {
        let steps: [(name: String, end: Duration)] = [
            ("10 s", .seconds(10)), ("20 s", .seconds(20)), ("40 s", .seconds(40)), ("1 min", .seconds(60)), ("2 min", .seconds(120)),
            ("5 min", .seconds(300)),
        ]
        var counts = [Int](repeating: 0, count: steps.count + 1)
        for time in times { counts[steps.firstIndex { time <= $0.end } ?? steps.count] += 1 }
        let names = steps.map { "≤ \($0.name)" } + ["longer"]
        let median = times.isEmpty ? nil : times.sorted()[times.count / 2]
        return BarChart(
            id: "waiting", title: "From brief to first script",
            summary: median.map { "Half of the last \(times.count) had theirs within \($0.rough)." } ?? "No script has come yet.",
            entries: times.isEmpty ? [] : zip(names, counts).map { BarChart.Entry(label: $0, count: $1, words: "\($0): \($1.of("brief"))") }
        )
    }

    private static func troubles(_ counts: [TroubleCount]) -> BarChart {
        let entries = counts.prefix(7).map { count in
            let name =
                switch count.result {
                case .done: "OK"
                case .refused: count.code.map { "\($0)" } ?? "refused"
                case .unsent: "not sent"
                case .unknown: "lost"
                }
            return BarChart.Entry(label: name, count: count.count, words: "\(name): \(count.count.of("call"))")
        }
        let total = counts.reduce(0) { $0 + $1.count }
        return BarChart(
            id: "codes", title: "Calls that brought nothing, by code",
            summary: total == 0 ? "None in the last \(days) days." : "\(total.of("call")) in the last \(days) days.",
            entries: Array(entries))
    }
}

extension Timestamp {
    /// `3 Nov`, in UTC.
    fileprivate var day: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(utc.date.day) \(months[utc.date.month - 1])"
    }
}
