import Glibc

/// One request and its whole answer, for what is asked beside the measurement.
struct Exchange {
    /// Head and body, as they came.
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var status: Int { Int(text.split(separator: " ", maxSplits: 2).dropFirst().first ?? "") ?? 0 }

    static func fetch(_ path: String, port: Int) throws -> Exchange {
        let socket = try Loopback.connect(port: port)
        defer { close(socket) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let request = Request.get(path).bytes
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw BenchError("\(path) could not be asked for")
        }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let size = AnswerSize(bytes), bytes.count >= size.head + size.body { return Exchange(bytes: bytes) }
            let count = recv(socket, &piece, piece.count, 0)
            guard count > 0 else { throw BenchError("\(path) was not answered") }
            bytes += piece[..<count]
        }
    }
}

/// A request as it goes over the wire.
struct Request {
    private(set) var bytes: [UInt8]
    /// Where a number stands that makes each request another one.
    private(set) var number: Range<Int>?
    /// The status of the answer; any other ends the measurement.
    let status: Int

    /// - Parameter path: `placeholder` in it becomes another number with each request.
    static func get(_ path: String) -> Request {
        // As curl sends it.
        let head = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench/1.0\r\nAccept: */*\r\n\r\n".utf8)
        return Request(bytes: head, number: head.firstRange(of: Array(placeholder.utf8)), status: 200)
    }

    /// A page of the list that nobody has asked for before, so that all of it has to be read and rendered.
    static var anyPageOfScripts: Request { .get("/scripts?before=1\(placeholder)") }

    /// - Parameter form: URL-encoded; `placeholder` in it becomes another number with each request.
    static func post(_ path: String, form: String) -> Request {
        let text = """
            POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
            Content-Length: \(form.utf8.count)\r\n\r\n\(form)
            """
        let bytes = Array(text.utf8)
        return Request(bytes: bytes, number: bytes.firstRange(of: Array(placeholder.utf8)), status: 303)
    }

    static let placeholder = "0000000000000000"

    /// Makes it the request of this number.
    mutating func write(_ number: Int) {
        guard let place = self.number else { return }
        var rest = number
        for index in place.reversed() {
            bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}

/// How long an answer is, once its head is there.
struct AnswerSize {
    let status: Int
    let head: Int
    let body: Int

    init?(_ bytes: [UInt8]) {
        let size = bytes.withUnsafeBytes { AnswerSize($0) }
        guard let size else { return nil }
        self = size
    }

    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let end = Self.find("\r\n\r\n", in: bytes), bytes.count > 12 else { return nil }
        head = end + 4
        status = (9..<12).reduce(0) { $0 * 10 + Int(bytes[$1] & 15) }
        var length = 0
        if let start = Self.find("Content-Length: ", in: UnsafeRawBufferPointer(rebasing: bytes[..<end])) {
            for byte in bytes[(start + 16)...] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
                length = length * 10 + Int(byte & 15)
            }
        }
        body = length
    }

    private static func find(_ text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var index = 0
        while index + wanted.count <= bytes.count {
            if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) { return index }
            index += 1
        }
        return nil
    }
}

/// 127.0.0.1.
enum Loopback {
    static func with<Result>(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    static func connect(port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0, with(port: port, { Glibc.connect(socket, $0, $1) }) == 0 else {
            throw BenchError("nobody answers on port \(port): error \(errno)")
        }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return socket
    }
}
