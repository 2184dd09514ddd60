import Dispatch
import Foundation
import Glibc

/// Bytes to and from a server of this machine, as they are. Nothing waits longer than twenty seconds.
final class RawConnection {
    private let socket: Int32
    private var received: [UInt8] = []

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure("no socket: \(errno)") }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw Failure("nobody listens on \(port): \(errno)") }
    }

    deinit {
        close(socket)
    }

    @discardableResult func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    func get(_ path: String) -> String {
        send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return answer()
    }

    /// Head and body of one response with a length; what there was, where the server closed before.
    func answer() -> String {
        let head = read(until: "\r\n\r\n")
        guard let mark = head.firstRange(of: "Content-Length: ") else { return head }
        let length = Int(head[mark.upperBound...].prefix { $0.isNumber }) ?? 0
        while received.count < length, receive() {}
        defer { received.removeFirst(min(length, received.count)) }
        return head + String(decoding: received.prefix(length), as: UTF8.self)
    }

    func read(until text: String) -> String {
        let text = Array(text.utf8)
        while received.firstRange(of: text) == nil, receive() {}
        let end = received.firstRange(of: text)?.upperBound ?? received.endIndex
        defer { received.removeSubrange(..<end) }
        return String(decoding: received[..<end], as: UTF8.self)
    }

    /// All until the server closes; nil where it resets or keeps silent.
    func readToEnd() -> String? {
        while receive() {}
        guard errno == 0 else { return nil }
        return String(decoding: received, as: UTF8.self)
    }

    private func receive() -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        errno = 0
        let count = recv(socket, &piece, piece.count, 0)
        guard count > 0 else { return false }
        received += piece[..<count]
        return true
    }
}

/// Work that blocks, off the Swift pool, whose two threads all tests share.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}

extension ChildProcess {
    /// What all its threads have used.
    var processorTime: Duration {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(id, &clock) == 0, clock_gettime(clock, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Resident memory in kilobytes (`VmRSS`, proc(5)).
    var residentMemory: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
            return status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.split(separator: " ").compactMap { Int($0) }.first ?? 0
        }
    }
}
