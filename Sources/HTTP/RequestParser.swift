/// Requests out of bytes, however they were cut on the way. No I/O: bytes go in, events come out; where the two RFCs leave a choice, the
/// strict one is taken, since a lenient reading is what request smuggling lives on (RFC 9112 §11.2).
///
/// A line is checked as it comes in, so a client that sends nonsense hears of it at once and not at a deadline.
struct RequestParser {
    enum Event {
        /// All input is used up.
        case needsMore
        /// The head is whole and sound; the body follows.
        case head(RequestHead)
        case body(ArraySlice<UInt8>)
        /// The request is whole. What is left of the input belongs to the next one.
        case end
        /// No request can be found in this connection any more: answer, and close it.
        case rejected(Status)
    }

    private enum State {
        case requestLine
        case fields
        case fixed(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailers
        case failed(Status)
    }

    private let limits: Limits
    private var state = State.requestLine
    private var head = RequestHead()
    /// What earlier input held of a line that has not ended yet.
    private var line: [UInt8] = []
    private var emptyLines = 0
    /// Bytes of the head, then of the trailer section.
    private var fieldBytes = 0
    private var trailerFields = 0
    private var bodyBytes = 0

    init(limits: Limits) {
        self.limits = limits
    }

    /// Nothing of a request has come yet.
    var isBetweenRequests: Bool {
        if case .requestLine = state { line.isEmpty } else { false }
    }

    /// The next event; call until `needsMore` or `rejected`. Takes what it has read off the front of `input`.
    mutating func next(_ input: inout ArraySlice<UInt8>) -> Event {
        do throws(Rejection) {
            while true {
                if let event = try step(&input) { return event }
            }
        } catch {
            state = .failed(error.status)
            return .rejected(error.status)
        }
    }

    private mutating func step(_ input: inout ArraySlice<UInt8>) throws(Rejection) -> Event? {
        switch state {
        case .requestLine:
            guard let line = try takeLine(&input, upTo: limits.target + RequestHead.besideTarget, else: .uriTooLong) else {
                return .needsMore
            }
            if line.isEmpty {
                // RFC 9112 §2.2: an empty line before a request is ignored. Some, not any number of them.
                emptyLines += 1
                guard emptyLines <= 4 else { throw Rejection(.badRequest) }
                return nil
            }
            head = try RequestHead(requestLine: line, limits: limits)
            fieldBytes = line.count
            state = .fields
        case .fields:
            guard let line = try takeField(&input) else { return .needsMore }
            if line.isEmpty {
                try head.finish(limits: limits)
                startBody()
                return .head(head)
            }
            guard head.request.headers.count < limits.headerFields else { throw Rejection(.headerFieldsTooLarge) }
            try head.append(field: line)
        case .fixed(let remaining):
            if remaining == 0 { return finish() }
            guard !input.isEmpty else { return .needsMore }
            let piece = take(&input, remaining)
            state = .fixed(remaining: remaining - piece.count)
            return .body(piece)
        case .chunkSize:
            guard let line = try takeLine(&input, upTo: limits.chunkLine, else: .badRequest) else { return .needsMore }
            let size = try ChunkSize(line).value
            // Compared by what is left, so that no sum can overflow.
            guard size <= limits.body - bodyBytes else { throw Rejection(.contentTooLarge) }
            bodyBytes += size
            state = size == 0 ? .trailers : .chunk(remaining: size)
        case .chunk(let remaining):
            guard !input.isEmpty else { return .needsMore }
            let piece = take(&input, remaining)
            state = piece.count == remaining ? .chunkEnd : .chunk(remaining: remaining - piece.count)
            return .body(piece)
        case .chunkEnd:
            // RFC 9112 §7.1: chunk data is followed by CRLF and nothing else.
            guard let line = try takeLine(&input, upTo: 0, else: .badRequest) else { return .needsMore }
            guard line.isEmpty else { throw Rejection(.badRequest) }
            state = .chunkSize
        case .trailers:
            guard let line = try takeField(&input) else { return .needsMore }
            if line.isEmpty { return finish() }
            // RFC 9110 §6.5.1: trailer fields are checked, then dropped; none of ours may come that late.
            _ = try RequestHead.split(field: line)
            trailerFields += 1
            guard trailerFields <= limits.headerFields else { throw Rejection(.headerFieldsTooLarge) }
        case .failed(let status):
            throw Rejection(status)
        }
        return nil
    }

    private mutating func startBody() {
        fieldBytes = 0
        switch head.framing {
        case .none: state = .fixed(remaining: 0)
        case .length(let count): state = .fixed(remaining: count)
        case .chunked: state = .chunkSize
        }
    }

    private mutating func finish() -> Event {
        self = RequestParser(limits: limits)
        return .end
    }

    private func take(_ input: inout ArraySlice<UInt8>, _ count: Int) -> ArraySlice<UInt8> {
        let piece = input.prefix(count)
        input = input[piece.endIndex...]
        return piece
    }

    private mutating func takeField(_ input: inout ArraySlice<UInt8>) throws(Rejection) -> ArraySlice<UInt8>? {
        let line = try takeLine(&input, upTo: limits.headerBytes - fieldBytes, else: .headerFieldsTooLarge)
        fieldBytes += (line?.count ?? 0) + 2
        return line
    }

    /// The next line without its CRLF, or nil while it has not ended.
    private mutating func takeLine(
        _ input: inout ArraySlice<UInt8>, upTo limit: Int, else tooLong: Status
    ) throws(Rejection) -> ArraySlice<UInt8>? {
        guard let lineFeed = try Self.lineFeed(in: input, afterReturn: line.last == ASCII.carriageReturn) else {
            line += input
            input = []
            guard line.count <= limit + 1 else { throw Rejection(tooLong) }
            return nil
        }
        var whole = input[...lineFeed]
        input = input[(lineFeed + 1)...]
        if !line.isEmpty {
            whole = (line + whole)[...]
            line = []
        }
        guard whole.count <= limit + 2 else { throw Rejection(tooLong) }
        return whole.dropLast(2)
    }

    /// Where the line ends. RFC 9112 §2.2 lets a server take a bare LF for a line end; we do not, nor a bare CR, nor any control byte
    /// but the tab.
    private static func lineFeed(in input: ArraySlice<UInt8>, afterReturn: Bool) throws(Rejection) -> Int? {
        var afterReturn = afterReturn
        let bytes = input.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= ASCII.space, byte != ASCII.delete, !afterReturn { continue }
            switch byte {
            case ASCII.lineFeed where afterReturn: return input.startIndex + index
            case ASCII.carriageReturn where !afterReturn: afterReturn = true
            case ASCII.tab where !afterReturn: break
            default: throw Rejection(.badRequest)
            }
        }
        return nil
    }
}

/// Why no request can be made of the bytes, as the status that the client is told.
struct Rejection: Error {
    let status: Status

    init(_ status: Status) {
        self.status = status
    }
}
