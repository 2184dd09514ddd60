/// Who may come in and as what, `/members`.
struct MembersPage: View {
    let frame: Frame
    let members: [MemberRow]
    let invites: [InviteRow]
    /// Posts to `/members/invites`.
    let invite: PostForm
    let roles: FormField
    /// A link that was made just now and is shown this once; empty otherwise.
    var link = ""
    /// Whom the link is for: `a new writer`, `Ada's new password`.
    var linkFor = ""
    /// Why a change was not made; empty otherwise.
    var refusal = ""
    /// The form of the first admin, while no sign-in is asked.
    var first: JoinPage? = nil

    static var fields: [Field<MembersPage>] {
        [
            .section("frame") { $0.frame },
            .list("members") { $0.members },
            .list("invites") { $0.invites },
            .flag("has_invites") { !$0.invites.isEmpty },
            .section("invite") { $0.invite },
            .section("roles") { $0.roles },
            .text("link") { $0.link },
            .text("link_for") { $0.linkFor },
            .text("refusal") { $0.refusal },
            .section("first") { $0.first },
        ]
    }
}

struct MemberRow: View {
    let id: String
    let name: String
    /// Empty for who comes by single sign-on under another name.
    let email: String
    let added: Moment
    let isYou: Bool
    let isDisabled: Bool
    /// The roles, the member's chosen.
    let roles: FormField
    let changeRole: PostForm
    /// Posts to `…/disable`, or to `…/enable` for one who is disabled.
    let toggle: PostForm
    /// Nil for who has no e-mail address, or may not come in.
    let newPassword: PostForm?

    static var fields: [Field<MemberRow>] {
        [
            .text("id") { $0.id },
            .text("person") { $0.name },
            .text("email") { $0.email },
            .section("added") { $0.added },
            .flag("is_you") { $0.isYou },
            .flag("is_disabled") { $0.isDisabled },
            .section("roles") { $0.roles },
            .section("change_role") { $0.changeRole },
            .section("toggle") { $0.toggle },
            .section("new_password") { $0.newPassword },
        ]
    }
}

struct InviteRow: View {
    /// `a new writer`, `Ada's new password`
    let purpose: String
    let by: String
    let expires: Moment
    let revoke: PostForm

    static var fields: [Field<InviteRow>] {
        [
            .text("purpose") { $0.purpose },
            .text("by") { $0.by },
            .section("expires") { $0.expires },
            .section("revoke") { $0.revoke },
        ]
    }
}
