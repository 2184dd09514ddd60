import Glibc

/// A point in time as HTTP writes it, to the second: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
package struct HTTPDate: Equatable {
    /// Since 1970.
    let seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }

    /// nil for anything but this form: a date that cannot be read is a condition that is not there (RFC 9110 §13.1.3).
    init?(_ text: String) {
        let parts = text.utf8.split(separator: ASCII.space, omittingEmptySubsequences: false).map(Substring.init)
        guard text.utf8.count == 29, parts.count == 6, parts[5] == "GMT", let month = Self.months.firstIndex(of: String(parts[2])),
            let day = Int32(parts[1]), let year = Int32(parts[3])
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int32($0) }
        guard clock.count == 3 else { return nil }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1_900, Int32(month), day)
        (time.tm_hour, time.tm_min, time.tm_sec) = (clock[0], clock[1], clock[2])
        seconds = timegm(&time)
    }

    package var text: String {
        var seconds = time_t(seconds)
        var time = tm()
        gmtime_r(&seconds, &time)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(two(time.tm_hour)):\(two(time.tm_min)):\(two(time.tm_sec))"
        return "\(Self.days[Int(time.tm_wday)]), \(two(time.tm_mday)) \(Self.months[Int(time.tm_mon)]) \(1_900 + time.tm_year) \(clock) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
