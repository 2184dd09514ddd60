import Domain
import HTTP
import Store

/// Signs the member out on one of their devices.
@Sendable func endSession(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (id, actor, now, member): (Session.ID, _, _, _) = (try context.id(), context.actor, context.now, context.member.id)
    return context.write { transaction throws(StoreError) in
        try transaction.endSession(id, of: member, by: actor, now: now)
    } then: {
        switch $0 {
        case .success: .seeOther("/account")
        case .failure: .unsaved
        }
    }
}
