/// One event of the log as one line: time, level, what happened, and named values. Nothing that a person typed, no secret and nothing
/// that the service said is an event's business.
package enum LogLine {
    /// `time=2026-11-23T14:02:09.123Z level=info event="create: task 7391" task=42 ms=400`
    /// - Parameter fields: in the order in which they are to stand.
    package static func text(at now: Timestamp, level: String, event: String, fields: [(name: String, value: String)]) -> String {
        let milliseconds = String(1_000 + (now.milliseconds % 1_000 + 1_000) % 1_000).dropFirst()
        let time = "\(now.iso8601.dropLast()).\(milliseconds)Z"
        let parts = [("time", time), ("level", level), ("event", event)] + fields.map { ($0.name, $0.value) }
        return parts.map { "\($0.0)=\(quoted($0.1))" }.joined(separator: " ")
    }

    /// As it is when that is one plain word, else between quotes.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") && $0 != 0x7F }
        if isPlain { return value }
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: text += "\\u{\(String(scalar.value, radix: 16))}"
            case _: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
