import Domain
import HTTP
import Store

/// Ends this browser's session, and with it the event streams that were opened under it.
@Sendable func signOut(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard case .session(let session) = context.caller?.means else { return .seeOther("/account") }
    let (actor, now, isSecure) = (context.actor, context.now, context.visitor.isSecure)
    return context.write { transaction throws(StoreError) in
        try transaction.signOut(session.id, by: actor, now: now)
    } then: {
        switch $0 {
        case .success: .signedOut(isSecure: isSecure)
        case .failure: .unsaved
        }
    }
}

@Sendable func signOutEverywhere(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (actor, now, isSecure, member) = (context.actor, context.now, context.visitor.isSecure, context.member.id)
    return context.write { transaction throws(StoreError) in
        try transaction.endSessions(of: member, by: actor, now: now)
    } then: {
        switch $0 {
        case .success: .signedOut(isSecure: isSecure)
        case .failure: .unsaved
        }
    }
}

extension Response {
    fileprivate static func signedOut(isSecure: Bool) -> Response {
        var response = Response.seeOther("/sign-in")
        response.headers.append("Set-Cookie", Cookie.session.header("", for: 0, isSecure: isSecure))
        // What this browser keeps of pages is nobody's any more.
        response.headers.append("Clear-Site-Data", "\"cache\"")
        return response
    }
}
