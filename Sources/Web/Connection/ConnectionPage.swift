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
    /// Posts to `/connection`; nil while a question is open.
    var test: PostForm? = nil
    /// How the last test ended, or that one is under way; nil before the first.
    var tested: TestedView? = nil
    /// `…1a2b`; empty without a token.
    var tokenEnding = ""
    /// The environment sets the token, so this page cannot.
    var isFromEnvironment = false
    /// Posts to `/connection`; nil where the environment sets the token.
    var tokenForm: PostForm? = nil
    var tokenFields = TokenFields()
    var steps: [AccessStep] = []

    struct TokenFields: Sendable {
        var token = FormField(name: "access_token", value: "")
        var appID = FormField(name: "app_id", value: "")
        var mistakes: [FormMistake] = []
    }

    /// A test of the connection.
    struct TestedView: View {
        /// In plain words, what the service answered.
        let words: String
        /// Nil while it is under way.
        var at: Moment? = nil
        var isGood = false
        var code = ""
        var message = ""
        var requestID = ""

        static var fields: [Field<TestedView>] {
            [
                .text("words") { $0.words },
                .section("at") { $0.at },
                .flag("is_good") { $0.isGood },
                .flag("is_bad") { !$0.isGood && $0.at != nil },
                .text("code") { $0.code },
                .text("message") { $0.message },
                .text("request_id") { $0.requestID },
                .flag("has_details") { !($0.code + $0.message + $0.requestID).isEmpty },
            ]
        }
    }

    static var fields: [Field<ConnectionPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .text("name") { $0.name },
            .flag("is_sandbox") { $0.isSandbox },
            .text("host") { $0.host },
            .text("app") { $0.appID },
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
            .section("test") { $0.test },
            .section("tested") { $0.tested },
            .text("token_ending") { $0.tokenEnding },
            .flag("is_from_environment") { $0.isFromEnvironment },
            .section("token_form") { $0.tokenForm },
            .section("access_token") { $0.tokenFields.token },
            .section("app_id") { $0.tokenFields.appID },
            .list("mistakes") { $0.tokenFields.mistakes },
            .flag("has_mistakes") { !$0.tokenFields.mistakes.isEmpty },
            .text("mistakes_words") {
                $0.tokenFields.mistakes.count == 1 ? "One thing to mend" : "\($0.tokenFields.mistakes.count) things to mend"
            },
            .list("steps") { $0.steps },
        ]
    }
}
