import Synchronization

final class Flag: Sendable {
    private let isRaised = Atomic(false)

    /// True the first time.
    func raise() -> Bool {
        !isRaised.exchange(true, ordering: .relaxed)
    }
}
