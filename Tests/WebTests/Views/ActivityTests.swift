import Domain
import HTTP
import Testing

@testable import Web

extension Sample {
    static let activityRows = [
        ActivityPage.Entry(
            call: CallRow(
                time: time, call: "create", result: "The service asks us to wait.", isTrouble: true, duration: "0.4 s", code: "40100",
                message: "Too many requests", requestID: "2026112310142201234567890123456"),
            time: time, subject: "Task 42", address: "/tasks/42"),
        ActivityPage.Entry(call: CallRow(time: time, call: "list", result: "on its way"), time: time, subject: "", address: ""),
    ]

    static func activityPage(_ entries: [ActivityPage.Entry] = activityRows) -> ActivityPage {
        let days = (1...30).map {
            BarChart.Entry(label: $0 % 7 == 0 ? "\($0) Nov" : "", count: $0 % 5, words: "\($0) Nov: \($0 % 5) briefs")
        }
        return ActivityPage(
            frame: frame("Activity", .activity),
            filters: [
                ActivityPage.Filter(name: "All", address: "/activity", isCurrent: true),
                ActivityPage.Filter(name: "Refused", address: "/activity?outcome=refused", isCurrent: false),
            ],
            charts: entries.isEmpty ? [] : [BarChart(id: "tasks", title: "Briefs a day", summary: "60 briefs.", entries: days)],
            entries: entries, pager: Pager(newer: "", older: "/activity?before=7"))
    }
}

@Suite struct `A bar chart` {
    private func chart(_ counts: [Int]) -> BarChart {
        let entries = counts.map { BarChart.Entry(label: "\($0)", count: $0, words: "\($0) briefs") }
        return BarChart(id: "a", title: "A", summary: "B", entries: entries)
    }

    @Test func `draws the most at full height, none at none, and little so that it is seen`() {
        let bars = chart([1_000, 500, 1, 0]).bars
        #expect(bars.map(\.height) == [92, 46, 2, 0])
        #expect(Set(bars.map { $0.y + $0.height }) == [112])
        #expect(bars.map(\.value) == ["1000", "500", "1", ""])
    }

    @Test(arguments: [[], [0], [0, 0], [7], Array(0..<30), Array(repeating: 3, count: 90)])
    func `keeps its bars apart and inside the picture`(counts: [Int]) {
        let bars = chart(counts).bars
        #expect(bars.count == counts.count)
        for (left, right) in zip(bars, bars.dropFirst()) { #expect(left.x + left.width <= right.x) }
        for bar in bars { #expect(bar.x >= 0 && bar.x + bar.width <= BarChart.width && bar.y >= 0 && bar.height >= 0) }
    }

    @Test func `is told in words as well`() throws {
        let markup = Markup(try Bound.pages().activity.render(Sample.activityPage()))
        let titles = markup.all("svg").count
        #expect(titles == 1)
        #expect(markup.text.contains("<title>4 Nov: 4 briefs</title>"))
        #expect(markup.text.contains("Briefs a day. 60 briefs."))
    }
}

@Suite struct `The health answer` {
    private func body(_ health: Health, known: Bool, later: Duration = .zero) -> (Int, String) {
        let response = health.response(isKnown: known, known: KnownHealth(), now: .now + later)
        guard case .bytes(let bytes) = response.body else { return (response.status.code, "") }
        return (response.status.code, String(decoding: bytes, as: UTF8.self))
    }

    @Test func `is 503 until it is known, and when the monitor has died`() {
        let health = Health()
        #expect(body(health, known: true) == (503, "{\"status\":\"failing\"}\n"))
        health.publish(Health.Report(isStoreWritable: true, isWorkerAlive: true, connection: "working", queued: 0, oldest: nil))
        #expect(body(health, known: true).0 == 200)
        #expect(body(health, known: true, later: .seconds(9)).0 == 200)
        #expect(body(health, known: true, later: .seconds(11)) == (503, "{\"status\":\"failing\"}\n"))
    }

    @Test func `reaches a loop that has the one before`() {
        let (health, known) = (Health(), KnownHealth())
        for isGood in [true, false, true] {
            health.publish(Health.Report(isStoreWritable: isGood, isWorkerAlive: true, connection: "working", queued: 0, oldest: nil))
            for _ in 0..<2 { #expect(health.response(isKnown: true, known: known).status == (isGood ? .ok : .serviceUnavailable)) }
        }
    }

    @Test func `tells a stranger the status alone`() {
        let health = Health()
        health.publish(
            Health.Report(isStoreWritable: true, isWorkerAlive: true, connection: "throttled", queued: 3, oldest: .milliseconds(61_500)))
        #expect(
            body(health, known: true).1 == """
                {"status":"ok","store_writable":true,"worker_alive":true,"connection":"throttled","queue_length":3,"oldest_queued_seconds":62}

                """)
        #expect(body(health, known: false) == (200, "{\"status\":\"ok\"}\n"))
    }

    @Test(arguments: [(false, true), (true, false), (false, false)])
    func `is 503 when nothing can be written or nobody works`(isWritable: Bool, isAlive: Bool) {
        let health = Health()
        health.publish(Health.Report(isStoreWritable: isWritable, isWorkerAlive: isAlive, connection: nil, queued: nil, oldest: nil))
        let (status, text) = body(health, known: true)
        #expect(status == 503 && text.contains("\"connection\":null") && text.contains("\"store_writable\":\(isWritable)"))
        #expect(body(health, known: false) == (503, "{\"status\":\"failing\"}\n"))
    }
}
