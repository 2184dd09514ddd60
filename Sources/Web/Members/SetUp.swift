import Domain
import HTTP
import Store

/// What the set-up link of the terminal opens.
@Sendable func showSetUp(_ context: Context) throws(Problem) -> Response {
    let path = try context.openSetUp()
    return .html(.ok, context.site.pages.join.render(context.joinView(.setUp, at: path)))
}

@Sendable func setUp(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let path = try context.openSetUp()
    return context.addFirstAdmin(form, at: path)
}

/// From the page of members, while no sign-in is asked.
@Sendable func addFirstMember(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard case .thisComputer = context.caller?.means else { throw .notFound }
    return context.addFirstAdmin(form, at: "/members/first")
}

extension Context {
    /// The path of the link while it can be used.
    fileprivate func openSetUp() throws(Problem) -> String {
        guard let token = captures.first, site.setUpLink.isOpen(to: token, now: now),
            try !ask({ database throws(StoreError) in try database.hasMembers() })
        else { throw .notFound }
        return "/set-up/\(token)"
    }

    fileprivate func addFirstAdmin(_ form: FormData, at path: String) -> Response {
        let typed = JoinForm(form, rule: site.passwordRule)
        let (now, address, link) = (now, visitor.address, site.setUpLink)
        return join(typed, .setUp, at: path) { transaction, hash throws(StoreError) in
            guard let name = typed.member else { return .failure(.unknown) }
            let result = try transaction.addFirstAdmin(name, passwordHash: hash, from: address, now: now)
            link.close()
            return result
        }
    }
}
