import Store
import Synchronization

/// Hands what was committed to whoever listens: the live pages and the worker, which start after the store.
final class Fanout: Sendable {
    private let listeners = Mutex<[@Sendable (Event) -> Void]>([])

    func listen(_ listener: @escaping @Sendable (Event) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    func publish(_ events: [Event]) {
        let listeners = listeners.withLock { $0 }
        for event in events {
            for listener in listeners { listener(event) }
        }
    }
}
