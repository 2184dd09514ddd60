import Glibc

/// One accepted socket and what is on its way through it. *Ownership*: its loop's, which calls `shut` once.
final class Client {
    let descriptor: Int32
    /// Generation and slot: what epoll and the mailbox know it by. A token of a client that has gone names nobody.
    let token: UInt64
    let peer: String
    var connection: Connection

    /// Read from the socket, but behind the request at hand.
    var backlog: [UInt8] = []
    /// The client has closed its half.
    var inputEnded = false
    /// Input has come that is not read until the answer has gone.
    var isPaused = false
    /// What epoll reports of it.
    var interest: Poller.Interest = .input
    /// The body of the request at hand, where it is large.
    var spool: Spool?
    private var output: [UInt8] = []
    private var outputSent = 0
    /// Whom its event stream was opened for.
    var streamOwner: String?
    /// What follows `output`.
    var file: (file: OpenFile, rest: Range<Int>)?
    /// What makes the rest of the body.
    var pieces: Pieces?
    /// The next one has been asked for.
    var isPieceDue = false

    init(descriptor: Int32, token: UInt64, peer: String, connection: Connection) {
        self.descriptor = descriptor
        self.token = token
        self.peer = peer
        self.connection = connection
    }

    /// Closes the socket and lets go of what the request held, at once: somebody may still refer to this object.
    func shut() {
        if hasOutput || pieces != nil {
            // A client that did not take its response must not hold what the kernel has of it, nor mistake it for the whole: reset.
            abandon()
        }
        close(descriptor)
        (file, pieces, spool, output, backlog) = (nil, nil, nil, [], [])
    }

    /// Sends what the socket takes at once; the close that follows is the connection's end.
    func breakOff(after bytes: [UInt8], isReset: Bool) {
        _ = write(bytes[...])
        (output, file) = ([], nil)
        if isReset { abandon() }
    }

    /// Lets the close be a reset.
    private func abandon() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }

    /// Closes our half.
    func endOutput() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    var outputCount: Int { output.count - outputSent }

    var hasOutput: Bool { outputCount > 0 || file != nil }

    enum Progress {
        case all
        case some
        case broken
    }

    /// Sends `bytes`, or keeps what the socket does not take.
    func send(_ bytes: [UInt8]) -> Progress {
        guard outputCount == 0 else {
            output += bytes
            return .some
        }
        guard let sent = write(bytes[...]) else { return .broken }
        if sent == bytes.count { return .all }
        output = sent == 0 ? bytes : Array(bytes[sent...])
        outputSent = 0
        return .some
    }

    func keep(_ bytes: ArraySlice<UInt8>) {
        output += bytes
    }

    /// Sends what was kept.
    func sendOutput() -> Progress {
        guard outputCount > 0 else { return .all }
        guard let sent = write(output[outputSent...]) else { return .broken }
        outputSent += sent
        if outputCount > 0 { return .some }
        output = []
        outputSent = 0
        return .all
    }

    /// How much the socket took; nil when the client has gone. MSG_NOSIGNAL: without it, that would end the program.
    func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        while true {
            let sent = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent >= 0 { return sent }
            if errno == EAGAIN { return 0 }
            if errno != EINTR { return nil }
        }
    }
}
