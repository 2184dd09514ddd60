/// How often a task's state is asked for: quickly while it is young, since most end within a minute, then ever more slowly.
package enum PollSchedule {
    package static let first = Duration.seconds(5)
    /// After this the task is stalled and polled by hand.
    package static let end = Duration.seconds(24 * 60 * 60)

    /// - Parameter age: the time since the task was sent.
    /// - Returns: the pause before the next poll; nil when there is none.
    package static func pause(at age: Duration) -> Duration? {
        if age >= end { return nil }
        if age < .seconds(60) { return .seconds(5) }
        if age < .seconds(10 * 60) { return .seconds(15) }
        return .seconds(60)
    }
}

/// The pause before something that failed is tried again: 2 s, doubled each time, at most 5 minutes.
package enum BackOff {
    package static func pause(afterAttempts attempts: Int) -> Duration {
        min(.seconds(2 << min(max(attempts - 1, 0), 8)), .seconds(300))
    }
}

/// The pause after "too many calls". A per-second limit clears at once, a per-minute limit within five minutes, and a daily one is asked
/// about at that pace until it ends.
package enum ThrottlePause {
    private static let pauses: [Duration] = [.seconds(5), .seconds(20), .seconds(60), .seconds(120), .seconds(300)]

    /// - Parameter throttles: how often in a row it has happened before.
    package static func pause(after throttles: Int) -> Duration {
        pauses[min(throttles, pauses.count - 1)]
    }
}

/// "At most `limit` creates in any minute for one developer app." The minute runs from the end of a call, since the service may count
/// it at any moment until then.
package struct CreateLimit: Sendable, Hashable {
    package static let window = Duration.seconds(60)
    package static let standard = 2

    package let perMinute: Int

    package init(perMinute: Int) {
        self.perMinute = perMinute
    }

    /// - Parameter ages: the time since each create call ended; zero for one that still runs.
    package func left(ages: [Duration]) -> Int {
        max(0, perMinute - ages.count { $0 < Self.window })
    }

    /// - Parameter place: 1 for the call that is next.
    /// - Returns: how long the call at this place has to wait if each goes out as soon as it may.
    package func wait(ages: [Duration], place: Int = 1) -> Duration {
        var free = ages.filter { $0 < Self.window }.map { Self.window - $0 }.sorted()
        free = [Duration](repeating: .zero, count: max(0, perMinute - free.count)) + free.suffix(perMinute)
        let rounds = (place - 1) / perMinute
        return free[(place - 1) % perMinute] + Self.window * rounds
    }
}
