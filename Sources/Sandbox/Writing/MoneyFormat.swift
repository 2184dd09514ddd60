/// How a language writes prices: `39,90 €`, `$39.90`.
struct MoneyFormat: Sendable {
    var decimal = "."
    var group = ","
    /// `¤` stands for the sign, `0` for the amount, `_` for a space.
    var pattern = "¤0"

    /// A currency without a sign of its own is named by its code, set off by a space: `CHF 39.90`.
    func text(_ amount: Decimal, _ currency: String) -> String {
        let (whole, fraction) = amount.split(decimals: 2)
        var number = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3), whole.count > 3 { number += group }
            number.append(digit)
        }
        let isWhole = Currency.whole.contains(currency) && fraction.allSatisfy { $0 == "0" }
        if !isWhole { number += decimal + fraction }

        let sign = Currency.signs[currency]
        let pattern = sign == nil && pattern == "¤0" ? "¤_0" : pattern
        return pattern.reduce(into: "") { text, character in
            switch character {
            case "¤": text += sign ?? currency
            case "0": text += number
            case "_": text += " "
            default: text.append(character)
            }
        }
    }
}
