import Dispatch
import Glibc
import Synchronization

/// A page's open stream of events, read as it comes.
final class EventStream: Sendable {
    private let socket: Int32
    private let state = Mutex((text: "", isEnded: false))

    /// Opens it, and returns once it is open.
    init(_ client: Client) async throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure("no socket: \(errno)") }
        self.socket = socket
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(client.port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw Failure("nobody listens on \(client.port): \(errno)") }
        let cookies = client.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
        let request = Array("GET /events HTTP/1.1\r\nHost: \(client.host)\r\nCookie: \(cookies)\r\nAccept: text/event-stream\r\n\r\n".utf8)
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { throw Failure("send: \(errno)") }
        DispatchQueue.global().async { [weak self] in
            var piece = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = recv(socket, &piece, piece.count, 0)
                guard let self else { return }
                self.state.withLock { state in
                    if count > 0 { state.text += String(decoding: piece[..<count], as: UTF8.self) } else { state.isEnded = true }
                }
                if count <= 0 { return }
            }
        }
        try await heard("text/event-stream")
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    var isEnded: Bool { state.withLock { $0.isEnded } }

    func heard(_ text: String) async throws {
        _ = try await eventually("\(text) on the stream", within: .seconds(20)) { state.withLock { $0.text.contains(text) } ? true : nil }
    }

    func ended() async throws {
        _ = try await eventually("the stream ends", within: .seconds(20)) { isEnded ? true : nil }
    }
}
