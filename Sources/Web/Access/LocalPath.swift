import HTTP

/// An address of this app, to go on to after a sign-in. Only what browsers cannot take for another site: one slash at the start, and
/// nothing that they drop or turn into a slash.
struct LocalPath: Sendable {
    let text: String

    /// `/` for anything else.
    init(_ text: String?) {
        let bytes = Array((text ?? "").utf8)
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
        let isLocal = bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
        self.text = isPlain && isLocal && bytes.count <= 2_000 ? String(decoding: bytes, as: UTF8.self) : "/"
    }

    /// What a request asked for.
    init(_ request: Request) {
        let path = "/" + request.path.map(\.percentEncoded).joined(separator: "/")
        self.init(request.query.map { "\(path)?\($0)" } ?? path)
    }
}

extension String {
    /// Everything but RFC 3986's unreserved characters encoded: fit for one segment or one value.
    var percentEncoded: String {
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            case _:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
