import Domain
import Secrets

/// Whoever a request is answered for.
struct Caller: Sendable {
    enum Means: Sendable {
        /// No sign-in is asked: one person, on the computer that the app runs on.
        case thisComputer
        /// A browser that signed in.
        case session(Session)
        /// A reverse proxy has signed them in.
        case proxy
        /// A program of theirs.
        case token(APIToken)
    }

    let member: Member
    let role: Role
    let means: Means

    static let thisComputer = Caller(member: .thisComputer, role: .admin, means: .thisComputer)

    /// What an event stream is opened for; `Admission.keeps` finds out whether it still may be.
    var streamOwner: String {
        switch means {
        case .thisComputer: "computer"
        case .session(let session): "session \(session.id)"
        case .proxy: "member \(member.id)"
        case .token(let token): "token \(token.id)"
        }
    }
}

extension Caller? {
    /// The token of this caller's forms: it differs with each session, and only this installation can make it.
    func formToken(key: String) -> String {
        TokenHash.keyed(self?.streamOwner ?? "nobody", purpose: "form", key: key)
    }
}
