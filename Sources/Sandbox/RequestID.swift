import Glibc

/// 31 digits that begin with the time in UTC, to the millisecond; the rest is chance.
enum RequestID {
    static func make(_ now: Int64) -> String {
        var seconds = time_t(now / 1000)
        var time = tm()
        gmtime_r(&seconds, &time)
        let parts = [
            (Int(time.tm_year) + 1900, 4), (Int(time.tm_mon) + 1, 2), (Int(time.tm_mday), 2), (Int(time.tm_hour), 2), (Int(time.tm_min), 2),
            (Int(time.tm_sec), 2), (Int(now % 1000), 3), (Int.random(in: 0..<100_000_000_000_000), 14),
        ]
        return parts.map { number, width in padded(number, to: width) }.joined()
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(abs(number))
        return String(repeating: "0", count: max(0, width - digits.count)) + digits.suffix(width)
    }
}
