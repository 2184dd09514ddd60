/// Requests out of bytes, however they were cut on the way. No I/O: bytes go in, events come out; where the two RFCs leave a choice, the
/// strict one is taken, since a lenient reading is what request smuggling lives on (RFC 9112 §11.2).
///
/// A line is checked as it comes in, so a client that sends nonsense hears of it at once and not at a deadline.
struct RequestParser {
    enum Event {
        /// All input is used up.
        case needsMore
        /// The head is whole and sound, and stands in `head`; the body follows.
        case head
        /// Where the next bytes of the body stand in the input.
        case body(Range<Int>)
        /// The request is whole: take it. What is left of the input belongs to the next one.
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
    /// Of the request at hand. It stays where it is, and events do not carry it: it is large, and would be moved at every step.
    private(set) var head = RequestHead()
    /// What earlier input held of a line that has not ended yet.
    private var line: [UInt8] = []
    private var emptyLines = 0
    /// Bytes of the header fields, then of the trailer fields.
    private var fieldBytes = 0
    private var trailerFields = 0
    private var bodyBytes = 0

    init(limits: Limits) {
        self.limits = limits
    }

    /// Between the events `head` and `end`.
    var isInBody: Bool {
        switch state {
        case .fixed, .chunkSize, .chunk, .chunkEnd, .trailers: true
        case .requestLine, .fields, .failed: false
        }
    }

    /// The head of the request that is whole. The parser keeps nothing of it.
    mutating func takeHead() -> RequestHead {
        var taken = RequestHead()
        swap(&taken, &head)
        return taken
    }

    /// Nothing of a request has come yet.
    var isBetweenRequests: Bool {
        if case .requestLine = state { line.isEmpty } else { false }
    }

    /// The next event; call until `needsMore` or `rejected`. Reads on from `position` and moves it behind what it has read. A span, and
    /// not a slice, since a head has many small parts, and counting references to each would take longer than reading them.
    mutating func next(_ input: Span<UInt8>, _ position: inout Int) -> Event {
        do throws(Rejection) {
            while true {
                if let event = try step(input, &position) { return event }
            }
        } catch {
            state = .failed(error.status)
            return .rejected(error.status)
        }
    }

    private mutating func step(_ input: Span<UInt8>, _ position: inout Int) throws(Rejection) -> Event? {
        switch state {
        case .fixed(let remaining):
            if remaining == 0 { return finish() }
            guard let piece = take(input, &position, remaining) else { return .needsMore }
            state = .fixed(remaining: remaining - piece.count)
            return .body(piece)
        case .chunk(let remaining):
            guard let piece = take(input, &position, remaining) else { return .needsMore }
            state = piece.count == remaining ? .chunkEnd : .chunk(remaining: remaining - piece.count)
            return .body(piece)
        case .failed(let status):
            throw Rejection(status)
        case .requestLine, .fields, .chunkSize, .chunkEnd, .trailers:
            let start = position
            guard let end = try Self.lineEnd(in: input, &position, afterReturn: line.last == ASCII.carriageReturn) else {
                try keep(input.extracting(start..<position))
                return .needsMore
            }
            if line.isEmpty { return try read(line: input.extracting(start..<end - 2)) }
            try keep(input.extracting(start..<end))
            let whole = line
            line = []
            return try read(line: whole.span.extracting(first: whole.count - 2))
        }
    }

    /// - Parameter line: without its CRLF.
    private mutating func read(line: Span<UInt8>) throws(Rejection) -> Event? {
        guard line.count <= lineLimit.bytes else { throw Rejection(lineLimit.status) }
        switch state {
        case .requestLine:
            if line.isEmpty {
                // RFC 9112 §2.2: an empty line before a request is ignored.
                emptyLines += 1
                guard emptyLines <= limits.emptyLines else { throw Rejection(.badRequest) }
                return nil
            }
            try head.begin(with: line, limits: limits)
            state = .fields
        case .fields:
            if line.isEmpty { return try startBody() }
            fieldBytes += line.count + 2
            guard head.request.headers.count < limits.headerFields else { throw Rejection(.headerFieldsTooLarge) }
            try head.append(field: line)
        case .chunkSize:
            let size = try ChunkSize(line).value
            // Compared by what is left, so that no sum can overflow.
            guard size <= limits.body - bodyBytes else { throw Rejection(.contentTooLarge) }
            bodyBytes += size
            state = size == 0 ? .trailers : .chunk(remaining: size)
        case .chunkEnd:
            // RFC 9112 §7.1: chunk data is followed by CRLF and nothing else.
            guard line.isEmpty else { throw Rejection(.badRequest) }
            state = .chunkSize
        case .trailers:
            if line.isEmpty { return finish() }
            // RFC 9110 §6.5.1: trailer fields are checked, then dropped; none of ours may come that late.
            _ = try RequestHead.split(field: line)
            fieldBytes += line.count + 2
            trailerFields += 1
            guard trailerFields <= limits.headerFields else { throw Rejection(.headerFieldsTooLarge) }
        case .fixed, .chunk, .failed: break
        }
        return nil
    }

    /// What the line at hand may have, and what it means if it has more.
    private var lineLimit: (bytes: Int, status: Status) {
        switch state {
        case .requestLine: (limits.target + RequestHead.besideTarget, .uriTooLong)
        case .fields, .trailers: (limits.headerBytes - fieldBytes, .headerFieldsTooLarge)
        case .chunkSize: (limits.chunkLine, .badRequest)
        case .chunkEnd, .fixed, .chunk, .failed: (0, .badRequest)
        }
    }

    private mutating func startBody() throws(Rejection) -> Event {
        fieldBytes = 0
        try head.finish(limits: limits)
        switch head.framing {
        case .none: state = .fixed(remaining: 0)
        case .length(let count): state = .fixed(remaining: count)
        case .chunked: state = .chunkSize
        }
        return .head
    }

    private mutating func finish() -> Event {
        (state, emptyLines, fieldBytes, trailerFields, bodyBytes) = (.requestLine, 0, 0, 0, 0)
        return .end
    }

    private func take(_ input: Span<UInt8>, _ position: inout Int, _ count: Int) -> Range<Int>? {
        guard position < input.count else { return nil }
        let piece = position..<min(input.count, position + count)
        position = piece.upperBound
        return piece
    }

    /// Part of a line that has not ended in this input, or not begun.
    private mutating func keep(_ part: Span<UInt8>) throws(Rejection) {
        part.withUnsafeBufferPointer { line.append(contentsOf: $0) }
        let lineEnd = line.last == ASCII.lineFeed ? 2 : line.last == ASCII.carriageReturn ? 1 : 0
        guard line.count - lineEnd <= lineLimit.bytes else { throw Rejection(lineLimit.status) }
    }

    /// The position behind the line feed, or nil, with the position at the end, where the line does not end here. RFC 9112 §2.2 lets a
    /// server take a bare LF for a line end; we do not, nor a bare CR, nor any control byte but the tab.
    private static func lineEnd(in bytes: Span<UInt8>, _ position: inout Int, afterReturn: Bool) throws(Rejection) -> Int? {
        var afterReturn = afterReturn
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte >= ASCII.space, byte != ASCII.delete, !afterReturn { continue }
            switch byte {
            case ASCII.lineFeed where afterReturn: return position
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
