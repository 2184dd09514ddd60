import CLinux
import Glibc

/// A closed loop: so many connections, each with one request on its way, from one thread.
struct Load {
    let port: Int
    var request: Request
    var connections = 16
    /// Pause between an answer and the next request; for a watcher beside another load.
    var pause = Duration.zero
    /// The number of the first request.
    var firstNumber = 0

    /// Asks for `time` and waits for what is on its way.
    func run(for time: Duration) throws -> Sample {
        let poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        defer { close(poller) }
        var sample = Sample()
        var request = request
        var clients: [Client] = []
        defer { for client in clients { close(client.socket) } }
        let start = Self.now
        let end = start + time.nanoseconds
        var number = firstNumber
        for index in 0..<connections {
            clients.append(Client(socket: try Loopback.connect(port: port)))
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: UInt64(index)))
            epoll_ctl(poller, EPOLL_CTL_ADD, clients[index].socket, &event)
            try clients[index].ask(&request, number: &number)
        }
        var events = [epoll_event](repeating: epoll_event(), count: connections)
        var input = [UInt8](repeating: 0, count: 262_144)
        var waiting = connections
        while waiting > 0 {
            let ready = epoll_wait(poller, &events, Int32(events.count), 20_000)
            guard ready > 0 else { throw BenchError("no answer within 20 s") }
            for index in 0..<Int(ready) {
                let place = Int(events[index].data.u64)
                guard try clients[place].receive(&input, status: request.status) else { continue }
                let now = Self.now
                sample.add(now - clients[place].asked)
                if now < end {
                    if pause > .zero { usleep(useconds_t(pause.nanoseconds / 1_000)) }
                    try clients[place].ask(&request, number: &number)
                } else {
                    waiting -= 1
                }
            }
        }
        sample.time = Self.now - start
        sample.requests = number - firstNumber
        return sample
    }

    private struct Client {
        let socket: Int32
        var asked = 0
        /// What is still to come of the answer; nil before its head.
        private var rest: Int?

        init(socket: Int32) {
            self.socket = socket
        }

        mutating func ask(_ request: inout Request, number: inout Int) throws {
            request.write(number)
            number += 1
            asked = Load.now
            guard send(socket, request.bytes, request.bytes.count, Int32(MSG_NOSIGNAL)) == request.bytes.count else {
                throw BenchError("a request could not be sent: error \(errno)")
            }
        }

        /// Whether the answer is whole.
        mutating func receive(_ input: inout [UInt8], status: Int) throws -> Bool {
            let count = recv(socket, &input, input.count, 0)
            guard count > 0 else { throw BenchError("the server closed: error \(errno)") }
            let left: Int
            if let rest {
                left = rest - count
            } else {
                guard let size = input.withUnsafeBytes({ AnswerSize(UnsafeRawBufferPointer(rebasing: $0[..<count])) }) else {
                    throw BenchError("the head of an answer came in pieces")
                }
                guard size.status == status else { throw BenchError("answered with \(size.status) instead of \(status)") }
                left = size.head + size.body - count
            }
            rest = left > 0 ? left : nil
            return left <= 0
        }
    }

    /// Nanoseconds that never jump.
    fileprivate static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

/// What one load saw.
struct Sample {
    /// Nanoseconds.
    var time = 0
    var requests = 0
    /// Of the server, in nanoseconds.
    var processorTime = 0
    /// How many answers took so many microseconds; the last place takes all that took longer.
    private var microseconds = [UInt32](repeating: 0, count: 1_000_001)

    mutating func add(_ nanoseconds: Int) {
        microseconds[min(nanoseconds / 1_000, microseconds.count - 1)] += 1
    }

    var rate: Double { Double(requests) * 1e9 / Double(time) }
    var processorMicroseconds: Double { Double(processorTime) / 1_000 / Double(requests) }

    /// - Parameter share: 0.99 for p99.
    /// - Returns: microseconds.
    func quantile(_ share: Double) -> Int {
        let wanted = Int((Double(requests) * share).rounded(.up))
        var seen = 0
        for (time, count) in microseconds.enumerated() {
            seen += Int(count)
            if seen >= wanted { return time }
        }
        return microseconds.count
    }
}

extension Duration {
    var nanoseconds: Int { Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000) }
}
