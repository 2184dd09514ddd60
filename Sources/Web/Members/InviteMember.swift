import Domain
import HTTP
import Secrets
import Store

/// Makes a link by which somebody joins. It is shown this once; what is kept is its hash.
@Sendable func inviteMember(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let role = Role(rawValue: form["role"] ?? "") else { throw .badForm(.malformed) }
    let (actor, now) = (context.actor, context.now)
    return try context.showLink(for: .join(role)) { transaction, hash throws(StoreError) in
        try transaction.addInvite(hash: hash, role: role, by: actor, now: now)
        return nil
    }
}

/// A link by which a member sets a new password.
@Sendable func inviteToNewPassword(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (id, actor, now): (Member.ID, _, _) = (try context.id(), context.actor, context.now)
    guard let account = try context.ask({ database throws(StoreError) in try database.findAccount(id) }) else { throw .notFound }
    return try context.showLink(for: .newPassword(account.member)) { transaction, hash throws(StoreError) in
        try transaction.addInvite(hash: hash, forPasswordOf: id, by: actor, now: now)
    }
}

@Sendable func revokeInvite(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (id, actor, now): (Invite.ID, _, _) = (try context.id(), context.actor, context.now)
    return context.write { transaction throws(StoreError) in
        try transaction.revokeInvite(id, by: actor, now: now)
    } then: {
        switch $0 {
        case .success: .seeOther("/members")
        case .failure: .unsaved
        }
    }
}

extension Context {
    fileprivate func showLink(
        for purpose: Invite.Purpose, _ add: @escaping @Sendable (inout Transaction, String) throws(StoreError) -> MemberRefusal?
    ) throws(Problem) -> Response {
        // Without members there is nobody who could have made it.
        if case .thisComputer = caller?.means { throw .notFound }
        let token = RandomID.make()
        var page = try membersView()
        page.link = "\(visitor.isSecure ? "https" : "http")://\(request.headers["Host"] ?? "")/invite/\(token)"
        page.linkFor = purpose.words
        let (site, unknown, shown) = (site, self.page(for: .notFound), page)
        return write { transaction throws(StoreError) in
            try add(&transaction, TokenHash.of(token))
        } then: {
            switch $0 {
            case .success(nil): .html(.ok, site.pages.members.render(shown))
            case .success(.some): unknown
            case .failure: .unsaved
            }
        }
    }
}
