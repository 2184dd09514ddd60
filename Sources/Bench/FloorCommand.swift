import ArgumentParser
import CLinux
import Dispatch
import Glibc

/// The least that a server can do: wait, receive, send the same bytes again. It parses nothing, checks nothing and closes nothing in time,
/// so no server that does can be faster.
struct FloorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "floor", abstract: "Serves one answer from a bare epoll loop, until it is killed.", shouldDisplay: false)

    @Option(help: "The port of a server whose answer is repeated.")
    var like: Int

    @Option(help: "What that server is asked for.")
    var path = "/healthz"

    func run() async throws {
        let answer = try Exchange.fetch(path, port: like).bytes
        let listener = try Self.listener()
        let loops = (0..<min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 4)).map { _ in epoll_create1(0) }
        for loop in loops {
            DispatchQueue(label: "loop").async { Self.serve(answer, on: loop) }
        }
        say("Floor is open at http://127.0.0.1:\(try Self.port(of: listener))")
        for turn in 0... {
            let socket = accept(listener, nil, nil)
            guard socket >= 0 else { throw BenchError("accept: error \(errno)") }
            var on: Int32 = 1
            setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            _ = fcntl(socket, F_SETFL, O_NONBLOCK)
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: socket))
            epoll_ctl(loops[turn % loops.count], EPOLL_CTL_ADD, socket, &event)
        }
    }

    private static func serve(_ answer: [UInt8], on loop: Int32) {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var input = [UInt8](repeating: 0, count: 65_536)
        while true {
            for index in 0..<max(0, Int(epoll_wait(loop, &events, Int32(events.count), -1))) {
                let socket = events[index].data.fd
                if recv(socket, &input, input.count, 0) > 0 {
                    send(socket, answer, answer.count, Int32(MSG_NOSIGNAL))
                } else {
                    close(socket)
                }
            }
        }
    }

    private static func listener() throws -> Int32 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let bound = Loopback.with(port: 0) { bind(listener, $0, $1) }
        guard listener >= 0, bound == 0, listen(listener, SOMAXCONN) == 0 else {
            throw BenchError("the floor cannot listen: error \(errno)")
        }
        return listener
    }

    private static func port(of listener: Int32) throws -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
        }
        guard result == 0 else { throw BenchError("the floor has no port: error \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
