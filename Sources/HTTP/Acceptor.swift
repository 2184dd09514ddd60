import Glibc
import Synchronization

/// How many connections there are, over all loops.
final class Places: Sendable {
    private let taken = Atomic(0)

    /// The count with this one.
    func enter() -> Int { taken.add(1, ordering: .relaxed).newValue }

    func leave() { taken.subtract(1, ordering: .relaxed) }
}

/// Accepts connections on a thread of its own and hands them out. One acceptor, so that the loops get them in turn: a listener that the
/// loops share wakes one of them for nearly all.
struct Acceptor: Sendable {
    let listener: Listener
    let places: Places
    let limits: Limits
    /// Ends `run`.
    let stop: Wakeup
    /// Gets each socket, set up, with the client's address; `isSurplus` where it is over the limit of connections. `turn` counts up.
    let deliver: @Sendable (_ turn: Int, _ socket: Int32, _ peer: String, _ isSurplus: Bool) -> Void

    func run() {
        // Held for the moment when there are no descriptors left: given up, it lets us accept one connection and turn it away. Left in the
        // backlog, that connection would keep the listener readable and this thread busy.
        var reserve = Self.openReserve()
        defer { if reserve >= 0 { close(reserve) } }
        var waiting = [
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        var turn = 0
        while true {
            poll(&waiting, 2, -1)
            if waiting[0].revents != 0 { return }
            var address = SocketAddress()
            let socket = address.fill { accept(listener.descriptor, $0, $1) }
            if socket >= 0 {
                take(socket, address, turn: turn)
                turn += 1
                continue
            }
            switch errno {
            case EMFILE, ENFILE:
                if reserve >= 0 { close(reserve) }
                let socket = accept(listener.descriptor, nil, nil)
                if socket >= 0 { turnAway(socket) }
                reserve = Self.openReserve()
                if socket < 0 || reserve < 0 { pause(&waiting[0]) }
            case ENOBUFS, ENOMEM: pause(&waiting[0])
            // EAGAIN, EINTR, or a connection that was gone before it was accepted.
            default: break
            }
        }
    }

    private func take(_ socket: Int32, _ address: SocketAddress, turn: Int) {
        let count = places.enter()
        guard count <= limits.connections + limits.refusals, Self.setUp(socket) else {
            close(socket)
            places.leave()
            return
        }
        deliver(turn, socket, address.host, count > limits.connections)
    }

    private static func setUp(_ socket: Int32) -> Bool {
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return fcntl(socket, F_SETFL, O_NONBLOCK) == 0 && fcntl(socket, F_SETFD, FD_CLOEXEC) == 0
    }

    private static func openReserve() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }

    private func turnAway(_ socket: Int32) {
        let answer = Array("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        _ = send(socket, answer, answer.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        close(socket)
    }

    /// Until something may have become free, or `stop`.
    private func pause(_ stop: inout pollfd) {
        poll(&stop, 1, 20)
    }
}
