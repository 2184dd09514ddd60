extension String {
    /// Blank counts as missing.
    package var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }

    /// A form sends each line end as CRLF (WHATWG HTML §4.10.22.4); one LF counts and is stored.
    package var withLineFeeds: String {
        guard utf8.contains(UInt8(ascii: "\r")) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        var afterReturn = false
        for byte in utf8 {
            if byte == UInt8(ascii: "\r") {
                bytes.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || !afterReturn {
                bytes.append(byte)
            }
            afterReturn = byte == UInt8(ascii: "\r")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? endIndex
        return start < end ? String(self[start..<end]) : ""
    }

    /// The lines that say something, trimmed.
    package var filledLines: [String] {
        withLineFeeds.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}
