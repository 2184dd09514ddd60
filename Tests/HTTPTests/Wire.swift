import Glibc

@testable import HTTP

/// A client that sends bytes as they are and shows what comes back. Nothing takes longer than five seconds.
final class Wire {
    let descriptor: Int32
    private var received: [UInt8] = []

    init(_ address: Address, receiveBuffer: Int32? = nil) throws {
        let target = SocketAddress(address.host, port: UInt16(address.port)) ?? SocketAddress()
        descriptor = socket(target.family, Int32(SOCK_STREAM.rawValue), 0)
        var time = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        if var receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size)) }
        guard target.with({ connect(descriptor, $0, $1) }) == 0 else { throw ServerError.system("connect") }
    }

    deinit { close(descriptor) }

    /// False once the server has closed.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    func get(_ target: String, _ fields: String = "") -> Answer {
        send("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
        return answer()
    }

    func post(_ target: String, _ body: String) -> Answer {
        send("POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return answer()
    }

    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the end of this object a reset.
    func resetsAtEnd() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// More of what the server sends; false at its end.
    private func receive() -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { return false }
        received += piece[..<count]
        return true
    }

    /// All up to and including `text`; what there was, when the server closes before.
    func read(until text: String) -> String {
        let text = Array(text.utf8)
        while received.firstRange(of: text) == nil, receive() {}
        let end = received.firstRange(of: text)?.upperBound ?? received.endIndex
        defer { received.removeSubrange(..<end) }
        return String(decoding: received[..<end], as: UTF8.self)
    }

    func read(_ count: Int) -> [UInt8] {
        while received.count < count, receive() {}
        defer { received.removeFirst(min(count, received.count)) }
        return Array(received.prefix(count))
    }

    /// All until the server closes.
    func readToEnd() -> String {
        while receive() {}
        defer { received = [] }
        return String(decoding: received, as: UTF8.self)
    }

    /// Whether the server closes, having sent nothing more.
    var isClosed: Bool { received.isEmpty && !receive() && errno != EAGAIN }

    /// One response, whole. `status` is 0 where the server closed instead.
    func answer(toHead: Bool = false) -> Answer {
        let head = read(until: "\r\n\r\n")
        let answer = Answer(head: head, body: [])
        guard !toHead, let length = answer["Content-Length"].flatMap({ Int($0) }) else { return answer }
        return Answer(head: head, body: read(length))
    }

    struct Answer {
        let head: String
        let body: [UInt8]

        var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }
        var text: String { String(decoding: body, as: UTF8.self) }

        subscript(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.utf8.count + 2)) }
        }
    }
}
