import Domain
import Secrets
import Synchronization

/// The one-time link that makes the first admin. Only a hash of it is kept, in memory; it ends with its use, after a quarter of an hour,
/// or with the program.
package final class SetUpLink: Sendable {
    package static let lifetime = Duration.seconds(15 * 60)

    private struct State: Sendable {
        var hash: String
        var expires: Timestamp
    }

    private let state = Mutex<State?>(nil)

    /// - Returns: the path to be printed in the terminal.
    package func open(now: Timestamp) -> String {
        let token = RandomID.make()
        state.withLock { $0 = State(hash: TokenHash.of(token), expires: now + Self.lifetime) }
        return "/set-up/\(token)"
    }

    func isOpen(to token: String, now: Timestamp) -> Bool {
        state.withLock { state in
            guard let state, now < state.expires else { return false }
            return isSameSecret(state.hash, TokenHash.of(token))
        }
    }

    func close() {
        state.withLock { $0 = nil }
    }
}
