/// `text` with every byte outside the unreserved set written as `%XX` (RFC 3986 §2.3): safe in a path segment, a query and a form body.
package func percentEncode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        if isUnreserved(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// One part of a form field (WHATWG URL §5.1): `+` is a space, and a `%` without two digits stands for itself.
func formDecode(_ bytes: ArraySlice<UInt8>) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
        if bytes[index] == UInt8(ascii: "+") {
            decoded.append(UInt8(ascii: " "))
        } else if let byte = escapedByte(bytes, at: index) {
            decoded.append(byte)
            index += 2
        } else {
            decoded.append(bytes[index])
        }
        index += 1
    }
    return String(decoding: decoded, as: UTF8.self)
}

/// One segment of a path (RFC 3986 §2.1), or nil for a `%` without two digits, a NUL, or what is no UTF-8: no honest link has them,
/// and a file name or a row id made of them would mean different things to different readers.
/// - Parameter text: ASCII, as all of a target is.
func pathDecode(_ text: Span<UInt8>) -> String? {
    var isPlain = true
    for index in text.indices where text[index] == UInt8(ascii: "%") { isPlain = false }
    if isPlain { return text.text }
    let bytes = text.withUnsafeBufferPointer { Array($0) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "%") {
            guard let byte = escapedByte(bytes[...], at: index), byte != 0 else { return nil }
            decoded.append(byte)
            index += 3
        } else {
            decoded.append(bytes[index])
            index += 1
        }
    }
    return String(validating: decoded, as: UTF8.self)
}

/// The byte that `%XX` at `index` stands for.
private func escapedByte(_ bytes: ArraySlice<UInt8>, at index: Int) -> UInt8? {
    guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
        let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
    else { return nil }
    return high << 4 | low
}

func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        true
    default: false
    }
}
