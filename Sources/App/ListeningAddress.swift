import Glibc

/// What `--host` says, and by which names a browser reaches it.
struct ListeningAddress {
    private let host: String

    init(_ host: String) {
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host.lowercased()
    }

    /// Whether only this computer reaches it.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    private var isAny: Bool { host == "0.0.0.0" || host == "::" }

    /// As they stand in `Host`, without port: the address itself, or every address of this computer and its name.
    var hosts: Set<String> {
        isAny ? Set((Self.addresses + [Self.name]).map(Self.inURL)) : [Self.inURL(host)]
    }

    /// At which this program reaches itself.
    var own: String {
        switch host {
        case "localhost", "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        case _: host
        }
    }

    /// What a browser on the network can be pointed at.
    var openable: String {
        isAny
            ? Self.inURL(Self.addresses.first { !$0.hasPrefix("127.") && $0 != "::1" && !$0.hasPrefix("fe80") } ?? "127.0.0.1")
            : Self.inURL(host)
    }

    private static func inURL(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

    private static var name: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return text(buffer).lowercased()
    }

    private static var addresses: [String] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        var addresses: [String] = []
        var next = first
        while let interface = next?.pointee {
            next = interface.ifa_next
            guard let address = interface.ifa_addr else { continue }
            let family = Int32(address.pointee.sa_family)
            guard family == AF_INET || family == AF_INET6 else { continue }
            let size = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
            var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            guard getnameinfo(address, socklen_t(size), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0 else { continue }
            // Without the interface's name, as in `fe80::1%eth0`.
            addresses.append(String(text(buffer).prefix { $0 != "%" }))
        }
        return addresses
    }

    private static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
