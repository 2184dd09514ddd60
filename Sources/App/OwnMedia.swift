import Glibc
import HTTP
import Sandbox
import Synchronization

/// How the sandbox inside looks at this app's own videos, as the service would: by fetching them. Any other address is left alone: what a
/// person typed must not make this program call into the network.
///
/// *Threading*: any; a fetch blocks until the file has come.
final class OwnMedia: Sendable {
    private struct Target: Sendable {
        let origin: String
        let host: String
        let port: Int
    }

    private let target = Mutex<Target?>(nil)

    /// Once the app is open.
    func open(host: String, port: Int, origin: String) {
        target.withLock { $0 = Target(origin: origin, host: host, port: port) }
    }

    /// - Returns: nil for an address that is not one of this app's media; then nothing was fetched.
    func fetch(_ url: String) -> FetchedMedia? {
        guard let target = target.withLock({ $0 }), url.hasPrefix(target.origin + "/media/") else { return nil }
        let path = url.dropFirst(target.origin.count)
        guard let socket = Self.connect(target) else { return FetchedMedia(problem: "no connection") }
        defer { close(socket) }
        let authority = target.origin.split(separator: "/").last ?? ""
        let request = "GET \(path) HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n\r\n"
        guard Self.send(Array(request.utf8), on: socket) else { return FetchedMedia(problem: "the connection broke off") }
        return Self.receive(from: socket)
    }

    private static func connect(_ target: Target) -> Int32? {
        guard let address = SocketAddress(target.host, port: UInt16(truncatingIfNeeded: target.port)) else { return nil }
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard address.with({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func send(_ bytes: [UInt8], on socket: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// The head is kept, the body only counted: it may be half a gigabyte.
    private static func receive(from socket: Int32) -> FetchedMedia {
        var head: [UInt8] = []
        var headEnd: Int?
        var received = 0
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &piece, piece.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return FetchedMedia(problem: "the connection broke off") }
            if count == 0 { break }
            received += count
            guard headEnd == nil else { continue }
            head += piece[..<count]
            headEnd = head.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
            guard headEnd != nil || head.count < 65_536 else { return FetchedMedia(problem: "no answer that can be read") }
        }
        guard let headEnd else { return FetchedMedia(problem: "no answer") }
        let lines = String(decoding: head[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        func field(_ name: String) -> String? {
            lines.dropFirst().first { $0.lowercased().hasPrefix(name + ":") }.map {
                String($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
            }
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return FetchedMedia(
            status: status, contentType: field("content-type") ?? "", length: field("content-length").flatMap { Int($0) },
            received: received - headEnd)
    }
}
