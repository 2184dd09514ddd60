import CLinux
import Glibc

/// A counter that a thread can sleep on (eventfd(2)). *Threading*: `signal` from any thread. *Ownership*: closed with the last reference,
/// so who still holds one may signal a thread that has gone.
final class Wakeup: Sendable {
    let descriptor: Int32

    init() throws(ServerError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .system("eventfd") }
    }

    deinit { close(descriptor) }

    func signal() {
        eventfd_write(descriptor, 1)
    }

    func clear() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }

    /// Sleeps until signalled.
    func wait() {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while Glibc.poll(&poll, 1, -1) < 0, errno == EINTR {}
        clear()
    }
}
