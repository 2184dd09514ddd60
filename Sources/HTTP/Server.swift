import Glibc
import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on plain sockets.
///
/// *Threading*: `publish` and `stop` from any thread. *Ownership*: it owns its threads; the last reference gone, it stops at once.
package final class Server<H: Handler>: Sendable {
    package struct Configuration: Sendable {
        /// `localhost` or an IPv4 or IPv6 address.
        package var host: String
        /// 0 picks a free one.
        package var port: Int
        /// Threads that serve requests. More than four have nothing to do in front of one database.
        package var loops: Int
        package var limits: Limits
        /// Where bodies above `Limits.bodyInMemory` go; the folder must exist. Without one they are refused with 413.
        package var spool: String?
        /// What every answer carries that has no field of that name, the server's own refusals included.
        package var headers: Headers

        package init(
            host: String = "127.0.0.1", port: Int = 0, loops: Int = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 4),
            limits: Limits = Limits(), spool: String? = nil, headers: Headers = [:]
        ) {
            self.host = host
            self.port = port
            self.loops = loops
            self.limits = limits
            self.spool = spool
            self.headers = headers
        }
    }

    package let address: Address

    private let mailboxes: [Mailbox<Loop.Message>]
    private let acceptorStop: Wakeup
    private let running: Mutex<Running>
    /// Held while an event goes to all loops, so that each gets the same order.
    private let publishing = Mutex(())

    private struct Running: Sendable {
        var acceptor: Thread?
        var loops: [Thread]
    }

    /// Binds, listens and starts the loops. Returns once every loop has its handler and serves; when anything fails, what was started is
    /// stopped again first. `makeHandler` runs on each loop's own thread.
    package init(_ configuration: Configuration, makeHandler: @escaping @Sendable () throws -> H) throws(ServerError) {
        guard configuration.headers.areSafe else { throw ServerError("a header of every answer has a name or a value that can't be sent") }
        var limits = configuration.limits
        limits.fitDescriptors()
        if let spool = configuration.spool { Spool.sweep(spool) } else { limits.body = min(limits.body, limits.bodyInMemory) }
        let listener = try Listener(host: configuration.host, port: configuration.port)
        let (places, start, acceptorStop) = (Places(), try Start(), try Wakeup())
        var mailboxes: [Mailbox<Loop.Message>] = []
        var loops: [Thread] = []
        do throws(ServerError) {
            for _ in 0..<max(1, configuration.loops) {
                let mailbox = try Mailbox<Loop.Message>()
                let loop = try Thread { [limits, spool = configuration.spool, headers = configuration.headers] in
                    start.run { () throws(ServerError) in
                        let handler: H
                        do { handler = try makeHandler() } catch { throw ServerError("\(error)") }
                        return try Loop(
                            limits: limits, spoolFolder: spool, headers: headers, mailbox: mailbox, places: places,
                            handler: LoopHandlerBox(handler))
                    }?.run()
                }
                mailboxes.append(mailbox)
                loops.append(loop)
            }
            try start.wait(for: loops.count)
            let acceptor = Acceptor(listener: listener, places: places, limits: limits, stop: acceptorStop) {
                [mailboxes] turn, socket, peer, isSurplus in
                mailboxes[turn % mailboxes.count].post(isSurplus ? .surplus(socket, peer: peer) : .accepted(socket, peer: peer))
            }
            running = Mutex(Running(acceptor: try Thread { acceptor.run() }, loops: loops))
        } catch {
            for mailbox in mailboxes { mailbox.post(.stop(at: 0)) }
            for loop in loops { loop.join() }
            throw error
        }
        self.mailboxes = mailboxes
        self.acceptorStop = acceptorStop
        address = listener.address
    }

    deinit { stop(within: .zero) }

    /// Hands the event to every loop's handler, and its message to every event stream, in the order of the calls.
    package func publish(_ event: H.Event) {
        publishing.withLock { _ in
            for mailbox in mailboxes { mailbox.post(.event(event)) }
        }
    }

    /// Accepts no more, closes idle connections, ends event streams and lets what runs finish, outstanding `later` answers included, for at
    /// most `time`; then all is closed. Returns when every thread has ended. May be called again, and then waits for the same end.
    package func stop(within time: Duration) {
        running.withLock { running in
            acceptorStop.signal()
            running.acceptor?.join()
            let deadline = Clock.now + time.milliseconds
            for mailbox in mailboxes { mailbox.post(.stop(at: deadline)) }
            for loop in running.loops { loop.join() }
            running = Running(acceptor: nil, loops: [])
        }
    }
}

/// Where a starting server waits for its loops.
private final class Start: Sendable {
    private let outcomes = Mutex<[ServerError?]>([])
    private let wakeup: Wakeup

    init() throws(ServerError) {
        wakeup = try Wakeup()
    }

    /// On the loop's thread: makes what it needs there, and tells how that went.
    func run<Made>(_ make: () throws(ServerError) -> Made) -> Made? {
        do throws(ServerError) {
            let made = try make()
            report(nil)
            return made
        } catch {
            report(error)
            return nil
        }
    }

    private func report(_ error: ServerError?) {
        outcomes.withLock { $0.append(error) }
        wakeup.signal()
    }

    func wait(for count: Int) throws(ServerError) {
        while outcomes.withLock({ $0.count }) < count { wakeup.wait() }
        if let error = outcomes.withLock({ $0.compactMap(\.self).first }) { throw error }
    }
}
