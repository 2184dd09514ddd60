import Domain
import Store

// Numbers, times and lists as a person reads them.

extension Moment {
    init(_ time: Timestamp, _ style: Style = .full) {
        self.init(time.iso8601, style)
    }
}

extension Duration {
    /// `12 s`, `4 min`, `3 h`: no finer than a person can use.
    var rough: String {
        let seconds = wholeSeconds
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 2 * 60 * 60 { return "\((seconds + 30) / 60) min" }
        return "\((seconds + 1_800) / 3_600) h"
    }

    /// `0.4 s`
    var tenths: String {
        let tenths = (wholeMilliseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

extension Int {
    /// `1 script`, `4 scripts`.
    func of(_ noun: String) -> String {
        "\(self) \(noun)\(self == 1 ? "" : "s")"
    }

    /// What the store counts only so far: `12`, `at least 1000`.
    var counted: String { self < Database.mostCounted ? "\(self)" : "at least \(self)" }
}

extension String {
    /// `7391…204`: enough to tell two ids apart.
    var abbreviatedID: String {
        count > 10 ? "\(prefix(4))…\(suffix(3))" : self
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`.
    var listed: String {
        guard let last, count > 1 else { return first ?? "" }
        return "\(dropLast().joined(separator: ", ")) and \(last)"
    }
}

extension Connection {
    var name: String {
        switch kind {
        case .sandbox: "Sandbox"
        case .live: isNamed ? "Live · \(appID)" : "Live"
        }
    }

    /// What stands beside a row that belongs to this connection while another one is current.
    var nameElsewhere: String {
        switch kind {
        case .sandbox: "sandbox"
        case .live: isNamed ? "live, \(appID)" : "another live connection"
        }
    }
}

extension TaskState.Name {
    func words(here: Int, asked: Int) -> String {
        switch self {
        case .waiting: "waiting for a video"
        case .queued: "in the queue"
        case .sending: "being sent"
        case .running: here == 0 ? "being written" : "\(here) of \(asked) are here"
        case .succeeded: "done"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .unconfirmed: "not confirmed"
        case .stalled: "no end after a day"
        }
    }
}
