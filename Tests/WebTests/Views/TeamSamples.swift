@testable import Web

// Pages of a team that signs in.

extension Sample {
    private static func outside(_ title: String) -> Frame {
        var frame = frame(title, .elsewhere, offersNewBrief: false)
        frame.reader = nil
        return frame
    }

    static func signInPage(email: String = "ada@example.com") -> SignInPage {
        SignInPage(
            frame: outside("Sign in"), form: form("/sign-in"), next: "/tasks/42",
            mistakes: [FormMistake(field: "email", message: "This e-mail address and password do not belong together.")],
            email: FormField(name: "email", value: email))
    }

    static func joinPage(name: String = "Ada", asksForName: Bool = true) -> JoinPage {
        JoinPage(
            frame: outside("Join the team"), title: "Join the team", words: "\(name) invites you as a writer.", form: form("/invite/abc"),
            mistakes: [FormMistake(field: "password", message: "Longer, please.")],
            name: asksForName ? FormField(name: "name", value: name) : nil,
            email: asksForName ? FormField(name: "email", value: name) : nil,
            password: FormField(name: "password", value: "", errors: ["Longer, please."]), button: "Join the team")
    }

    static let roles = FormField(
        name: "role", value: "writer",
        options: ["viewer", "writer", "reviewer", "admin"].map { .init(value: $0, label: $0, isChosen: $0 == "writer") })

    static func membersPage(name: String = "Ada Lovelace", isFirst: Bool = false) -> MembersPage {
        let member = MemberRow(
            id: "7", name: name, email: "ada@example.com", added: time, isYou: true, isDisabled: false, roles: roles,
            changeRole: form("/members/7/role"), toggle: form("/members/7/disable"), newPassword: form("/members/7/password"))
        let gone = MemberRow(
            id: "8", name: name, email: "", added: time, isYou: false, isDisabled: true, roles: roles,
            changeRole: form("/members/8/role"), toggle: form("/members/8/enable"), newPassword: nil)
        let invite = InviteRow(purpose: "a new writer", by: name, expires: time, revoke: form("/members/invites/3/revoke"))
        return MembersPage(
            frame: frame("Team", .team), members: [member, gone], invites: [invite], invite: form("/members/invites"), roles: roles,
            link: "https://scripts.example/invite/abc", linkFor: "a new writer", refusal: name, first: isFirst ? joinPage() : nil)
    }

    static func accountPage(name: String = "Ada Lovelace") -> AccountPage {
        func session(_ id: Int, isThis: Bool) -> SessionRow {
            SessionRow(
                device: name, address: "192.0.2.7", since: time, seen: time, isThis: isThis, end: form("/account/sessions/\(id)/end"))
        }
        let token = TokenRow(
            name: name, scope: "reads", ending: "…x7k2", made: time, used: nil, revoke: form("/account/tokens/2/revoke"))
        return AccountPage(
            frame: frame("Your account", .account), name: name, about: "ada@example.com · writer",
            sessions: [session(1, isThis: true), session(2, isThis: false)], signOut: form("/sign-out"),
            signOutEverywhere: form("/account/sign-out-everywhere"),
            password: .init(
                form: form("/account/password"), old: FormField(name: "old_password", value: "", errors: ["Not that one."]),
                new: FormField(name: "new_password", value: "")),
            mistakes: [FormMistake(field: "old_password", message: "Not that one.")], tokens: [token],
            makeToken: form("/account/tokens"), tokenName: FormField(name: "token_name", value: name),
            tokenScope: FormField(
                name: "token_scope", value: "read", options: [.init(value: "read", label: "Only read", isChosen: true)]),
            newToken: "0123456789abcdefghjkmnpqrs", done: "The password is changed.")
    }

    static func auditRow(_ text: String = "Ada Lovelace") -> AuditRow {
        AuditRow(time: time, member: text, action: "could not sign in", subject: text, address: "192.0.2.7", isTrouble: true)
    }

    static func auditPage(_ rows: [AuditRow] = [auditRow()]) -> AuditPage {
        AuditPage(frame: frame("Audit", .team), entries: rows, pager: Pager(newer: "", older: "/audit?before=7"))
    }

    static func errorPage(_ status: Int) -> ErrorPage {
        let (title, words) = ErrorPage.words(for: status)
        return ErrorPage(
            frame: frame(title, .elsewhere), status: String(status), title: title, words: words,
            link: .init(address: "/", label: "Go to the desk"))
    }
}
