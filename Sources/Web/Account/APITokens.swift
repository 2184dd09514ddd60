import Domain
import HTTP
import Secrets
import Store

/// Makes a token for a program of the member's. It is shown this once; what is kept is its hash and its last four characters.
@Sendable func makeToken(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    if case .thisComputer = context.caller?.means { throw .notFound }
    let name = (form["token_name"] ?? "").trimmed
    guard let scope = APIToken.Scope(rawValue: form["token_scope"] ?? "") else { throw .badForm(.malformed) }
    guard !name.isEmpty, name.utf16.count <= 100 else {
        let mistake = name.isEmpty ? "Say what it is for, so that you know later which one to revoke." : "At most 100 characters."
        let page = try context.accountView(token: (name, scope, mistake))
        return .html(.unprocessableContent, context.site.pages.account.render(page))
    }
    let token = RandomID.make()
    var page = try context.accountView()
    page.newToken = token
    let (site, shown, actor, now, member) = (context.site, page, context.actor, context.now, context.member.id)
    return context.write { transaction throws(StoreError) in
        try transaction.addToken(
            hash: TokenHash.of(token), name: name, scope: scope, ending: String(token.suffix(4)), of: member, by: actor, now: now)
    } then: {
        switch $0 {
        case .success: .html(.ok, site.pages.account.render(shown))
        case .failure: .unsaved
        }
    }
}

@Sendable func revokeToken(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (id, actor, now, member): (APIToken.ID, _, _, _) = (try context.id(), context.actor, context.now, context.member.id)
    return context.write { transaction throws(StoreError) in
        try transaction.revokeToken(id, of: member, by: actor, now: now)
    } then: {
        switch $0 {
        case .success: .seeOther("/account")
        case .failure: .unsaved
        }
    }
}
