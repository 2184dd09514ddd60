/// The line in front of a chunk (RFC 9112 §7.1): hexadecimal digits, then extensions (§7.1.1), which are checked and ignored.
struct ChunkSize {
    let value: Int

    init(_ text: Span<UInt8>) throws(Rejection) {
        let line = text.withUnsafeBufferPointer { Array($0) }[...]
        let digits = line.prefix { hexDigit($0) != nil }
        guard !digits.isEmpty else { throw Rejection(.badRequest) }
        var value = 0
        for digit in digits.compactMap(hexDigit) {
            // More than any body may have: stop before the number overflows.
            guard value <= Int.max >> 8 else { throw Rejection(.contentTooLarge) }
            value = value << 4 | Int(digit)
        }
        self.value = value
        var rest = line[digits.endIndex...]
        while !rest.isEmpty { try Self.skipExtension(&rest) }
    }

    private static func skipExtension(_ rest: inout ArraySlice<UInt8>) throws(Rejection) {
        skipBlanks(&rest)
        guard rest.popFirst() == ASCII.semicolon else { throw Rejection(.badRequest) }
        skipBlanks(&rest)
        try skipToken(&rest)
        let afterName = rest
        skipBlanks(&rest)
        guard rest.first == UInt8(ascii: "=") else {
            rest = afterName
            return
        }
        rest.removeFirst()
        skipBlanks(&rest)
        if rest.first == ASCII.quote { try skipQuoted(&rest) } else { try skipToken(&rest) }
    }

    private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) { rest = rest.drop(while: ASCII.isBlank) }

    private static func skipToken(_ rest: inout ArraySlice<UInt8>) throws(Rejection) {
        let after = rest.drop(while: ASCII.isToken)
        guard after.startIndex > rest.startIndex else { throw Rejection(.badRequest) }
        rest = after
    }

    private static func skipQuoted(_ rest: inout ArraySlice<UInt8>) throws(Rejection) {
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte == ASCII.quote { return }
            if byte == ASCII.backslash { _ = rest.popFirst() }
        }
        throw Rejection(.badRequest)
    }
}
