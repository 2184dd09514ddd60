import Glibc

/// An IP address, or all that share their first bits: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
package struct AddressRange: Sendable, Hashable {
    private let address: [UInt8]
    private let bits: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let address = Self.bytes(of: parts[0]) else { return nil }
        let all = 8 * address.count
        guard parts.count == 1 || parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let bits = parts.count == 1 ? all : Int(parts[1]), (0...all).contains(bits)
        else { return nil }
        self.address = address
        self.bits = bits
    }

    package func contains(_ text: String) -> Bool {
        guard let other = Self.bytes(of: text), other.count == address.count else { return false }
        return (0..<bits).allSatisfy { bit in (address[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0 }
    }

    static func isAddress(_ text: String) -> Bool {
        bytes(of: text) != nil
    }

    /// Under what attempts from an address are counted: whoever has one IPv6 address has the 2^64 beside it as well.
    static func network(of text: String) -> String {
        guard let bytes = bytes(of: text), bytes.count == 16 else { return text }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// In network order. An IPv4 address that is written as IPv6 is the IPv4 address (RFC 4291 §2.5.5.2).
    private static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: six) { Array($0) }
        let mapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
        return mapped ? Array(bytes.suffix(4)) : bytes
    }
}
