import Domain
import HTTP
import Secrets
import Store

/// Takes the old one as well: whoever finds a browser open does not own the account. Every other session ends.
@Sendable func changePassword(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard case .session(let session) = context.caller?.means else { throw .notFound }
    let (old, new) = (form["old_password"] ?? "", form["new_password"] ?? "")
    let id = context.member.id
    guard let account = try context.ask({ database throws(StoreError) in try database.findAccount(id) }) else { throw .notFound }
    do throws(PasswordRule.Problem) {
        try context.site.passwordRule.check(new, about: [account.member.name, account.email ?? ""])
    } catch {
        let page = try context.accountView(passwordMistakes: [("new_password", error.words)])
        return .html(.unprocessableContent, context.site.pages.account.render(page))
    }
    let attempt = SignInAttempt(context, email: account.email ?? "", account: account)
    let wrong = try context.accountView(passwordMistakes: [("old_password", "This is not the password that you sign in with.")])
    var changed = try context.accountView()
    changed.sessions = changed.sessions.filter(\.isThis)
    changed.done = "The password is changed. Every other browser is signed out."
    let (site, actor, now, busy, done) = (context.site, context.actor, context.now, context.page(for: .busy), changed)
    return .later { responder in
        // Counted like a sign-in: it is another way to guess.
        site.writer.submit(attempt.begin) { result in
            guard case .success(nil) = result else { return responder.respond(busy) }
            let isChecked = site.passwords.check(old, against: account.passwordHash) { fits in
                guard fits, let hash = site.passwords.hash(new) else {
                    return responder.respond(.html(.unprocessableContent, site.pages.account.render(wrong)))
                }
                site.writer.submit({ transaction throws(StoreError) in
                    try transaction.setPassword(of: id, to: hash, keeping: session.id, by: actor, now: now)
                    try attempt.forget(&transaction)
                }) {
                    switch $0 {
                    case .success: responder.respond(.html(.ok, site.pages.account.render(done)))
                    case .failure: responder.respond(.unsaved)
                    }
                }
            }
            if !isChecked { responder.respond(busy) }
        }
    }
}
