/// A member's own: where they are signed in, their password, and the tokens of their programs, `/account`.
struct AccountPage: View {
    let frame: Frame
    let name: String
    /// `ada@example.com · writer`
    let about: String
    var sessions: [SessionRow]
    /// Nil where a reverse proxy signs the member in.
    let signOut: PostForm?
    let signOutEverywhere: PostForm?
    /// Nil likewise; its errors are `mistakes` as well.
    let password: PasswordForm?
    var mistakes: [FormMistake] = []
    let tokens: [TokenRow]
    let makeToken: PostForm
    let tokenName: FormField
    let tokenScope: FormField
    /// A token that was made just now and is shown this once; empty otherwise.
    var newToken = ""
    /// What has just been done; empty otherwise.
    var done = ""

    struct PasswordForm: View {
        let form: PostForm
        let old: FormField
        let new: FormField

        static var fields: [Field<PasswordForm>] {
            [
                .section("form") { $0.form },
                .section("old") { $0.old },
                .section("new") { $0.new },
            ]
        }
    }

    static var fields: [Field<AccountPage>] {
        [
            .section("frame") { $0.frame },
            .text("person") { $0.name },
            .text("about") { $0.about },
            .list("sessions") { $0.sessions },
            .section("sign_out") { $0.signOut },
            .section("sign_out_everywhere") { $0.signOutEverywhere },
            .section("password") { $0.password },
            .list("mistakes") { $0.mistakes },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { $0.mistakes.count == 1 ? "One thing to mend" : "\($0.mistakes.count) things to mend" },
            .list("tokens") { $0.tokens },
            .flag("has_tokens") { !$0.tokens.isEmpty },
            .section("make_token") { $0.makeToken },
            .section("token_name") { $0.tokenName },
            .section("token_scope") { $0.tokenScope },
            .text("new_token") { $0.newToken },
            .text("done") { $0.done },
        ]
    }
}

struct SessionRow: View {
    /// `Chromium on Linux`
    let device: String
    let address: String
    let since: Moment
    let seen: Moment
    let isThis: Bool
    let end: PostForm

    static var fields: [Field<SessionRow>] {
        [
            .text("device") { $0.device },
            .text("address") { $0.address },
            .section("since") { $0.since },
            .section("seen") { $0.seen },
            .flag("is_this") { $0.isThis },
            .section("end") { $0.end },
        ]
    }
}

struct TokenRow: View {
    let name: String
    /// `reads`, `reads and writes`
    let scope: String
    /// `…x7k2`
    let ending: String
    let made: Moment
    let used: Moment?
    let revoke: PostForm

    static var fields: [Field<TokenRow>] {
        [
            .text("label") { $0.name },
            .text("scope") { $0.scope },
            .text("ending") { $0.ending },
            .section("made") { $0.made },
            .section("used") { $0.used },
            .section("revoke") { $0.revoke },
        ]
    }
}
