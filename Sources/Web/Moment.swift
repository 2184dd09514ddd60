/// A point in time as a page shows it: in UTC from the server, rewritten by the browser to the reader's zone.
struct Moment: View {
    enum Style: String, Sendable {
        /// `23 Nov 2026, 14:02`
        case full
        /// `14:02:09`, where the day is plain.
        case clock
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
        let parts = iso.split { "-T:Z".contains($0) }
        guard parts.count == 6, let month = Int(parts[1]), Self.months.indices.contains(month - 1), let day = Int(parts[2]) else {
            return iso
        }
        return switch style {
        case .full: "\(day) \(Self.months[month - 1]) \(parts[0]), \(parts[3]):\(parts[4]) UTC"
        case .clock: "\(parts[3]):\(parts[4]):\(parts[5]) UTC"
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
