/// A field value of the form `token; name=value; name="value"` (RFC 9110 §5.6.6): Content-Type and Content-Disposition.
struct HeaderValue {
    /// In lower case.
    let token: String
    private let parameters: [(name: String, value: String)]

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        token = String(decoding: ASCII.trim(Self.take(&rest, until: ASCII.semicolon)), as: UTF8.self).lowercased()
        var parameters: [(String, String)] = []
        while rest.popFirst() != nil {
            let name = ASCII.trim(Self.take(&rest, until: UInt8(ascii: "="), or: ASCII.semicolon))
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = ASCII.trim(rest.dropFirst())
            let value: [UInt8]
            if rest.first == ASCII.quote {
                value = Self.quoted(&rest)
                _ = Self.take(&rest, until: ASCII.semicolon)
            } else {
                value = Array(ASCII.trim(Self.take(&rest, until: ASCII.semicolon)))
            }
            parameters.append((String(decoding: name, as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self)))
        }
        self.parameters = parameters
    }

    /// `name` in lower case.
    subscript(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, until end: UInt8, or other: UInt8? = nil) -> ArraySlice<UInt8> {
        let taken = rest.prefix { $0 != end && $0 != other }
        rest = rest[taken.endIndex...]
        return taken
    }

    /// Browsers write `"` in a field name as `%22` (WHATWG HTML §4.10.21.8), others as `\"`; any other backslash is a character of the
    /// file name.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != ASCII.quote {
            if byte == ASCII.backslash, rest.first == ASCII.quote {
                value.append(ASCII.quote)
                rest = rest.dropFirst()
            } else if rest.prefix(2).elementsEqual("22".utf8), byte == UInt8(ascii: "%") {
                value.append(ASCII.quote)
                rest = rest.dropFirst(2)
            } else {
                value.append(byte)
            }
        }
        return value
    }
}
