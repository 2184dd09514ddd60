/// A body that is made piece by piece, each when the client has taken the one before: however long it is, one piece is in memory.
///
/// *Threading*: the maker is called on the loop and must not block; it answers from any thread, once for each call. *Ownership*: when the
/// client has gone it is not called again.
package struct Pieces: Sendable {
    package enum Piece: Sendable {
        /// Not empty.
        case bytes([UInt8])
        case end
        /// The rest cannot be made: the connection is broken off, so that the client does not take a part for the whole.
        case broken
    }

    let make: @Sendable (@escaping @Sendable (Piece) -> Void) -> Void

    package init(_ make: @escaping @Sendable (@escaping @Sendable (Piece) -> Void) -> Void) {
        self.make = make
    }
}

extension Loop {
    /// Asks for the next piece of the body, once all before has gone.
    func askForPiece(_ pieces: Pieces, for client: Client) {
        guard !client.isPieceDue else { return }
        client.isPieceDue = true
        let (mailbox, token) = (mailbox, client.token)
        client.connection.progressed(now: now)
        pieces.make { mailbox.post(.piece(token, $0)) }
    }

    func receive(_ piece: Pieces.Piece, for client: Client) {
        guard client.pieces != nil else { return }
        client.isPieceDue = false
        let isChunked = client.connection.exchange.isVersion11
        switch piece {
        case .bytes(let bytes):
            client.connection.progressed(now: now)
            // RFC 9112 §7.1.
            send(isChunked ? Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8) : bytes, to: client)
        case .end:
            client.pieces = nil
            send(isChunked ? EventStream.lastChunk : [], to: client)
        case .broken:
            close(client)
        }
    }
}
