import Glibc

/// Where a server listens.
package struct Address: Sendable, CustomStringConvertible {
    /// As text, an IPv6 address without brackets.
    package let host: String
    package let port: Int

    /// As it stands in a URL: `127.0.0.1:8080`, `[::1]:8080`.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// The listening socket. *Ownership*: closed with the last reference.
final class Listener: Sendable {
    let descriptor: Int32
    let address: Address

    /// `host` is `localhost` or an address; names are not looked up, since nobody means to listen on whatever a resolver says.
    init(host: String, port: Int) throws(ServerError) {
        guard let number = UInt16(exactly: port) else { throw ServerError("\(port) is no port: give 0 to 65535") }
        let name =
            host == "localhost" ? "127.0.0.1" : host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard var address = SocketAddress(name, port: number) else {
            throw ServerError("\(host) is no address to listen on: give localhost, an IPv4 or an IPv6 address")
        }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.family, kind, 0)
        guard descriptor >= 0 else { throw .system("socket") }
        // So that a restart need not wait for the old connections' last packets.
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard address.with({ bind(descriptor, $0, $1) }) == 0, listen(descriptor, SOMAXCONN) == 0,
            address.fill({ getsockname(descriptor, $0, $1) }) == 0
        else {
            let code = errno
            close(descriptor)
            throw ServerError("cannot listen on \(Address(host: name, port: port)): \(Self.reason(code))")
        }
        self.descriptor = descriptor
        self.address = Address(host: name, port: Int(address.port))
    }

    deinit { close(descriptor) }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case EADDRINUSE: "another program has this port"
        case EACCES: "this port is for the administrator only"
        case EADDRNOTAVAIL: "this machine has no such address"
        default: ServerError.reason(code)
        }
    }
}
