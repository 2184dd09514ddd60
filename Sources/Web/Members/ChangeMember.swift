import Domain
import HTTP
import Store

// What an admin can do to a membership. Each is one transaction; what was refused is said on the page of members.

@Sendable func changeRole(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let role = Role(rawValue: form["role"] ?? "") else { throw .badForm(.malformed) }
    let (id, actor, now) = (try context.memberID(), context.actor, context.now)
    return try context.change { transaction throws(StoreError) in
        try transaction.changeRole(of: id, to: role, by: actor, now: now)
    }
}

@Sendable func disableMember(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (id, actor, now) = (try context.memberID(), context.actor, context.now)
    return try context.change { transaction throws(StoreError) in
        try transaction.disableMember(id, by: actor, now: now)
    }
}

@Sendable func enableMember(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (id, actor, now) = (try context.memberID(), context.actor, context.now)
    return try context.change { transaction throws(StoreError) in
        try transaction.enableMember(id, by: actor, now: now)
    }
}

extension Context {
    fileprivate func memberID() throws(Problem) -> Member.ID { try id() }

    fileprivate func change(_ work: @escaping Writer.Work<MemberRefusal?>) throws(Problem) -> Response {
        let (site, page, unknown) = (site, try membersView(), self.page(for: .notFound))
        return write(work) { result in
            switch result {
            case .success(nil): return .seeOther("/members")
            case .success(.lastAdmin?):
                var page = page
                page.refusal =
                    "Nothing was changed: this is the last admin, and nobody could let anyone in any more. Make another one first."
                return .html(.conflict, site.pages.members.render(page))
            case .success(.some): return unknown
            case .failure: return .unsaved
            }
        }
    }
}
