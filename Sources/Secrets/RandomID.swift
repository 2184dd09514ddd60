import CSodium

/// An id that cannot be guessed: 130 random bits from libsodium's generator, as 26 characters of Crockford's base 32.
package enum RandomID {
    package static func make() -> String {
        var bytes = [UInt8](repeating: 0, count: 26)
        randombytes_buf(&bytes, bytes.count)
        return String(decoding: bytes.map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}

/// Takes the same time for every pair of equal length, so that an answer's delay does not tell how much of a guess was right.
package func isSameSecret(_ a: String, _ b: String) -> Bool {
    let (left, right) = (Array(a.utf8), Array(b.utf8))
    guard left.count == right.count, !left.isEmpty else { return left.isEmpty && right.isEmpty }
    return sodium_memcmp(left, right, left.count) == 0
}
