/// A call of the service, in a log beside a task or a video.
struct CallRow: View {
    /// When it began, as `.clock`.
    let time: Moment
    /// `create`, `get`, `upload`, `list`.
    let call: String
    /// `OK`, `PROCESSING`, `too many calls`, `no answer`, `on its way`.
    let result: String
    /// Not success: the result is set off.
    var isTrouble = false
    /// `0.4 s`; empty while it runs.
    var duration = ""
    /// Empty when no answer came.
    var code = ""
    /// The service's own words; empty for none.
    var message = ""
    var requestID = ""

    static var fields: [Field<CallRow>] {
        [
            .section("time") { $0.time },
            .text("call") { $0.call },
            .text("result") { $0.result },
            .flag("is_trouble") { $0.isTrouble },
            .text("duration") { $0.duration },
            .text("code") { $0.code },
            .text("message") { $0.message },
            .text("request_id") { $0.requestID },
            .flag("has_details") { !($0.code + $0.message + $0.requestID).isEmpty },
        ]
    }
}
