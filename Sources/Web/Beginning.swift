extension String {
    /// The beginning in one line of at most `count` code points, cut between characters. It reads no further than it has to, and byte by
    /// byte: a list cuts fifty texts a page, and asking Unicode's tables about each character takes longer than all the rest of the page.
    func beginning(_ count: Int) -> String {
        var text = self
        return text.withUTF8 { bytes in
            var line: [UInt8] = []
            line.reserveCapacity(min(bytes.count, count + 64))
            var points = 0
            // Where the last code point that fits begins: there the ellipsis stands if another one comes.
            var last = 0
            var index = 0
            var afterSpace = false
            while index < bytes.count {
                // A run of ASCII is copied whole, as long as all of it fits.
                var end = index
                let farthest = min(bytes.count, index + count)
                while end < farthest, 0x20 < bytes[end], bytes[end] < 0x80 { end += 1 }
                if end > index, points + (end - index) + (afterSpace ? 1 : 0) < count {
                    if afterSpace { line.append(UInt8(ascii: " ")) }
                    points += end - index + (afterSpace ? 1 : 0)
                    afterSpace = false
                    line.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
                    index = end
                    continue
                }
                let blank = Self.blank(bytes, at: index)
                if blank > 0 {
                    afterSpace = !line.isEmpty
                    index += blank
                    continue
                }
                if afterSpace {
                    points += 1
                    if points == count { last = line.count }
                    line.append(UInt8(ascii: " "))
                    afterSpace = false
                }
                // Every byte but a continuation begins a code point.
                if bytes[index] & 0xC0 != 0x80 {
                    points += 1
                    if points == count { last = line.count }
                    if points > count { return Self.cut(line, at: last) }
                }
                line.append(bytes[index])
                index += 1
            }
            return String(decoding: line, as: UTF8.self)
        }
    }

    private static func cut(_ line: [UInt8], at end: Int) -> String {
        let kept = line[..<end]
        // Two ASCII bytes are two characters: the one pair that is not, a line's end, is white space.
        if line[end] < 0x80, (kept.last ?? 0) < 0x80 { return String(decoding: kept, as: UTF8.self) + "…" }
        let text = String(decoding: line, as: UTF8.self)
        let index = text.utf8.index(text.startIndex, offsetBy: end)
        // Back to where the character begins that this code point belongs to.
        return "\(text[..<text.index(before: text.index(after: index))])…"
    }

    /// How many bytes of white space there are at `index` (Unicode's White_Space): 0 for none.
    private static func blank(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
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
