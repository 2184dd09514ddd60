import Glibc

/// One thread's share of the connections. Everything here belongs to that thread; the others reach it by the mailbox.
///
/// A request on a kept connection takes three system calls: `epoll_wait`, `recv`, `send`; and before the thread sleeps, some that find
/// nothing.
final class Loop {
    enum Message: Sendable {
        case accepted(Int32, peer: String)
        /// Accepted over the limit of connections.
        case surplus(Int32, peer: String)
        /// What was promised by `Response.later`, for the client of this token.
        case answer(UInt64, Response)
        /// What a response in `Pieces` goes on with.
        case piece(UInt64, Pieces.Piece)
        /// What the handler's type calls an event.
        case event(any Sendable)
        /// Finish what runs, at the latest at this time of the loop's clock.
        case stop(at: Int)
    }

    let limits: Limits
    let spoolFolder: String?
    /// What every answer carries.
    let headers: Headers
    let mailbox: Mailbox<Message>
    let places: Places
    let handler: any LoopHandler
    var clock = Clock()
    var now = Clock.now
    /// Where responses are put together; never holds one across a return.
    var scratch: [UInt8] = []

    private let poller: Poller
    var input = [UInt8](repeating: 0, count: 65_536)
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    private var clientCount = 0
    var streams: Set<UInt64> = []
    /// No deadline is earlier. It may be late: most are put off before they come.
    private var nextDeadline = Int.max
    private var stopAt: Int?
    private var isBusy = false

    /// The generation tells an event for this slot's client from one for its predecessor.
    private struct Slot {
        var generation: UInt32 = 0
        var client: Client?
    }

    private static var mailboxToken: UInt64 { .max }
    /// Deadlines this close together are looked for at once.
    private static var tick: Int { 50 }
    /// Turns that the other threads have before a busy loop sleeps.
    private static var yields: Int { 4 }

    init(
        limits: Limits, spoolFolder: String?, headers: Headers, mailbox: Mailbox<Message>, places: Places, handler: any LoopHandler
    ) throws(ServerError) {
        self.limits = limits
        self.spoolFolder = spoolFolder
        // Its own, as all that is here.
        self.headers = headers.copy()
        self.mailbox = mailbox
        self.places = places
        self.handler = handler
        poller = try Poller()
        guard poller.add(mailbox.descriptor, .input, token: Self.mailboxToken) else { throw .system("epoll_ctl") }
    }

    /// Returns after `stop`.
    func run() {
        while stopAt.map({ clientCount > 0 && now < $0 }) ?? true {
            let count = nextEvents()
            now = Clock.now
            for index in 0..<count {
                let (token, ready) = poller.event(index)
                if token == Self.mailboxToken {
                    mailbox.take().forEach(receive)
                } else if let client = client(token) {
                    advance(client, ready)
                }
            }
            if now >= nextDeadline { checkDeadlines() }
        }
        for client in slots.compactMap(\.client) { close(client) }
        for message in mailbox.close() {
            switch message {
            case .accepted(let socket, _), .surplus(let socket, _):
                Glibc.close(socket)
                places.leave()
            case .answer, .piece, .event, .stop: break
            }
        }
    }

    /// To sleep and be woken takes longer than a request, and where there was one, the next is often a moment away: so the other threads have
    /// their turn first, and only if nothing has come by then does this one sleep (measured: up to 1.6 times the requests). A loop at rest
    /// stays asleep.
    private func nextEvents() -> Int {
        if isBusy {
            for _ in 0..<Self.yields {
                let count = poller.wait(0)
                if count > 0 { return count }
                sched_yield()
            }
        }
        let count = poller.wait(untilNextDeadline)
        isBusy = count > 0
        return count
    }

    private var untilNextDeadline: Int32 {
        let next = min(clientCount > 0 ? nextDeadline : .max, stopAt ?? .max)
        return next == .max ? -1 : Int32(clamping: max(0, next - now))
    }

