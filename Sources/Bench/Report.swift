import FoundationEssentials

/// The figures of one run.
struct Report: Encodable {
    struct Figure: Encodable {
        let name: String
        let value: Double
        let unit: String
    }

    var rows: [Row]
    private(set) var figures: [Figure] = []

    init(rows: [Row]) {
        self.rows = rows
    }

    mutating func add(_ name: String, _ value: Double, _ unit: String) {
        figures.append(Figure(name: name, value: value, unit: unit))
    }

    var table: String {
        let width = ((rows.map(\.name) + figures.map(\.name)).map(\.count).max() ?? 0) + 2
        let head = "".padded(to: width) + ["requests/s", "of floor", "p50 µs", "p99 µs", "CPU µs"].map { $0.aligned(to: 12) }.joined()
        let lines = rows.map { row in
            row.name.padded(to: width)
                + [
                    Int(row.requestsPerSecond).grouped, row.ofFloor.map { $0.text(decimals: 2) } ?? "", row.p50.grouped, row.p99.grouped,
                    row.processorMicroseconds > 0 ? row.processorMicroseconds.text(decimals: 1) : "",
                ].map { $0.aligned(to: 12) }.joined()
        }
        let notes = figures.map { $0.name.padded(to: width) + "\($0.value.text(decimals: 1)) \($0.unit)".aligned(to: 12) }
        return ([head] + lines + [""] + notes).joined(separator: "\n")
    }

    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return Array(try encoder.encode(self))
        }
    }
}

/// One load, as the median of its turns.
struct Row: Encodable {
    let name: String
    let requestsPerSecond: Double
    let ofFloor: Double?
    /// Microseconds.
    let p50: Int
    let p99: Int
    /// Of the server.
    let processorMicroseconds: Double

    init(_ turn: Turn, floor: Turn) {
        // Turn by turn, so that what slowed a round slowed both.
        let ratios = zip(turn.samples, floor.samples).map { $0.rate / $1.rate }
        self.init(turn.name, turn.samples, ofFloor: ratios.median)
    }

    init(_ name: String, _ samples: [Sample], ofFloor: Double? = nil) {
        self.name = name
        self.ofFloor = ofFloor
        requestsPerSecond = samples.map(\.rate).median
        p50 = Int(samples.map { Double($0.quantile(0.5)) }.median)
        p99 = Int(samples.map { Double($0.quantile(0.99)) }.median)
        processorMicroseconds = samples.map(\.processorMicroseconds).median
    }
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        if isEmpty { return 0 }
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}

extension Int {
    /// `1,000,000`
    var grouped: String {
        var digits = Array(String(self))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return String(digits)
    }
}

extension Double {
    fileprivate func text(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let number = Int((self * Double(scale)).rounded())
        let rest = String(number % scale)
        return "\((number / scale).grouped)." + String(repeating: "0", count: decimals - rest.count) + rest
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }

    fileprivate func aligned(to width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
