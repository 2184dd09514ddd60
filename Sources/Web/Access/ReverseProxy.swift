import HTTP

/// The reverse proxies whose word is taken for who speaks, from where, and whether under TLS. Without any, nobody's is.
package struct ReverseProxy: Sendable {
    let ranges: [AddressRange]
    /// The header in which a trusted proxy names the member it has signed in; nil when it does not.
    let userHeader: String?

    package init(ranges: [AddressRange] = [], userHeader: String? = nil) {
        self.ranges = ranges
        self.userHeader = userHeader
    }

    package var isSet: Bool { !ranges.isEmpty }

    /// What a request says of its sender, believed only where the peer is a trusted proxy.
    func visitor(of request: Request) -> Visitor {
        let isForwarded = request.headers.has(anyOf: Self.forwardingHeaders)
        guard trusts(request.peer) else {
            return Visitor(address: request.peer, isSecure: false, user: nil, isForwarded: isForwarded)
        }
        let hops = Hops(request.headers, proxies: self)
        return Visitor(
            address: hops.client ?? request.peer, isSecure: hops.isSecure, user: user(in: request.headers), isForwarded: isForwarded)
    }

    func trusts(_ address: String) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// A second field of that name may have come from the client: then neither counts.
    private func user(in headers: Headers) -> String? {
        guard let userHeader else { return nil }
        let values = headers.values(userHeader)
        guard values.count == 1, let name = values.first, (1...200).contains(name.utf8.count),
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
        else { return nil }
        return name
    }

    private static let forwardingHeaders: [StaticString] = [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP", "Via",
    ]
}

/// Where a request comes from.
struct Visitor: Sendable {
    /// The client's address, not a trusted proxy's.
    let address: String
    /// The client speaks TLS to a trusted proxy.
    let isSecure: Bool
    /// Whom a trusted proxy has signed in.
    let user: String?
    /// Some proxy had its hands on the request, trusted or not.
    let isForwarded: Bool
}

/// What proxies wrote down of a request's way: each appends the address it saw. The last ones are the trusted proxies', the one before
/// them is the client; what stands further left is anybody's word.
private struct Hops {
    let client: String?
    let isSecure: Bool

    /// A proxy that sets one of the two headers passes the other one on as the client sent it: where both are there, they have to agree.
    init(_ headers: Headers, proxies: ReverseProxy) {
        let forwarded = Self.elements(headers.values("Forwarded"))
        let old = (
            addresses: Self.list(headers.values("X-Forwarded-For")).map(Self.address),
            schemes: Self.list(headers.values("X-Forwarded-Proto"))
        )
        let new = (addresses: forwarded.map { Self.address($0["for"] ?? "") }, schemes: forwarded.compactMap { $0["proto"] })
        let clients = [new.addresses, old.addresses].filter { !$0.isEmpty }.map { Self.client(in: $0, proxies) }
        let schemes = [new.schemes.last, old.schemes.last].compactMap { $0?.lowercased() }
        client = Set(clients).count == 1 ? clients[0] : nil
        isSecure = !schemes.isEmpty && schemes.allSatisfy { $0 == "https" }
    }

    private static func client(in addresses: [String?], _ proxies: ReverseProxy) -> String? {
        for address in addresses.reversed() {
            guard let address else { return nil }
            if !proxies.trusts(address) { return address }
        }
        return nil
    }

    /// `for=192.0.2.60;proto=https, for="[2001:db8::1]:4711"` (RFC 7239 §4).
    private static func elements(_ values: [String]) -> [[String: String]] {
        list(values).map { element in
            var pairs: [String: String] = [:]
            for pair in element.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
                guard parts.count == 2 else { continue }
                pairs[parts[0].lowercased()] = parts[1].filter { $0 != "\"" }
            }
            return pairs
        }
    }

    private static func list(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { $0.trimmingSpaces }
    }

    /// Without brackets and port; nil for what is no address, such as `unknown` or `_hidden`.
    private static func address(_ text: String) -> String? {
        var host = text
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = String(text[text.index(after: text.startIndex)..<end])
        } else if text.split(separator: ":", omittingEmptySubsequences: false).count == 2 {
            host = String(text.prefix { $0 != ":" })
        }
        return AddressRange.isAddress(host) ? host : nil
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...last])
    }
}
