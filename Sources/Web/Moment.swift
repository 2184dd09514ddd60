/// A point in time as a page shows it: in UTC from the server, rewritten by the browser to the reader's zone.
struct Moment: View {
    enum Style: String, Sendable {
        /// `23 Nov 2026, 14:02`
        case full
        /// `14:02:09`, where the day is plain.
        case clock
        /// `14:02`, likewise.
        case minute
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
            .text("style") { $0.style.rawValue },
            .text("utc") { $0.utc },
        ]
    }

    /// The text as it stands when it is no date and time of that form.
    var utc: String {
        // Read by place: a list shows fifty of them.
        let bytes = Array(iso.utf8)
        guard bytes.count == 20, "--T::Z".utf8.elementsEqual([4, 7, 10, 13, 16, 19].map { bytes[$0] }) else { return iso }
        func number(_ place: Int) -> Int { Int(bytes[place] & 15) * 10 + Int(bytes[place + 1] & 15) }
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        guard (1...12).contains(number(5)) else { return iso }
        return switch style {
        case .full: "\(number(8)) \(Self.months[number(5) - 1]) \(text(0..<4)), \(text(11..<16)) UTC"
        case .clock: "\(text(11..<19)) UTC"
        case .minute: "\(text(11..<16)) UTC"
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
