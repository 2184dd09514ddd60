/// The parts of a `multipart/form-data` body (RFC 7578; RFC 2046 §5.1.1 for the delimiters). Strict: what does not end with the closing
/// delimiter was cut on the way, and half a form is no form.
struct Multipart {
    struct Part {
        let name: String
        let filename: String?
        let contentType: String
        let bytes: ArraySlice<UInt8>
    }

    private(set) var parts: [Part] = []

    init(_ body: [UInt8], boundary: String, limits: Limits) throws(FormError) {
        // RFC 2046 §5.1.1: 1 to 70 characters.
        guard (1...70).contains(boundary.utf8.count) else { throw .malformed }
        // A line end in front lets the first delimiter be found like the others.
        let delimiter = Self.lineEnd + Array("--\(boundary)".utf8)
        guard let first = Self.find(delimiter, in: (Self.lineEnd + body)[...]) else { throw .malformed }
        var rest = body[(first.upperBound - Self.lineEnd.count)...]
        while !rest.starts(with: "--".utf8) {
            rest = rest.drop(while: ASCII.isBlank)
            guard rest.starts(with: Self.lineEnd),
                let head = Self.find(Self.lineEnd + Self.lineEnd, in: rest.prefix(limits.headerBytes)),
                let end = Self.find(delimiter, in: rest[head.upperBound...])
            else { throw .malformed }
            guard parts.count < limits.formFields else { throw .tooLarge }
            parts.append(try Self.part(head: rest[..<head.lowerBound], bytes: rest[head.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
    }

    static func part(head: ArraySlice<UInt8>, bytes: ArraySlice<UInt8>) throws(FormError) -> Part {
        var headers = Headers()
        for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw .malformed }
            headers.append(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }))
        }
        let disposition = HeaderValue(headers["Content-Disposition"] ?? "")
        guard disposition.token == "form-data", let name = disposition["name"] else { throw .malformed }
        // RFC 7578 §4.4: without a Content-Type a part is text.
        let type = headers["Content-Type"] ?? "text/plain"
        return Part(name: name, filename: disposition["filename"], contentType: type, bytes: bytes)
    }

    static let lineEnd: [UInt8] = [ASCII.carriageReturn, ASCII.lineFeed]

    /// A delimiter begins with CR, rare in any body, so only there is the rest compared.
    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        let found = bytes.withUnsafeBufferPointer { bytes -> Int? in
            needle.withUnsafeBufferPointer { needle in
                var index = 0
                while index + needle.count <= bytes.count {
                    if bytes[index] == needle[0], bytes[index..<index + needle.count].elementsEqual(needle) { return index }
                    index += 1
                }
                return nil
            }
        }
        return found.map { bytes.startIndex + $0..<bytes.startIndex + $0 + needle.count }
    }
}
