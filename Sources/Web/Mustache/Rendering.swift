/// A page as it grows, and what is being shown.
package struct Rendering {
    private(set) var bytes: [UInt8] = []
    /// The page's view at level 0, then one for each section that shows a view or a text.
    private(set) var frames: [StackFrame]

    init(page: StackFrame, capacity: Int) {
        frames = [page]
        bytes.reserveCapacity(capacity)
    }

    mutating func push(_ frame: StackFrame) {
        frames.append(frame)
    }

    mutating func pop() {
        frames.removeLast()
    }

    mutating func append(markup: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: markup)
    }

    package mutating func append(markup: StaticString) {
        append(markup: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    package mutating func append(markup: [UInt8]) {
        bytes += markup
    }

    mutating func append(_ html: HTML) {
        bytes.append(contentsOf: html.markup.utf8)
    }

    /// Writes text so that it stays text, between tags and in a quoted attribute.
    package mutating func append(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { append($0) }
        }
    }

    /// - Parameter bytes: UTF-8.
    package mutating func append(text bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Copies runs without a special character whole.
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices where Self.isSpecial(text[index]) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            bytes.append(contentsOf: Self.entity(for: text[index]).utf8)
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    /// One bit for each of the five, which all are below 64: asked of every byte of every text.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 64 && (1 << UInt64(byte)) & 0x5000_00C4_0000_0000 as UInt64 != 0
    }

    /// A byte of a longer character is never one of these.
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
