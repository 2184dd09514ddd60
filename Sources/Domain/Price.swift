/// A price, exact to two decimals: whole hundredths, never binary floating point.
package struct Price: Hashable, Sendable, Codable {
    package enum Mistake: Error, Hashable {
        case notANumber, negative, tooManyDecimals, ambiguous, tooLarge
    }

    package let hundredths: Int64

    package init(hundredths: Int64) {
        self.hundredths = hundredths
    }

    /// As people write it: `39.90`, `39,90`, `39`, `1 299,00`, `1,299.00`, `1.299,00`. The last separator is the decimal one when both
    /// kinds occur. `1,299` alone is refused: it is 1299 to one reader and 1.299 to another, and the second has too many decimals.
    package init(parsing text: String) throws(Mistake) {
        let compact = Array(text.unicodeScalars.filter { !Self.spaces.contains($0) })
        if compact.first == "-" { throw .negative }
        guard !compact.isEmpty, compact.allSatisfy({ ("0"..."9").contains($0) || $0 == "." || $0 == "," }) else { throw .notANumber }
        let separators = compact.indices.filter { compact[$0] == "." || compact[$0] == "," }
        guard let last = separators.last else {
            self = try Self.number(whole: compact[...], decimals: [])
            return
        }
        let whole = compact[..<last]
        let decimals = compact[(last + 1)...]
        if separators.count > 1 {
            let grouping = compact[separators[0]]
            guard grouping != compact[last], separators.dropLast().allSatisfy({ compact[$0] == grouping }) else { throw .ambiguous }
            let groups = whole.split(separator: grouping, omittingEmptySubsequences: false)
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { throw .notANumber }
        } else if decimals.count == 3, (1...3).contains(whole.count) {
            throw .ambiguous
        }
        guard !whole.isEmpty, !decimals.isEmpty else { throw .notANumber }
        self = try Self.number(whole: whole.filter { $0 != "." && $0 != "," }[...], decimals: decimals)
    }

    /// Always two decimals and a point: `39.90`, as the wire wants it.
    package var decimal: String {
        let cents = hundredths % 100
        return "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
    }

    private static let spaces: Set<Unicode.Scalar> = [" ", "\t", "\u{A0}", "\u{202F}", "'", "’"]

    private static func number(whole: ArraySlice<Unicode.Scalar>, decimals: ArraySlice<Unicode.Scalar>) throws(Mistake) -> Price {
        if decimals.count > 2 { throw .tooManyDecimals }
        if whole.count > 12 { throw .tooLarge }
        let digits = whole + decimals + [Unicode.Scalar](repeating: "0", count: 2 - decimals.count)
        return Price(hundredths: digits.reduce(0) { $0 * 10 + Int64($1.value - 48) })
    }
}
