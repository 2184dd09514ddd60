import Dispatch

/// Holds who waits until it is opened, once for all.
final class DispatchGate: Sendable {
    private let group = DispatchGroup()

    init() {
        group.enter()
    }

    func wait() {
        group.wait()
    }

    func open() {
        group.leave()
    }
}
