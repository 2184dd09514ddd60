/// A moment of the wall clock: whole milliseconds since 1970-01-01T00:00:00Z. It is what rows hold and what pages show; durations
/// within one process are measured on the monotonic clock instead.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    package static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds + duration.wholeMilliseconds)
    }

    package static func - (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds - duration.wholeMilliseconds)
    }

    package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }

    /// `2026-11-23T14:02:09Z`, the form of RFC 3339 that HTML's `<time datetime>` takes.
    package var iso8601: String {
        let (date, time) = utc
        // Digit by digit: a list has fifty of them.
        guard (1_000...9_999).contains(date.year) else {
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return "\(date.year)-\(two(date.month))-\(two(date.day))T\(two(time.hour)):\(two(time.minute)):\(two(time.second))Z"
        }
        return String(unsafeUninitializedCapacity: 20) { text in
            var count = 0
            func append(_ number: Int, _ end: Unicode.Scalar?) {
                text[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
                text[count + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
                count += 2
                guard let end else { return }
                text[count] = UInt8(ascii: end)
                count += 1
            }
            append(date.year / 100, nil)
            append(date.year % 100, "-")
            append(date.month, "-")
            append(date.day, "T")
            append(time.hour, ":")
            append(time.minute, ":")
            append(time.second, "Z")
            return count
        }
    }

    /// The civil date and time in UTC. Days are counted in eras of 400 years that begin on 1 March, so that a leap day comes last.
    package var utc: (date: (year: Int, month: Int, day: Int), time: (hour: Int, minute: Int, second: Int)) {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let second = seconds - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return ((year, month, day), (second / 3_600, second / 60 % 60, second % 60))
    }
}

extension Duration {
    /// Rounded towards zero.
    package var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Rounded up, as a person is told to wait.
    package var wholeSeconds: Int {
        Int((wholeMilliseconds + 999) / 1_000)
    }
}
