import Glibc
import Synchronization

/// A server on loopback that does what a test tells it, byte for byte, as no server of good manners would. Every connection has a thread
/// that blocks; all end when the stand-in goes or the other side closes.
final class StandIn: Sendable {
    struct Request: Sendable {
        /// 1 for the first connection that was made.
        let connection: Int
        let head: String
        let body: [UInt8]

        var line: String { String(head.prefix { $0 != "\r\n" }) }

        func header(_ name: String) -> String? {
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
            return line.map { String($0.dropFirst(name.count + 2)) }
        }
    }

    enum Reply: Sendable {
        /// Sent as it is; the connection stays open for the next request.
        case bytes(String)
        case bytesThenClose(String)
        /// One byte every so often, for ever.
        case drip(String, every: Duration)
        /// So many bytes of nothing in particular after the head.
        case flood(String, count: Int)
        case silence
        case reset
    }

    let port: UInt16
    private let listener: Int32
    private let log = Mutex<[Request]>([])

    var address: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { log.withLock { $0 } }

    /// - Parameter greeting: sent on every connection before a request is read.
    init(greeting: String = "", _ reply: @escaping @Sendable (Request) -> Reply) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let fd = listener
        port = try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(fd, pointer, length) == 0, listen(fd, 32) == 0, getsockname(fd, pointer, &length) == 0 else {
                    throw SocketError(code: errno)
                }
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
        let log = Weak(self)
        Self.thread {
            var connections = 0
            while true {
                let connection = accept(fd, nil, nil)
                guard connection >= 0 else { break }
                connections += 1
                let number = connections
                Self.thread {
                    _ = Self.write(connection, Array(greeting.utf8))
                    Self.serve(connection, number: number) { request in
                        log.object?.log.withLock { $0.append(request) }
                        return reply(request)
                    }
                    close(connection)
                }
            }
            close(fd)
        }
    }

    deinit {
        // Wakes the thread that accepts; it closes.
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func serve(_ fd: Int32, number: Int, reply: (Request) -> Reply) {
        while let request = read(fd, number: number) {
            switch reply(request) {
            case .bytes(let text):
                guard write(fd, Array(text.utf8)) else { return }
            case .bytesThenClose(let text):
                _ = write(fd, Array(text.utf8))
                return
            case .drip(let text, let pause):
                guard write(fd, Array(text.utf8)) else { return }
                while write(fd, [UInt8(ascii: " ")]) { usleep(UInt32(pause.components.attoseconds / 1_000_000_000_000)) }
                return
            case .flood(let head, let count):
                guard write(fd, Array(head.utf8)) else { return }
                let piece = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16)
                for _ in 0..<(count / piece.count) { guard write(fd, piece) else { return } }
                return
            case .silence:
                var byte: UInt8 = 0
                while recv(fd, &byte, 1, 0) > 0 {}
                return
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
                return
            }
        }
    }

    /// A head and as much body as it announces; nil when the other side has closed.
    private static func read(_ fd: Int32, number: Int) -> Request? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let body = Array(bytes.dropFirst(head.utf8.count + 4))
                let announced = Request(connection: number, head: head, body: []).header("Content-Length").flatMap { Int($0) } ?? 0
                if body.count >= announced { return Request(connection: number, head: head, body: body) }
            }
            var piece = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(fd, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes += piece.prefix(count)
        }
    }

    private static func write(_ fd: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        var id = pthread_t()
        let box = Unmanaged.passRetained(Body(body))
        let result = pthread_create(
            &id, nil,
            { raw in
                if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        if result == 0 { pthread_detach(id) } else { box.release() }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Threads must not keep the stand-in, or it would never go.
    private final class Weak: Sendable {
        private let reference: Mutex<Reference>
        struct Reference { weak var object: StandIn? }
        init(_ object: StandIn) { reference = Mutex(Reference(object: object)) }
        var object: StandIn? { reference.withLock(\.object) }
    }
}

struct SocketError: Error {
    let code: Int32
}

extension StandIn.Reply {
    /// An HTTP answer with its length, after which the connection stays open.
    static func http(_ status: String, headers: [String] = [], _ body: String) -> StandIn.Reply {
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        return .bytes(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    static func json(_ body: String) -> StandIn.Reply { http("200 OK", headers: ["Content-Type: application/json"], body) }
}
