import Domain
import Testing

@Suite struct `A moment` {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_399_000, "2000-02-28T23:59:59Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
        (951_868_800_000, "2000-03-01T00:00:00Z"), (1_709_164_800_000, "2024-02-29T00:00:00Z"), (1_735_603_200_000, "2024-12-31T00:00:00Z"),
        (1_740_787_199_999, "2025-02-28T23:59:59Z"), (1_740_787_200_000, "2025-03-01T00:00:00Z"),
        (1_795_442_529_123, "2026-11-23T14:02:09Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00Z"), (4_107_456_000_000, "2100-02-28T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (-1_000, "1969-12-31T23:59:59Z"), (-1_001, "1969-12-31T23:59:58Z"), (-86_400_000, "1969-12-31T00:00:00Z"),
        (-58_060_800_000, "1968-02-29T00:00:00Z"), (-2_203_891_200_000, "1900-03-01T00:00:00Z"),
        (-2_203_977_600_000, "1900-02-28T00:00:00Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59Z"),
    ])
    func `is written as RFC 3339 writes it`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
    }

    @Test func `days follow each other without a gap for four centuries`() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var (year, month, day) = (1900, 1, 1)
        for number in -25_567..<120_530 {
            let date = Timestamp(milliseconds: Int64(number) * 86_400_000 + 43_200_000).utc.date
            guard date == (year, month, day) else {
                Issue.record("\(date) is not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            day += 1
            if day > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(year == 2300)
    }

    @Test func `moves by durations, to the millisecond`() {
        let time = Timestamp(milliseconds: 1_000)
        #expect((time + .milliseconds(1)).milliseconds == 1_001)
        #expect((time - .seconds(2)).milliseconds == -1_000)
        #expect(time - Timestamp(milliseconds: 400) == .milliseconds(600))
        #expect(time < time + .milliseconds(1))
        #expect(Duration.microseconds(1_999).wholeMilliseconds == 1)
        #expect(Duration.milliseconds(-1_500).wholeMilliseconds == -1_500)
    }

    @Test(arguments: [(Duration.zero, 0), (.milliseconds(1), 1), (.seconds(1), 1), (.milliseconds(1_001), 2), (.milliseconds(59_999), 60)])
    func `a person is told whole seconds, never too few`(duration: Duration, seconds: Int) {
        #expect(duration.wholeSeconds == seconds)
    }
}
