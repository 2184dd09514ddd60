import Domain

/// The clocks a worker runs by; a test passes its own.
package struct Time: Sendable {
    /// The wall clock, for what is stored and shown.
    package let now: @Sendable () -> Timestamp
    /// A clock that nobody sets, for what is measured. Only differences mean something.
    package let elapsed: @Sendable () -> Duration
    package let sleep: @Sendable (Duration) async -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Void
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
    }
}
