extension String {
    /// The beginning in one line of at most `count` code points, cut between characters.
    func beginning(_ count: Int) -> String {
        String(decoding: beginningBytes(count), as: UTF8.self)
    }

    /// The same in UTF-8, for what is written on at once. It reads no further than it has to, and byte by byte: a list cuts fifty texts a
    /// page, and asking Unicode's tables about each character takes longer than all the rest of the page.
    func beginningBytes(_ count: Int) -> [UInt8] {
        let bytes = utf8.span
        let ellipsis = "…".utf8
        return [UInt8](unsafeUninitializedCapacity: min(bytes.count, 4 * count) + ellipsis.count) { line, end in
            var points = 0
            // Where the last code point that fits begins: there the ellipsis stands if another one comes.
            var last = 0
            var index = 0
            var afterSpace = false
            func append(_ byte: UInt8) {
                line[end] = byte
                end += 1
            }
            while index < bytes.count {
                let byte = bytes[index]
                let blank = 0x20 < byte && byte < 0x80 ? 0 : Self.blank(bytes, at: index)
                if blank > 0 {
                    afterSpace = end > 0
                    index += blank
                    continue
                }
                if afterSpace {
                    points += 1
                    if points == count { last = end }
                    append(UInt8(ascii: " "))
                    afterSpace = false
                }
                // Every byte but a continuation begins a code point.
                if byte & 0xC0 != 0x80 {
                    points += 1
                    if points == count { last = end }
                    if points > count {
                        end = Self.cut(UnsafeBufferPointer(rebasing: line[..<end]), at: last)
                        for byte in ellipsis { append(byte) }
                        return
                    }
                }
                append(byte)
                index += 1
            }
        }
    }

    /// Where to cut a line instead, so that no character is cut.
    private static func cut(_ line: UnsafeBufferPointer<UInt8>, at end: Int) -> Int {
        // Two ASCII bytes are two characters: the one pair that is not, a line's end, is white space.
        if line[end] < 0x80, end == 0 || line[end - 1] < 0x80 { return end }
        let text = String(decoding: line, as: UTF8.self)
        let index = text.utf8.index(text.startIndex, offsetBy: end)
        // Back to where the character begins that this code point belongs to.
        return text.utf8.distance(from: text.startIndex, to: text.index(before: text.index(after: index)))
    }

    /// How many bytes of white space there are at `index` (Unicode's White_Space): 0 for none.
    private static func blank(_ bytes: Span<UInt8>, at index: Int) -> Int {
        func next(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
        switch bytes[index] {
        case 0x09...0x0D, 0x20: return 1
        case 0xC2: return next(1) == 0x85 || next(1) == 0xA0 ? 2 : 0
        case 0xE1: return next(1) == 0x9A && next(2) == 0x80 ? 3 : 0
        case 0xE2:
            switch (next(1), next(2)) {
            case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
            case _: return 0
            }
        case 0xE3: return next(1) == 0x80 && next(2) == 0x80 ? 3 : 0
        case _: return 0
        }
    }
}
