/// A decimal number as it was written: `digits` × 10^-`scale`, trailing zeros of the fraction left out. No binary floating point
/// comes near it, so "at most two decimals" is decided on the digits.
struct Decimal: Sendable, Equatable {
    let isNegative: Bool
    /// Without leading zeros; "0" for zero.
    let digits: String
    /// How many of the digits stand behind the point; 0 or more.
    let scale: Int

    /// Longer numbers are none: nothing in the API needs them, and an exponent could ask for any amount of memory.
    static let maximumDigits = 40

    /// A JSON number (RFC 8259 §6); nil for one longer than `maximumDigits`.
    init?(_ literal: String) {
        let parts = literal.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first else { return nil }
        guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) <= Self.maximumDigits else { return nil }

        let unsigned = mantissa.drop { $0 == "-" }
        let halves = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? halves[1] : ""
        var digits = halves[0] + fraction
        var scale = fraction.count - exponent
        guard digits.count <= Self.maximumDigits else { return nil }
        if scale < 0 {
            digits += String(repeating: "0", count: -scale)
            scale = 0
        }
        while scale > 0, digits.last == "0" || digits.isEmpty {
            _ = digits.popLast()
            scale -= 1
        }
        let significant = digits.drop { $0 == "0" }
        self.digits = significant.isEmpty ? "0" : String(significant)
        self.scale = significant.isEmpty ? 0 : scale
        isNegative = mantissa.hasPrefix("-") && !significant.isEmpty
    }

    /// The value where it is a whole number that fits.
    var integer: Int64? {
        guard scale == 0 else { return nil }
        return Int64((isNegative ? "-" : "") + digits)
    }

    /// The digits before and behind the point, with at least `decimals` behind it.
    func split(decimals: Int) -> (whole: String, fraction: String) {
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let fraction = String(padded.suffix(scale))
        return (String(padded.dropLast(scale)), fraction + String(repeating: "0", count: max(0, decimals - scale)))
    }
}
