/// Header fields in the order they came; names compare without case (RFC 9110 §5.1).
///
/// A browser sends some fifteen fields of which a handler reads three, so all of them lie in one buffer, in the form they have on the wire,
/// and only those asked for become strings.
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable {
        package let name: String
        package let value: String
    }

    /// Where a field lies in `bytes`.
    private struct Entry: Sendable {
        private let start: UInt32
        private let colon: UInt32
        private let valueStart: UInt32
        private let valueEnd: UInt32

        init(name: Range<Int>, value: Range<Int>) {
            (start, colon) = (UInt32(name.lowerBound), UInt32(name.upperBound))
            (valueStart, valueEnd) = (UInt32(value.lowerBound), UInt32(value.upperBound))
        }

        var name: Range<Int> { Int(start)..<Int(colon) }
        var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
    }

    /// `name: value` and a line end for each field.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Whether every field can be written. A line break in a value would start a field, or a response, of the sender's choice; a response
    /// with such a field is never sent.
    private(set) var areSafe = true

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        // Every request begins without any.
        if elements.isEmpty { return }
        reserve(bytes: 256, fields: 6)
        for (name, value) in elements { append(name, value) }
    }

    package var fields: [Field] {
        entries.map { Field(name: String(decoding: bytes[$0.name], as: UTF8.self), value: value(of: $0)) }
    }

    var count: Int { entries.count }

    package mutating func append(_ name: String, _ value: String) {
        let start = bytes.count
        bytes += name.utf8
        let colon = bytes.count
        bytes += ": ".utf8
        bytes += value.utf8
        let entry = Entry(name: start..<colon, value: colon + 2..<bytes.count)
        bytes += "\r\n".utf8
        areSafe =
            areSafe && !entry.name.isEmpty && bytes[entry.name].allSatisfy(ASCII.isToken) && bytes[entry.value].allSatisfy(ASCII.isValue)
        entries.append(entry)
    }

    /// The same fields in memory of its own: threads that count references to the same bytes wait for each other.
    func copy() -> Headers {
        var copy = Headers()
        for field in fields { copy.append(field.name, field.value) }
        return copy
    }

    /// A field as it was received, and checked, without its line end.
    mutating func append(line: Span<UInt8>, name: Range<Int>, value: Range<Int>) {
        let shift = bytes.count
        line.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        bytes += "\r\n".utf8
        entries.append(
            Entry(
                name: name.lowerBound + shift..<name.upperBound + shift, value: value.lowerBound + shift..<value.upperBound + shift))
    }

    /// Room, so that fields are appended without moving the buffer.
    mutating func reserve(bytes: Int, fields: Int) {
        self.bytes.reserveCapacity(bytes)
        entries.reserveCapacity(fields)
    }

    /// The first value under this name; setting replaces every value under it.
    package subscript(_ name: String) -> String? {
        get { first(name).map { value(of: $0) } }
        set {
            if first(name) != nil {
                let others = fields.filter { $0.name.lowercased() != name.lowercased() }
                self = Headers()
                for field in others { append(field.name, field.value) }
            }
            if let newValue { append(name, newValue) }
        }
    }

    package func values(_ name: String) -> [String] {
        entries.filter { matches($0, name) }.map { value(of: $0) }
    }

    /// Appends the fields to a head, each with its line end, but for those whose name `isLeftOut`.
    func write(to output: inout [UInt8], unless isLeftOut: (Span<UInt8>) -> Bool) {
        if !entries.contains(where: { isLeftOut(bytes.span.extracting($0.name)) }) {
            output += bytes
            return
        }
        for entry in entries where !isLeftOut(bytes.span.extracting(entry.name)) {
            output += bytes[entry.name.lowerBound..<entry.value.upperBound]
            output += "\r\n".utf8
        }
    }

    private func first(_ name: String) -> Entry? { entries.first { matches($0, name) } }

    /// Whether there is a field of any of these names.
    package func has(anyOf names: [StaticString]) -> Bool {
        let bytes = bytes.span
        for entry in entries {
            let name = bytes.extracting(entry.name)
            if names.contains(where: { name.equalsIgnoringCase($0) }) { return true }
        }
        return false
    }

    func has(_ name: Span<UInt8>) -> Bool {
        let bytes = bytes.span
        for entry in entries where bytes.extracting(entry.name).equalsIgnoringCase(name) { return true }
        return false
    }

    private func value(of entry: Entry) -> String { String(decoding: bytes[entry.value], as: UTF8.self) }

    private func matches(_ entry: Entry, _ name: String) -> Bool {
        entry.name.count == name.utf8.count && bytes.span.extracting(entry.name).equalsIgnoringCase(name.utf8.span)
    }
}
