/// A field value of the form `token; name=value; name="value"` (RFC 9110 §5.6.6): Content-Type and Content-Disposition.
struct HeaderValue {
    /// In lower case.
    let token: String
    private let parameters: [(name: String, value: String)]

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        token = String(decoding: Self.trim(Self.take(&rest, until: UInt8(ascii: ";"))), as: UTF8.self).lowercased()
        var parameters: [(String, String)] = []
        while rest.popFirst() != nil {
            let name = Self.trim(Self.take(&rest, until: UInt8(ascii: "="), or: UInt8(ascii: ";")))
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = Self.trim(rest.dropFirst())
            let value: [UInt8]
            if rest.first == UInt8(ascii: "\"") {
                value = Self.quoted(&rest)
                _ = Self.take(&rest, until: UInt8(ascii: ";"))
            } else {
                value = Array(Self.trim(Self.take(&rest, until: UInt8(ascii: ";"))))
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
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
                value.append(UInt8(ascii: "\""))
                rest = rest.dropFirst()
            } else if rest.prefix(2).elementsEqual("22".utf8), byte == UInt8(ascii: "%") {
                value.append(UInt8(ascii: "\""))
                rest = rest.dropFirst(2)
            } else {
                value.append(byte)
            }
        }
        return value
    }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, isBlank(first) { bytes = bytes.dropFirst() }
        while let last = bytes.last, isBlank(last) { bytes = bytes.dropLast() }
        return bytes
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
