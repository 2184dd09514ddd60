/// Everything that decides what happens on a connection; it does no I/O and reads no clock. Each event that the loop reports returns what
/// the loop is to do. Times are milliseconds of the loop's clock.
///
///     reading ─request▶ answering ─answer▶ sending ─sent▶ reading, or closed, or lingering while the client may still be sending
///        └─rejected▶ answering (an error)  └─event stream▶ streaming
struct Connection {
    private enum State {
        case reading
        /// The handler has the request; with `later`, its answer comes by the mailbox.
        case answering
        case sending
        case streaming
        case lingering
    }

    /// What the answer depends on beside the response itself.
    struct Exchange {
        var method = Method.get
        var headers = Headers()
        var isVersion11 = true
        var keepsAlive = false
        /// The client asked for the end of the connection, so it sends no more (RFC 9112 §9.6).
        var isLast = false
    }

    private let limits: Limits
    private var parser: RequestParser
    private var state = State.reading
    private(set) var exchange = Exchange()
    /// When `timedOut` has to be called.
    private(set) var deadline: Int

    private var body: [UInt8] = []
    private var bodyBytes = 0
    private var isSpilled = false
    /// When the head at hand, then its body, began to come.
    private var began: Int?
    private var requests = 0
    private var isStopping = false

    init(limits: Limits, now: Int) {
        self.limits = limits
        parser = RequestParser(limits: limits)
        deadline = now + limits.idleTime.milliseconds
    }

    // MARK: Input

    enum Received {
        /// All input is used up.
        case wait
        /// The request at hand comes first: keep what is left of the input and call again when the state is back to reading.
        case pause
        case sendContinue
        /// The head of a request whose body is too large for memory: ask the handler before it is read.
        case weigh(Request, count: Int, expectsContinue: Bool)
        /// The next bytes of a body too large for memory.
        case spill([UInt8])
        /// Whole; where bytes were spilled, its body is the loop's file.
        case respond(Request)
        /// `OPTIONS *`.
        case describeServer
        case refuse(Status)
    }

    /// Call until `wait` or `pause`.
    mutating func receive(_ input: inout ArraySlice<UInt8>, now: Int) -> Received {
        switch state {
        case .reading: break
        case .answering, .sending: return .pause
        case .streaming, .lingering:
            input = []
            return .wait
        }
        var position = 0
        // What was read is taken off on every way out.
        defer { input = input.dropFirst(position) }
        while true {
            switch parser.next(input.span, &position) {
            case .needsMore:
                setReadDeadline(now)
                return .wait
            case .head:
                beginExchange(now)
                // RFC 9110 §10.1.1: not needed where the body is coming already.
                let expectsContinue = parser.head.expectsContinue && position == input.count
                if case .length(let count) = parser.head.framing, count > limits.bodyInMemory {
                    return .weigh(parser.head.request, count: count, expectsContinue: expectsContinue)
                }
                if expectsContinue { return .sendContinue }
            case .body(let place):
                let piece = input[input.startIndex + place.lowerBound..<input.startIndex + place.upperBound]
                bodyBytes += piece.count
                if isSpilled { return .spill(Array(piece)) }
                body += piece
                if bodyBytes > limits.bodyInMemory {
                    isSpilled = true
                    defer { body = [] }
                    return .spill(body)
                }
            case .end:
                return answer(now)
            case .rejected(let status):
                return .refuse(refuse(status, now))
            }
        }
    }

    private mutating func beginExchange(_ now: Int) {
        began = now
        requests += 1
        exchange.method = parser.head.request.method
        exchange.headers = parser.head.request.headers
        exchange.isVersion11 = parser.head.isVersion11
        exchange.keepsAlive = parser.head.keepsAlive && !isStopping && requests < limits.requestsPerConnection
        exchange.isLast = !parser.head.keepsAlive
    }

    /// The request at hand, where nobody knows how much is to come.
    var requestOfUnknownLength: Request? { parser.isInBody && parser.head.framing == .chunked ? parser.head.request : nil }

    /// A client that connected over the limit is refused without a request.
    mutating func refuse(_ status: Status, _ now: Int) -> Status {
        (exchange.keepsAlive, exchange.isLast) = (false, false)
        state = .answering
        deadline = now + limits.answerTime.milliseconds
        return status
    }

