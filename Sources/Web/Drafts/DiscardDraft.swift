import Domain
import HTTP
import Store

/// Throws a draft away. The desk says so, and offers to take it back.
@Sendable func discardDraft(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id: Draft.ID = try context.id()
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.discardDraft(id, by: member, now: now)
    } then: {
        $0.leading(to: "/?discarded=\(id)", site, "draft discarded", about: ("draft", "\(id)"))
    }
}

/// Takes it back.
@Sendable func restoreDraft(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id: Draft.ID = try context.id()
    let (member, site) = (context.member.id, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.restoreDraft(id, by: member)
    } then: {
        $0.leading(to: "/#drafts", site, "draft restored", about: ("draft", "\(id)"))
    }
}
