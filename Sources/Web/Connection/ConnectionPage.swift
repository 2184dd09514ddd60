/// Whom the app talks to, `/connection`.
struct ConnectionPage: View {
    let frame: Frame
    /// `connection`: it may change at any time.
    let live: String
    /// `Sandbox`, or `Live · NAME`.
    let name: String
    let isSandbox: Bool
    /// `business-api.tiktok.com`; `inside this app` for the sandbox.
    let host: String
    /// Empty when there is none, as in the sandbox.
    var appID = ""
    /// `Working`, `Waiting`, `Stopped`
    var stateWords: String
    /// What that means and what to do, in a sentence; empty for none.
    var stateReason = ""
    var isTrouble = false
    /// The service's answer that stopped the calls; empty for none.
    var code = ""
    var message = ""
    var requestID = ""
    /// `2 briefs a minute; 1 call left this minute`
    let limit: String
    /// `3 briefs wait in the queue`; empty for none.
    var queue = ""
    /// Posts to `/connection`; nil when there is nothing to try again.
    var retry: PostForm? = nil
    /// Posts to `/connection`; nil unless it is asked whether a new token is for the same developer app.
    var question: PostForm? = nil

    static var fields: [Field<ConnectionPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .text("name") { $0.name },
            .flag("is_sandbox") { $0.isSandbox },
            .text("host") { $0.host },
            .text("app_id") { $0.appID },
            .text("state_words") { $0.stateWords },
            .text("state_reason") { $0.stateReason },
            .flag("is_trouble") { $0.isTrouble },
            .text("code") { $0.code },
            .text("message") { $0.message },
            .text("request_id") { $0.requestID },
            .flag("has_details") { !($0.code + $0.message + $0.requestID).isEmpty },
            .text("limit") { $0.limit },
            .text("queue") { $0.queue },
            .section("retry") { $0.retry },
            .section("question") { $0.question },
        ]
    }
}
