/// A point in time as a page shows it: in UTC from the server, rewritten by the browser to the reader's zone.
struct Moment: View {
    enum Style: String, Sendable {
        /// `23 Nov 2026, 14:02`
        case full
        /// `14:02:09`, where the day is plain.
        case clock
        /// `14:02`, likewise.
        case minute
        /// `2026-11-23 14:02Z`: what HTML reads as a time without being told once more; for lists of many.
        case list
    }

    /// `2026-11-23T14:02:09Z`, RFC 3339.
    let iso: String
    let style: Style

    init(_ iso: String, _ style: Style = .full) {
        self.iso = iso
        self.style = style
    }

    static var fields: [Field<Moment>] {
        [
            .text("iso") { $0.iso },
            // Most are full, so that is what a time without a word about it is.
            .text("style") { $0.style == .full || $0.style == .list ? "" : $0.style.rawValue },
            .text("utc") { $0.utc },
        ]
    }

    /// The text as it stands when it is no date and time of that form.
    var utc: String {
        // Byte by byte: a list shows fifty of them.
        let bytes = iso.utf8.span
        guard bytes.count == 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z")
        else { return iso }
        let month = Int(bytes[5] & 15) * 10 + Int(bytes[6] & 15)
        guard (1...12).contains(month) else { return iso }
        return String(unsafeUninitializedCapacity: 24) { text in
            var count = 0
            func append(_ byte: UInt8) {
                text[count] = byte
                count += 1
            }
            func append(_ places: Range<Int>) { for place in places { append(bytes[place]) } }
            func append(_ words: StaticString) { for index in 0..<words.utf8CodeUnitCount { append(words.utf8Start[index]) } }
            switch style {
            case .full:
                append(bytes[8] == UInt8(ascii: "0") ? 9..<10 : 8..<10)
                append(" ")
                append(Self.months[month - 1])
                append(" ")
                append(0..<4)
                append(", ")
                append(11..<16)
            case .clock: append(11..<19)
            case .minute: append(11..<16)
            case .list:
                append(0..<10)
                append(" ")
                append(11..<16)
                append("Z")
                return count
            }
            append(" UTC")
            return count
        }
    }

    private static let months: [StaticString] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
