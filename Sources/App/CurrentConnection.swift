import Domain
import Secrets
import Store

extension Configuration.Live? {
    /// Says in the store whom this run talks to. A token that no connection of its API base is known by may belong to a developer app that
    /// has a limit and a history here already: then a person is asked before the first call.
    func chooseConnection(in store: Writer, secrets: SecretsFile, now: Timestamp) async throws {
        try await store.write { [self] transaction throws(StoreError) in
            guard let live = self else {
                try transaction.use(try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: now), now: now)
                return
            }
            if let appID = live.appID {
                try transaction.use(try transaction.ensureConnection(kind: .live, base: live.base, appID: appID, now: now), now: now)
                return
            }
            let known = try transaction.database.findLiveConnections(base: live.base)
            if let same = known.first(where: { secrets.token(of: $0.id.rawValue) == live.token }) {
                try transaction.use(same.id, now: now)
            } else if let candidate = known.first {
                try transaction.askAboutConnection(candidate: candidate.id)
            } else {
                try transaction.use(
                    try transaction.ensureConnection(
                        kind: .live, base: live.base, appID: Connection.unnamedPrefix + RandomID.make(), now: now), now: now)
            }
        }
    }
}

extension Transaction {
    /// A start is a new try: what needed attention may have been mended meanwhile.
    fileprivate mutating func use(_ id: Connection.ID, now: Timestamp) throws(StoreError) {
        try useConnection(id)
        try apply(.mended, to: id, now: now)
    }
}
