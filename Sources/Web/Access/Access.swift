import Domain

/// Who may use a route: the column that every route of the table has. Nothing else decides it.
enum Access: Sendable, Hashable {
    /// The one-time link that makes the first admin: open while there is no member.
    case setUp
    /// The ways in, for people who are not known yet.
    case anyone
    /// Members of this role and above, and their programs as far as their tokens go.
    case role(Role)
    /// Members of this role and above themselves: what no program should do on its own.
    case person(Role)

    /// - Parameters:
    ///   - isChange: anything but GET and HEAD.
    /// - Returns: whom the request is answered for; nil for somebody unknown at one of the ways in.
    func admit(_ admission: Admission, isChange: Bool) throws(Problem) -> Caller? {
        switch self {
        case .setUp:
            if case .caller(let caller) = admission { return caller }
            return nil
        case .anyone:
            switch admission {
            case .closed: throw .notSetUp
            case .caller(let caller): return caller
            case .nobody, .newcomer, .disabled, .unknownToken: return nil
            }
        case .role(let role):
            let caller = try admission.caller()
            guard caller.role >= role else { throw .notAllowed(role) }
            if case .token(let token) = caller.means, token.scope == .read, isChange { throw .readOnlyToken }
            return caller
        case .person(let role):
            let caller = try admission.caller()
            if case .token = caller.means { throw .personNeeded }
            guard caller.role >= role else { throw .notAllowed(role) }
            return caller
        }
    }
}

/// What is known of who asks, before it is known what for.
enum Admission: Sendable {
    case caller(Caller)
    /// There are members, and this is none of them.
    case nobody
    /// There is no member yet, and this may not be the person before the computer.
    case closed
    /// Signed in by a trusted proxy under a name that is new here.
    case newcomer(String)
    /// A member who may no longer come in.
    case disabled
    /// `Authorization` names no token of ours.
    case unknownToken

    fileprivate func caller() throws(Problem) -> Caller {
        switch self {
        case .caller(let caller): return caller
        case .nobody: throw .signInNeeded
        case .closed: throw .notSetUp
        case .newcomer(let name): throw .newcomer(name)
        case .disabled: throw .disabled
        case .unknownToken: throw .unknownToken
        }
    }
}
