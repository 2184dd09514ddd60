/// A strict reader of JSON texts (RFC 8259): UTF-8 only, no trailing commas, no comments, no second member of one name, nothing after
/// the value.
struct JSONParser {
    /// Where a text stops being JSON, as a byte offset, and why, in words that can stand in an answer.
    struct Malformed: Error, Equatable {
        let offset: Int
        let reason: String
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var position = 0

    /// `depth` bounds the recursion.
    static func parse(_ bytes: [UInt8], depth: Int) throws(Malformed) -> JSONValue {
        var parser = JSONParser(bytes: bytes, depth: depth)
        parser.skipSpace()
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.malformed("something follows the value") }
        return value
    }

    private init(bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        maximumDepth = depth
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func malformed(_ reason: String) -> Malformed { Malformed(offset: position, reason: reason) }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONValue {
        guard depth < maximumDepth else { throw malformed("it is nested too deeply") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw malformed("it ends too early")
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Malformed) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw malformed("a value is expected") }
        position += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw malformed("a member name is expected") }
            let name = try string()
            guard names.insert(name).inserted else { throw malformed("a member occurs twice") }
            skipSpace()
            guard take(":") else { throw malformed("a colon is expected") }
            skipSpace()
            members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw malformed("a comma or a closing brace is expected") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Malformed) -> JSONValue {
        position += 1
        var items: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            skipSpace()
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw malformed("a comma or a closing bracket is expected") }
        return .array(items)
    }

    private mutating func number() throws(Malformed) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Malformed) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw malformed("a value is expected") }
    }

    private mutating func string() throws(Malformed) -> String {
        position += 1
        var units: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw malformed("a text is not UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                units += try escaped()
            case 0..<0x20:
                throw malformed("a control character stands in a text")
            default:
                units.append(byte)
                position += 1
            }
        }
        throw malformed("a text does not end")
    }

    private mutating func escaped() throws(Malformed) -> [UInt8] {
        let plain: [UInt8: UInt8] = [0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09]
        if let byte = next, let meant = plain[byte] {
            position += 1
            return [meant]
        }
        let high = try codeUnit()
        guard UTF16.isSurrogate(high) else { return Array(String(decoding: [high], as: UTF16.self).utf8) }
        guard UTF16.isLeadSurrogate(high), take("\\") else { throw malformed("half a surrogate pair stands alone") }
        let low = try codeUnit()
        guard UTF16.isTrailSurrogate(low) else { throw malformed("half a surrogate pair stands alone") }
        return Array(String(decoding: [high, low], as: UTF16.self).utf8)
    }

    private mutating func codeUnit() throws(Malformed) -> UInt16 {
        guard take("u"), position + 4 <= bytes.count else { throw malformed("an escape is not known") }
        let digits = bytes[position..<position + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw malformed("an escape is not known") }
        position += 4
        return unit
    }
}
