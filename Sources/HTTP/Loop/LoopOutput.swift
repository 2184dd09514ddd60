/// How a loop sends: head and body in one `send`, what the socket does not take when epoll says so, files piece by piece.
extension Loop {
    /// Bytes of a file read at a time. Nothing of it is kept for a slow client: what the socket did not take is read again.
    private static var piece: Int { 65_536 }
    /// Pieces in a row before the other clients have their turn.
    private static var piecesPerTurn: Int { 4 }

    func respond(to client: Client, _ response: consuming Response) {
        if case .later(let work) = response.body {
            let (mailbox, token) = (mailbox, client.token)
            work(Responder { mailbox.post(.answer(token, $0)) })
            return
        }
        if case .cut(let bytes, let isReset) = response.body {
            client.breakOff(after: bytes, isReset: isReset)
            close(client)
            return
        }
        guard client.connection.beginSending(now: now) else { return }
        var exchange = client.connection.exchange
        let prepared = PreparedResponse(response, for: exchange)
        if case .untilClose = prepared.head.framing {
            client.connection.closeAfterResponse()
            exchange.keepsAlive = false
        }
        scratch.removeAll(keepingCapacity: true)
        prepared.head.write(to: &scratch, for: exchange, date: clock.date(), common: headers)
        switch prepared.body {
        case .none: send(scratch, to: client)
        case .bytes(let bytes):
            scratch += bytes
            send(scratch, to: client)
        case .file(let file, let range): send(file, range, to: client)
        case .pieces(let pieces):
            client.pieces = pieces
            send(scratch, to: client)
        case .stream(let owner):
            client.connection.beginStreaming(now: now)
            streams.insert(client.token)
            client.streamOwner = owner
            send(scratch, to: client)
        }
        // A page may be large, but then it is rare: the room for it is not kept.
        if scratch.capacity > 4 * Self.piece { scratch = [] }
    }

    func send(_ bytes: [UInt8], to client: Client) {
        switch client.send(bytes) {
        case .all: finish(client)
        case .some: break
        case .broken: close(client)
        }
    }

    /// The head is in `scratch`; the first piece goes with it.
    private func send(_ file: OpenFile, _ range: Range<Int>, to client: Client) {
        let headCount = scratch.count
        guard file.read(min(Self.piece, range.count), at: range.lowerBound, into: &scratch),
            let sent = client.outputCount > 0 ? 0 : client.write(scratch[...])
        else {
            close(client)
            return
        }
        client.file = (file, range.dropFirst(max(0, sent - headCount)))
        if sent < headCount { client.keep(scratch[sent..<headCount]) }
        flush(client)
    }

    /// Sends what waits, as far as the socket takes it.
    func flush(_ client: Client) {
        var pieces = 0
        while true {
            let before = client.outputCount
            switch client.sendOutput() {
            case .broken:
                close(client)
                return
            case .some:
                if client.outputCount < before { client.connection.progressed(now: now) }
                return
            case .all: break
            }
            guard let (file, rest) = client.file, !rest.isEmpty else { break }
            guard pieces < Self.piecesPerTurn else { return }
            pieces += 1
            scratch.removeAll(keepingCapacity: true)
            guard file.read(min(Self.piece, rest.count), at: rest.lowerBound, into: &scratch), let sent = client.write(scratch[...]) else {
                close(client)
                return
            }
            if sent == 0 { return }
            client.connection.progressed(now: now)
            client.file = (file, rest.dropFirst(sent))
        }
        client.file = nil
        finish(client)
    }

    private func finish(_ client: Client) {
        if let pieces = client.pieces {
            askForPiece(pieces, for: client)
            return
        }
        switch client.connection.sent(now: now) {
        case .nothing: break
        case .read: client.spool = nil
        case .close: close(client)
        case .linger:
            client.spool = nil
            client.endOutput()
            if client.inputEnded { close(client) }
        }
    }

    // MARK: Event streams

    func broadcast(_ message: ServerSentEvent) {
        let piece = EventStream.encode(message)
        for token in streams {
            guard let client = client(token) else { continue }
            sendToStream(piece, client)
            settle(client)
        }
    }

    /// Ends the streams whose owners the handler no longer keeps.
    func endStreams(after event: any Sendable) {
        for token in streams {
            guard let client = client(token), let owner = client.streamOwner, !handler.keepsStream(of: owner, after: event) else {
                continue
            }
            client.connection.endStream(now: now)
            endStream(client)
            settle(client)
        }
    }

    /// A client that does not read is dropped: it fetches anew when it comes back.
    func sendToStream(_ piece: EventStream.Piece, _ client: Client) {
        let bytes = client.connection.exchange.isVersion11 ? piece.chunk : piece.plain
        if client.outputCount > 0, client.outputCount + bytes.count > limits.streamOutput {
            close(client)
        } else {
            send(bytes, to: client)
        }
    }

    func endStream(_ client: Client) {
        streams.remove(client.token)
        // RFC 9112 §7.1: so that the client can tell the end from a broken connection.
        send(client.connection.exchange.isVersion11 ? EventStream.lastChunk : [], to: client)
    }
}

extension Response {
    /// To `OPTIONS *` (RFC 9110 §9.3.7).
    static var aboutServer: Response {
        Response(.noContent, headers: ["Allow": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"])
    }
}
