/// Header fields in the order they came; names compare without case (RFC 9110 §5.1).
///
/// A browser sends some fifteen fields of which a handler reads three, so all of them lie in one buffer and only those asked for become
/// strings.
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable {
        package let name: String
        package let value: String
    }

    /// Where a field lies in `bytes`: the name, and the value right behind it.
    private struct Entry: Sendable {
        let start: Int
        let nameEnd: Int
        let end: Int
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }

    package var fields: [Field] {
        entries.map { Field(name: String(decoding: name(of: $0), as: UTF8.self), value: value(of: $0)) }
    }

    var count: Int { entries.count }

    package mutating func append(_ name: String, _ value: String) {
        append(name.utf8, value.utf8)
    }

    mutating func append(_ name: some Sequence<UInt8>, _ value: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        let nameEnd = bytes.count
        bytes.append(contentsOf: value)
        entries.append(Entry(start: start, nameEnd: nameEnd, end: bytes.count))
    }

    /// Room for a browser's usual fields, so that they are appended without moving the buffer.
    mutating func reserve() {
        bytes.reserveCapacity(1_024)
        entries.reserveCapacity(20)
    }

    /// The first value under this name; setting replaces every value under it.
    package subscript(_ name: String) -> String? {
        get { entries.first { matches($0, name) }.map { value(of: $0) } }
        set {
            entries = entries.filter { !matches($0, name) }
            if let newValue { append(name, newValue) }
        }
    }

    package func values(_ name: String) -> [String] {
        entries.filter { matches($0, name) }.map { value(of: $0) }
    }

    /// Calls `body` with the raw bytes of each field.
    func forEach<Failure>(_ body: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(Failure) -> Void) throws(Failure) {
        for entry in entries { try body(name(of: entry), bytes[entry.nameEnd..<entry.end]) }
    }

    private func name(of entry: Entry) -> ArraySlice<UInt8> { bytes[entry.start..<entry.nameEnd] }

    private func value(of entry: Entry) -> String { String(decoding: bytes[entry.nameEnd..<entry.end], as: UTF8.self) }

    private func matches(_ entry: Entry, _ name: String) -> Bool { equalsIgnoringCase(self.name(of: entry), name) }
}

func equalsIgnoringCase(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    bytes.count == text.utf8.count && zip(bytes, text.utf8).allSatisfy { lowercase($0) == lowercase($1) }
}

private func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
