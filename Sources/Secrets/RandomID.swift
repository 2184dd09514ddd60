/// An id that cannot be guessed: 128 random bits from the system's generator, as 26 characters of Crockford's base 32.
package enum RandomID {
    package static func make() -> String {
        // All at once: each number is a call of the system.
        var generator = SystemRandomNumberGenerator()
        var bits = UInt128(generator.next()) << 64 | UInt128(generator.next())
        let digits = (0..<26).map { _ in
            defer { bits >>= 5 }
            return alphabet[Int(bits & 31)]
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}

/// Takes the same time for every pair of equal length, so that an answer's delay does not tell how much of a guess was right.
package func isSameSecret(_ a: String, _ b: String) -> Bool {
    let (left, right) = (Array(a.utf8), Array(b.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
