/// Writes JSON (RFC 8259) byte for byte: members stand in the order they are written, and a number is what it is given as.
/// `JSONEncoder` would send the price 39.90 as 39.9, and members in any order.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    /// Comma-separated, in braces; what is nil is left out.
    static func object(_ members: [(name: String, value: JSONText?)]) -> JSONText {
        var text = JSONText()
        text.bytes.append(UInt8(ascii: "{"))
        for (name, value) in members {
            guard let value else { continue }
            if text.bytes.count > 1 { text.bytes.append(UInt8(ascii: ",")) }
            text.bytes += string(name).bytes
            text.bytes.append(UInt8(ascii: ":"))
            text.bytes += value.bytes
        }
        text.bytes.append(UInt8(ascii: "}"))
        return text
    }

    static func strings(_ values: [String]) -> JSONText {
        var text = JSONText()
        text.bytes.append(UInt8(ascii: "["))
        for value in values {
            if text.bytes.count > 1 { text.bytes.append(UInt8(ascii: ",")) }
            text.bytes += string(value).bytes
        }
        text.bytes.append(UInt8(ascii: "]"))
        return text
    }

    /// - Parameter digits: the number as JSON writes it, such as `39.90`.
    static func number(_ digits: String) -> JSONText {
        JSONText(bytes: Array(digits.utf8))
    }

    /// RFC 8259 §7: only the quotation mark, the backslash and U+0000 to U+001F have to be escaped; all else is UTF-8.
    static func string(_ value: String) -> JSONText {
        var text = JSONText()
        text.bytes.reserveCapacity(value.utf8.count + 2)
        text.bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): text.bytes += Array(#"\n"#.utf8)
            case UInt8(ascii: "\t"): text.bytes += Array(#"\t"#.utf8)
            case 0..<0x20: text.bytes += Array((byte < 0x10 ? #"\u000"# : #"\u00"#).utf8) + Array(String(byte, radix: 16).utf8)
            default: text.bytes.append(byte)
            }
        }
        text.bytes.append(UInt8(ascii: "\""))
        return text
    }
}