    private mutating func answer(_ now: Int) -> Received {
        let isServerWide = parser.head.isServerWide
        var request = parser.takeHead().request
        if !body.isEmpty { request.body = .bytes(body) }
        (body, bodyBytes, isSpilled, began) = ([], 0, false, nil)
        state = .answering
        deadline = now + limits.answerTime.milliseconds
        return isServerWide ? .describeServer : .respond(request)
    }

    private mutating func setReadDeadline(_ now: Int) {
        if parser.isInBody {
            // The allowance grows with what has come, so a large body may take its time and a dripping one may not.
            deadline = (began ?? now) + limits.bodyTime.milliseconds + bodyBytes * 1_000 / limits.bodyRate
        } else if !parser.isBetweenRequests {
            let began = began ?? now
            self.began = began
            deadline = began + limits.headerTime.milliseconds
        }
    }

    enum InputEnded {
        case close
        /// The client has closed its half only, and waits for what it asked for.
        case finish
        case refuse(Status)
    }

    mutating func inputEnded(now: Int) -> InputEnded {
        switch state {
        case .reading:
            if isBetweenRequests { return .close }
            // RFC 9112 §8: half a request is no request.
            return .refuse(refuse(.badRequest, now))
        case .answering, .sending: return .finish
        case .streaming, .lingering: return .close
        }
    }

    var isBetweenRequests: Bool { parser.isBetweenRequests }

    /// Whether bytes from the client are read now. While an answer is due they wait in the socket, so pipelining cannot fill our memory.
    var wantsInput: Bool {
        switch state {
        case .reading, .streaming, .lingering: true
        case .answering, .sending: false
        }
    }

    // MARK: Output

    /// Whether a response may be sent now: not so for the late answer of a request that was given up.
    mutating func beginSending(now: Int) -> Bool {
        guard case .answering = state else { return false }
        state = .sending
        deadline = now + limits.stalledTime.milliseconds
        return true
    }

    /// HTTP/1.0 finds the end of an event stream only so.
    mutating func closeAfterResponse() {
        exchange.keepsAlive = false
    }

    /// The head of an event stream is on its way.
    mutating func beginStreaming(now: Int) {
        state = .streaming
        deadline = now + limits.pingTime.milliseconds
    }

    /// The client has taken some of its response.
    mutating func progressed(now: Int) {
        if case .sending = state { deadline = now + limits.stalledTime.milliseconds }
    }

    enum Sent {
        case read
        case close
        /// Close our half and drop what comes in, so that the client can read its answer before a reset destroys it (RFC 9112 §9.6).
        case linger
        case nothing
    }

    /// All output has gone.
    mutating func sent(now: Int) -> Sent {
        switch state {
        case .reading, .answering, .lingering, .streaming: return .nothing
        case .sending: break
        }
        if exchange.keepsAlive {
            state = .reading
            // An idle connection holds no memory of what it did.
            exchange = Exchange()
            deadline = now + limits.idleTime.milliseconds
            return .read
        }
        if exchange.isLast { return .close }
        state = .lingering
        deadline = now + limits.lingerTime.milliseconds
        return .linger
    }

    // MARK: Time and end

    enum TimedOut {
        case close
        case refuse(Status)
        case ping
    }

    mutating func timedOut(hasOutput: Bool, now: Int) -> TimedOut {
        switch state {
        case .reading:
            // RFC 9110 §15.5.9. One that asked for nothing is told nothing.
            return isBetweenRequests ? .close : .refuse(refuse(.requestTimeout, now))
        case .answering:
            return .refuse(refuse(.serviceUnavailable, now))
        case .streaming where !hasOutput:
            deadline = now + limits.pingTime.milliseconds
            return .ping
        case .sending, .lingering, .streaming:
            return .close
        }
    }

    enum Stopped {
        /// Look for a request that has just come in; without one, close.
        case closeIfQuiet
        case finish
        case endStream
    }

    /// The server stops: what runs is finished, with `Connection: close`.
    mutating func stop(now: Int) -> Stopped {
        isStopping = true
        switch state {
        case .reading where isBetweenRequests: return .closeIfQuiet
        case .reading, .answering, .sending, .lingering:
            exchange.keepsAlive = false
            return .finish
        case .streaming:
            endStream(now: now)
            return .endStream
        }
    }

    /// The last of an event stream is on its way.
    mutating func endStream(now: Int) {
        state = .sending
        (exchange.keepsAlive, exchange.isLast) = (false, true)
        deadline = now + limits.stalledTime.milliseconds
    }
}

extension Duration {
    var milliseconds: Int {
        // Taken apart once: that is a division of 128 bits.
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
