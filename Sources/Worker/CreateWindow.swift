import Domain

/// The creates of the last minute, measured on the monotonic clock. The log of calls is its memory across a restart.
struct CreateWindow {
    let limit: CreateLimit
    private var running: Set<Call.ID> = []
    /// When each ended, on the monotonic clock.
    private var ended: [Duration] = []

    /// - Parameter ages: from the log, clamped to 0–60 s.
    init(limit: CreateLimit, ages: [Duration], elapsed: Duration) {
        self.limit = limit
        ended = ages.map { elapsed - $0 }
    }

    mutating func begin(_ call: Call.ID) {
        running.insert(call)
    }

    /// - Parameter counts: false for a call that never left.
    mutating func end(_ call: Call.ID, counts: Bool, elapsed: Duration) {
        running.remove(call)
        ended.removeAll { elapsed - $0 >= CreateLimit.window }
        if counts { ended.append(elapsed) }
    }

    /// How long the next create has to wait; nil when only the end of a running call can tell. Each running call holds a place until then.
    func wait(elapsed: Duration) -> Duration? {
        let places = limit.perMinute - running.count
        return places > 0 ? CreateLimit(perMinute: places).wait(ages: ended.map { elapsed - $0 }) : nil
    }
}