    private func receive(_ message: Message) {
        switch message {
        case .accepted(let socket, let peer):
            admit(socket, peer)
        case .surplus(let socket, let peer):
            guard let client = admit(socket, peer) else { return }
            respond(to: client, .plain(client.connection.refuse(.serviceUnavailable, now)))
            settle(client)
        case .piece(let token, let piece):
            guard let client = client(token) else { return }
            receive(piece, for: client)
            resume(client)
        case .answer(let token, let response):
            guard let client = client(token) else { return }
            respond(to: client, response)
            resume(client)
        case .event(let event):
            endStreams(after: event)
            if let message = handler.message(for: event) { broadcast(message) }
        case .stop(let deadline):
            stopAt = deadline
            for client in slots.compactMap(\.client) { stop(client) }
        }
    }

    private func stop(_ client: Client) {
        switch client.connection.stop(now: now) {
        case .closeIfQuiet:
            // A request may have come in since epoll was asked.
            read(client)
            if isOpen(client), client.connection.isBetweenRequests, client.connection.wantsInput { close(client) }
        case .finish:
            break
        case .endStream:
            endStream(client)
        }
        settle(client)
    }

    private func checkDeadlines() {
        nextDeadline = .max
        for slot in slots.indices {
            guard let client = slots[slot].client else { continue }
            if client.connection.deadline <= now { timedOut(client) }
            if isOpen(client) { nextDeadline = min(nextDeadline, client.connection.deadline) }
        }
        nextDeadline = max(nextDeadline, now + Self.tick)
    }

    private func timedOut(_ client: Client) {
        switch client.connection.timedOut(hasOutput: client.hasOutput, now: now) {
        case .close: close(client)
        case .refuse(let status): respond(to: client, .plain(status))
        case .ping: sendToStream(EventStream.ping, client)
        }
        settle(client)
    }

    // MARK: Clients

    @discardableResult
    private func admit(_ socket: Int32, _ peer: String) -> Client? {
        let slot = freeSlots.popLast() ?? slots.count
        if slot == slots.count { slots.append(Slot()) }
        let token = UInt64(slots[slot].generation) << 32 | UInt64(slot)
        let client = Client(descriptor: socket, token: token, peer: peer, connection: Connection(limits: limits, now: now))
        slots[slot].client = client
        clientCount += 1
        guard poller.add(socket, client.interest, token: token) else {
            close(client)
            return nil
        }
        nextDeadline = min(nextDeadline, client.connection.deadline)
        return client
    }

    func client(_ token: UInt64) -> Client? {
        let slot = Int(token & 0xFFFF_FFFF)
        guard slot < slots.count, let client = slots[slot].client, client.token == token else { return nil }
        return client
    }

    func isOpen(_ client: Client) -> Bool { slots[Int(client.token & 0xFFFF_FFFF)].client === client }

    func close(_ client: Client) {
        guard isOpen(client) else { return }
        let slot = Int(client.token & 0xFFFF_FFFF)
        slots[slot].client = nil
        slots[slot].generation &+= 1
        freeSlots.append(slot)
        streams.remove(client.token)
        client.shut()
        clientCount -= 1
        places.leave()
    }

    // MARK: Events of one client

    private func advance(_ client: Client, _ ready: Poller.Interest) {
        if !ready.isDisjoint(with: .gone) {
            close(client)
            return
        }
        if ready.contains(.output) {
            flush(client)
            // What was read before comes before what is read now.
            resume(client)
        }
        guard ready.contains(.input), isOpen(client) else { return }
        if client.connection.wantsInput { read(client) } else { client.isPaused = true }
        settle(client)
    }

    /// Has epoll report what the client is waited for, and no more. An interest in input is kept while an answer is due, and given up only
    /// when input comes meanwhile, so a request costs no call of epoll_ctl.
    func settle(_ client: Client) {
        guard isOpen(client) else { return }
        if client.connection.wantsInput { client.isPaused = false }
        var interest: Poller.Interest = client.inputEnded || client.isPaused ? [] : .input
        if client.hasOutput { interest.insert(.output) }
        if interest != client.interest {
            client.interest = interest
            poller.change(client.descriptor, interest, token: client.token)
        }
        nextDeadline = min(nextDeadline, client.connection.deadline)
    }
}
