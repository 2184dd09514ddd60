import CSodium

/// What is kept of a token that somebody else holds: BLAKE2b with 256 bits, as 64 hexadecimal digits. A token of ours is random, so one
/// quick hash is enough: whoever reads the database learns nothing that opens anything.
package enum TokenHash {
    package static func of(_ token: String) -> String {
        hash(token, key: [])
    }

    /// What only a holder of the key can make: `purpose` keeps one use from standing in for another.
    package static func keyed(_ text: String, purpose: String, key: String) -> String {
        hash("\(purpose)\n\(text)", key: Array(key.utf8))
    }

    private static func hash(_ text: String, key: [UInt8]) -> String {
        let message = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        // The lengths are constants within the function's bounds, and it has no other error.
        crypto_generichash(&digest, digest.count, message, UInt64(message.count), key, key.count)
        var hexadecimal: [UInt8] = []
        hexadecimal.reserveCapacity(2 * digest.count)
        for byte in digest { hexadecimal += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: hexadecimal, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
