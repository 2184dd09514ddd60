/// The way in, `/sign-in`.
struct SignInPage: View {
    let frame: Frame
    /// Posts to `/sign-in`.
    let form: PostForm
    /// Where to go on to.
    let next: String
    var mistakes: [FormMistake] = []
    let email: FormField

    static var fields: [Field<SignInPage>] {
        [
            .section("frame") { $0.frame },
            .section("form") { $0.form },
            .text("next") { $0.next },
            .list("mistakes") { $0.mistakes },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { _ in "You are not signed in" },
            .section("email") { $0.email },
            .section("password") { _ in FormField(name: "password", value: "") },
        ]
    }
}
