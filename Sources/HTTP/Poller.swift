import CLinux
import Glibc

/// Level-triggered epoll(7): a descriptor is reported for as long as it is ready, so nothing is lost by reading some of it now.
/// *Ownership*: one thread's.
final class Poller {
    struct Interest: OptionSet {
        let rawValue: UInt32
        static let input = Interest(rawValue: EPOLLIN.rawValue)
        static let output = Interest(rawValue: EPOLLOUT.rawValue)
        /// Both halves are closed, or the connection was reset. Always reported.
        static let gone = Interest(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
    }

    private let descriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws(ServerError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .system("epoll_create1") }
    }

    deinit { close(descriptor) }

    func add(_ watched: Int32, _ interest: Interest, token: UInt64) -> Bool {
        control(EPOLL_CTL_ADD, watched, interest, token)
    }

    func change(_ watched: Int32, _ interest: Interest, token: UInt64) {
        _ = control(EPOLL_CTL_MOD, watched, interest, token)
    }

    /// Waits for at most `milliseconds`, or with -1 for ever; returns how many events `event` has.
    func wait(_ milliseconds: Int32) -> Int {
        // EINTR, the one error that can come, means that there is nothing yet.
        max(0, Int(epoll_wait(descriptor, &events, Int32(events.count), milliseconds)))
    }

    func event(_ index: Int) -> (token: UInt64, ready: Interest) {
        (events[index].data.u64, Interest(rawValue: events[index].events))
    }

    private func control(_ operation: Int32, _ watched: Int32, _ interest: Interest, _ token: UInt64) -> Bool {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(u64: token))
        return epoll_ctl(descriptor, operation, watched, &event) == 0
    }
}
