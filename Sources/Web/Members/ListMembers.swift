import Domain
import HTTP
import Store

/// Who may come in; or, while no sign-in is asked, how that begins.
@Sendable func listMembers(_ context: Context) throws(Problem) -> Response {
    .html(.ok, context.site.pages.members.render(try context.membersView()))
}

extension Context {
    func membersView() throws(Problem) -> MembersPage {
        let now = now
        let (desk, accounts, invites) = try read { database throws(StoreError) in
            (try self.desk(database), try database.findAccounts(), try database.findInvites(now: now))
        }
        var page = MembersPage(
            frame: frame("Team", .team, desk), members: accounts.map { row(of: $0) }, invites: invites.map { row(of: $0) },
            invite: postForm("/members/invites"), roles: .roles(name: "role", chosen: .writer))
        if case .thisComputer = caller?.means { page.first = joinView(.setUp, at: "/members/first") }
        return page
    }

    private func row(of account: Account) -> MemberRow {
        let path = "/members/\(account.id)"
        return MemberRow(
            id: "\(account.id)", name: account.member.name, email: account.email ?? "", added: Moment(account.created),
            isYou: account.id == member.id, isDisabled: account.isDisabled,
            roles: .roles(name: "role", chosen: account.role), changeRole: postForm("\(path)/role"),
            toggle: postForm(account.isDisabled ? "\(path)/enable" : "\(path)/disable"),
            newPassword: account.isDisabled || account.email == nil ? nil : postForm("\(path)/password"))
    }

    private func row(of invite: Invite) -> InviteRow {
        InviteRow(
            purpose: invite.purpose.words, by: invite.by.name, expires: Moment(invite.expires),
            revoke: postForm("/members/invites/\(invite.id)/revoke"))
    }
}

extension Invite.Purpose {
    /// `a new writer`, `Ada's new password`
    var words: String {
        switch self {
        case .join(let role): "a new \(role.rawValue)"
        case .newPassword(let member): "\(member.name)’s new password"
        }
    }
}

extension FormField {
    fileprivate static func roles(name: String, chosen: Role) -> FormField {
        FormField(
            name: name, value: chosen.rawValue,
            options: Role.allCases.map { Option(value: $0.rawValue, label: $0.rawValue, isChosen: $0 == chosen) })
    }
}
