/// Every call that was made of the service, `/activity`.
struct ActivityPage: View {
    let frame: Frame
    /// The outcomes to choose from.
    let filters: [Filter]
    let charts: [BarChart]
    let entries: [Entry]
    var pager = Pager()

    struct Filter: View {
        let name: String
        let address: String
        let isCurrent: Bool

        static var fields: [Field<Filter>] {
            [
                .text("name") { $0.name },
                .text("address") { $0.address },
                .flag("is_current") { $0.isCurrent },
            ]
        }
    }

    struct Entry: View {
        let call: CallRow
        /// On which day, since the log goes back for months.
        let time: Moment
        /// `Task 42`, with the way there; empty for calls that are about neither.
        let subject: String
        let address: String

        static var fields: [Field<Entry>] {
            [
                .section("row") { $0.call },
                .section("time") { $0.time },
                .text("subject") { $0.subject },
                .text("address") { $0.address },
            ]
        }
    }

    static var fields: [Field<ActivityPage>] {
        [
            .section("frame") { $0.frame },
            .list("filters") { $0.filters },
            .list("charts") { $0.charts },
            .flag("has_charts") { !$0.charts.isEmpty },
            .list("entries") { $0.entries },
            .flag("has_entries") { !$0.entries.isEmpty },
            .section("pager") { $0.pager },
        ]
    }
}
