import Dispatch
import Glibc

/// What came back, as it came: no redirect followed, no cookie kept, nothing decoded but chunks.
struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var page: Page { Page(text) }

    subscript(_ header: String) -> String? {
        headers.first { $0.name.lowercased() == header.lowercased() }?.value
    }
}

/// One request on one connection to a server of this machine.
struct Exchange: Sendable {
    var method: String
    var target: String
    var headers: [(name: String, value: String)]
    var body: [UInt8] = []
    /// So many zero bytes behind the body, and then its end.
    var zeros = 0
    var end: [UInt8] = []

    /// Waits off the Swift pool, whose two threads all tests share.
    func perform(port: Int, within seconds: Int = 60) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchange(port: port, seconds: seconds) })
            }
        }
    }

    private func exchange(port: Int, seconds: Int) throws -> Answer {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure("no socket: \(errno)") }
        defer { close(socket) }
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw Failure("nobody listens on \(port): \(errno)") }

        var head = "\(method) \(target) HTTP/1.1\r\n"
        for header in headers { head += "\(header.name): \(header.value)\r\n" }
        if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count + zeros + end.count)\r\n" }
        try send(Array((head + "Connection: close\r\n\r\n").utf8) + body, on: socket)
        let piece = [UInt8](repeating: 0, count: min(zeros, 1_048_576))
        // A server that will not have the body answers before it has come, and then takes no more.
        do {
            for start in stride(from: 0, to: zeros, by: max(1, piece.count)) { try send(Array(piece.prefix(zeros - start)), on: socket) }
            try send(end, on: socket)
        } catch  where zeros > 0 {}
        return try receive(from: socket)
    }

    private func send(_ bytes: [UInt8], on socket: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure("\(method) \(target): send \(errno)") }
            sent += count
        }
    }

    private func receive(from socket: Int32) throws -> Answer {
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let answer = try Answer(received, to: method, whole: false) { return answer }
            let count = recv(socket, &piece, piece.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Failure("\(method) \(target): no answer (\(errno)) after \(received.count) bytes") }
            if count == 0 { break }
            received += piece[..<count]
        }
        guard let answer = try Answer(received, to: method, whole: true) else {
            throw Failure("\(method) \(target): the answer breaks off after \(received.count) bytes")
        }
        return answer
    }
}

extension Answer {
    /// Nil while more has to come; `whole` says that no more will.
    fileprivate init?(_ bytes: [UInt8], to method: String, whole: Bool) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let first = lines.first, let status = Int(first.split(separator: " ").dropFirst().first ?? "") else {
            throw Failure("not a status line: \(lines.first ?? "")")
        }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        let rest = Array(bytes[end.upperBound...])
        self.init(status: status, headers: headers, body: [])
        if method == "HEAD" || status == 204 || status == 304 {
            guard whole else { return nil }
            self.init(status: status, headers: headers, body: rest)
        } else if let length = self["Content-Length"].flatMap({ Int($0) }) {
            guard rest.count >= length else { return nil }
            self.init(status: status, headers: headers, body: Array(rest[..<length]))
        } else if self["Transfer-Encoding"] != nil {
            guard let body = Self.dechunked(rest) else { return nil }
            self.init(status: status, headers: headers, body: body)
        } else {
            guard whole else { return nil }
            self.init(status: status, headers: headers, body: rest)
        }
    }

    private static func dechunked(_ bytes: [UInt8]) -> [UInt8]? {
        var rest = bytes[...]
        var body: [UInt8] = []
        while let line = rest.firstRange(of: Array("\r\n".utf8)) {
            guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else { return nil }
            if size == 0 { return body }
            rest = rest[line.upperBound...]
            guard rest.count >= size + 2 else { return nil }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }
}
