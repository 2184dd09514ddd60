import Domain
import HTTP
import Store

/// Where no sign-in is asked there is no account; how one begins stands on the page of members.
@Sendable func showAccount(_ context: Context) throws(Problem) -> Response {
    if case .thisComputer = context.caller?.means { return .seeOther("/members") }
    return .html(.ok, context.site.pages.account.render(try context.accountView()))
}

extension Context {
    /// - Parameters:
    ///   - passwordMistakes: by the field they belong to, `old_password` or `new_password`.
    ///   - token: what was typed for a new token, and what is wrong with its name.
    func accountView(
        passwordMistakes: [(field: String, words: String)] = [],
        token: (name: String, scope: APIToken.Scope, mistake: String?) = ("", .read, nil)
    ) throws(Problem) -> AccountPage {
        let (id, now) = (member.id, now)
        let (desk, account, sessions, tokens) = try read { database throws(StoreError) in
            (
                try self.desk(database), try database.findAccount(id), try database.findSessions(of: id, now: now),
                try database.findTokens(of: id)
            )
        }
        guard let account else { throw .notFound }
        var current: Session?
        if case .session(let session) = caller?.means { current = session }
        let name = FormField(name: "token_name", value: token.name, errors: token.mistake.map { [$0] } ?? [])
        let scopes = APIToken.Scope.allCases.map {
            FormField.Option(value: $0.rawValue, label: $0 == .read ? "Only read" : "Read and write", isChosen: $0 == token.scope)
        }
        return AccountPage(
            frame: frame("Your account", .account, desk), name: account.member.name,
            about: [account.email, account.role.rawValue].compactMap(\.self).joined(separator: " · "),
            sessions: sessions.map { row(of: $0, isThis: $0.id == current?.id) },
            signOut: current.map { _ in postForm("/sign-out") },
            signOutEverywhere: current.map { _ in postForm("/account/sign-out-everywhere") },
            password: current.map { _ in passwordForm(passwordMistakes) },
            mistakes: passwordMistakes.map { FormMistake(field: $0.field, message: $0.words) }, tokens: tokens.map { row(of: $0) },
            makeToken: postForm("/account/tokens"), tokenName: name,
            tokenScope: FormField(name: "token_scope", value: token.scope.rawValue, options: scopes))
    }

    private func passwordForm(_ mistakes: [(field: String, words: String)]) -> AccountPage.PasswordForm {
        func field(_ name: String) -> FormField {
            FormField(name: name, value: "", errors: mistakes.filter { $0.field == name }.map(\.words))
        }
        return AccountPage.PasswordForm(form: postForm("/account/password"), old: field("old_password"), new: field("new_password"))
    }

    private func row(of session: Session, isThis: Bool) -> SessionRow {
        SessionRow(
            device: session.device, address: session.address, since: Moment(session.created), seen: Moment(session.seen), isThis: isThis,
            end: postForm("/account/sessions/\(session.id)/end"))
    }

    private func row(of token: APIToken) -> TokenRow {
        TokenRow(
            name: token.name, scope: token.scope == .read ? "reads" : "reads and writes", ending: "…\(token.ending)",
            made: Moment(token.created), used: token.used.map { Moment($0) }, revoke: postForm("/account/tokens/\(token.id)/revoke"))
    }
}
