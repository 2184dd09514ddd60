import Domain
import HTTP
import Secrets
import Store

extension Context {
    /// Finds out who asks: by a token if one is given, by a trusted proxy's word, by a session, and else by where they are.
    func admission() throws(Problem) -> Admission {
        if let authorization { return try admission(authorization: authorization) }
        guard site.hasMembers else {
            return isWaived ? .caller(.thisComputer) : .closed
        }
        if let user = visitor.user { return try admission(user: user) }
        guard let token = cookie(.session) else { return .nobody }
        let (hash, now) = (TokenHash.of(token), now)
        let found = try ask { database throws(StoreError) in try database.findSession(hash: hash, now: now) }
        guard let (session, account) = found else { return .nobody }
        if now - session.seen >= Session.seenTime {
            site.writer.submit(
                { transaction throws(StoreError) in try transaction.touchSession(session.id, now: now) }, completion: { _ in })
        }
        return .caller(Caller(member: account.member, role: account.role, means: .session(session)))
    }

    /// What a program says who it is by. A proxy that signs people in by a password of its own passes that on: it is not for us.
    var authorization: String? {
        guard let text = request.headers["Authorization"] else { return nil }
        return visitor.user == nil || text.lowercased().hasPrefix("bearer ") ? text : nil
    }

    /// No sign-in is asked of the one person at this computer: nothing but a browser on it can send this, and nobody has set up members.
    private var isWaived: Bool {
        site.settings.listensOnLoopback && !site.settings.proxy.isSet && !visitor.isForwarded && host.isLoopback
    }

    private func admission(user: String) throws(Problem) -> Admission {
        guard let account = try ask({ database throws(StoreError) in try database.findAccount(proxyName: user) }) else {
            return .newcomer(user)
        }
        return account.isDisabled ? .disabled : .caller(Caller(member: account.member, role: account.role, means: .proxy))
    }

    /// `Bearer TOKEN` (RFC 6750 §2.1).
    private func admission(authorization: String) throws(Problem) -> Admission {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .unknownToken }
        let hash = TokenHash.of(String(parts[1]))
        let found = try ask { database throws(StoreError) in try database.findToken(hash: hash) }
        guard let (token, account) = found else { return .unknownToken }
        let now = now
        if token.used.map({ now - $0 >= Session.seenTime }) ?? true {
            site.writer.submit({ transaction throws(StoreError) in try transaction.touchToken(token.id, now: now) }, completion: { _ in })
        }
        return .caller(Caller(member: account.member, role: account.role, means: .token(token)))
    }
}

extension Database {
    /// Whether an event stream's owner may still listen.
    func keepsStream(of owner: String, now: Timestamp) throws(StoreError) -> Bool {
        let parts = owner.split(separator: " ")
        guard parts.count == 2, let id = Int64(parts[1]) else { return try !hasMembers() }
        switch parts[0] {
        case "session": return try isSession(Session.ID(id), now: now)
        case "token": return try isToken(APIToken.ID(id))
        default: return try findAccount(Member.ID(id)).map { !$0.isDisabled } ?? false
        }
    }
}
