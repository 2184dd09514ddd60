/// The page as it grows.
struct Output {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ bytes: [UInt8]) {
        self.bytes.append(contentsOf: bytes)
    }

    mutating func append(_ html: HTML) {
        bytes.append(contentsOf: html.markup.utf8)
    }

    /// Writes text so that it stays text, between tags and in a quoted attribute.
    mutating func append(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { append($0) }
        }
    }

    /// Copies runs without a special character whole.
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices where Self.isSpecial(text[index]) {
            bytes.append(contentsOf: text[start..<index])
            bytes.append(contentsOf: Self.entity(for: text[index]).utf8)
            start = index + 1
        }
        bytes.append(contentsOf: text[start...])
    }

    /// The special characters are bytes below 64, and no part of a character of several bytes.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 64 && specials >> byte & 1 == 1
    }

    private static let specials: UInt64 = #"&<>"'"#.utf8.reduce(0) { $0 | 1 << UInt64($1) }

    private static func entity(for byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        default: "&#39;"
        }
    }
}
