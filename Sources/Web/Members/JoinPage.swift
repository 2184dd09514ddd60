/// Where a person becomes a member, or sets a new password: behind a set-up link or an invite.
struct JoinPage: View {
    let frame: Frame
    let title: String
    /// What this is and what happens, in a sentence.
    let words: String
    /// Posts to the page's own address.
    let form: PostForm
    var mistakes: [FormMistake] = []
    /// Nil where the member is known.
    let name: FormField?
    let email: FormField?
    let password: FormField
    let button: String

    static var fields: [Field<JoinPage>] {
        [
            .section("frame") { $0.frame },
            .text("title") { $0.title },
            .text("words") { $0.words },
            .section("form") { $0.form },
            .list("mistakes") { $0.mistakes },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { $0.mistakes.count == 1 ? "One thing to mend" : "\($0.mistakes.count) things to mend" },
            .section("name") { $0.name },
            .section("email") { $0.email },
            .section("password") { $0.password },
            .text("button") { $0.button },
        ]
    }
}
