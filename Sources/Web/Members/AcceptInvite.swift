import Domain
import HTTP
import Secrets
import Store

@Sendable func showInvite(_ context: Context) throws(Problem) -> Response {
    let (invite, path) = try context.openInvite()
    return .html(.ok, context.site.pages.join.render(context.joinView(JoinDesk(invite), at: path)))
}

@Sendable func acceptInvite(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (invite, path) = try context.openInvite()
    var known: Account?
    if case .newPassword(let member) = invite.purpose {
        known = try context.ask { database throws(StoreError) in try database.findAccount(member.id) }
    }
    let typed = JoinForm(form, rule: context.site.passwordRule, known: known)
    let (hash, now, address) = (TokenHash.of(context.captures.first ?? ""), context.now, context.visitor.address)
    return context.join(typed, JoinDesk(invite), at: path) { transaction, passwordHash throws(StoreError) in
        try transaction.useInvite(hash: hash, name: typed.member, passwordHash: passwordHash, from: address, now: now)
    }
}

extension Context {
    fileprivate func openInvite() throws(Problem) -> (Invite, path: String) {
        let token = captures.first ?? ""
        let (hash, now) = (TokenHash.of(token), now)
        guard let invite = try ask({ database throws(StoreError) in try database.findInvite(hash: hash, now: now) }) else {
            throw .notFound
        }
        return (invite, "/invite/\(token.percentEncoded)")
    }
}
