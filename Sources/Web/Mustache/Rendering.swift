/// A page as it grows, and what is being shown.
struct Rendering {
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
        for index in text.indices {
            guard let entity = Self.entity(for: text[index]) else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            bytes.append(contentsOf: entity.utf8)
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    /// A byte of a longer character is never one of these.
    private static func entity(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
