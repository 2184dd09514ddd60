import Glibc

/// The loop's view of time. Read without a system call (vdso(7)), so once an iteration costs nothing.
struct Clock {
    /// Milliseconds that never jump.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    private var second = Int.min
    private var text: [UInt8] = []

    /// The value of `Date`, made anew once a second.
    mutating func date() -> [UInt8] {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        if time.tv_sec != second {
            second = time.tv_sec
            text = Array(HTTPDate(seconds: second).text.utf8)
        }
        return text
    }
}
