import Glibc

/// How a loop reads: bytes go to the connection's state machine, and what it says is done.
extension Loop {
    func read(_ client: Client) {
        let count = recv(client.descriptor, &input, input.count, 0)
        if count > 0 {
            var bytes = input[..<count]
            process(&bytes, of: client)
        } else if count == 0 {
            client.inputEnded = true
            endInput(client)
        } else if errno != EAGAIN, errno != EINTR {
            close(client)
        }
    }

    /// Goes on with what the client sent behind a request that has been answered by now.
    func resume(_ client: Client) {
        if isOpen(client), client.connection.wantsInput {
            var backlog = client.backlog[...]
            client.backlog = []
            if !backlog.isEmpty { process(&backlog, of: client) } else if client.inputEnded { endInput(client) }
        }
        settle(client)
    }

    private func process(_ bytes: inout ArraySlice<UInt8>, of client: Client) {
        while isOpen(client) {
            switch client.connection.receive(&bytes, now: now) {
            case .wait:
                if client.inputEnded { endInput(client) }
                return
            case .pause:
                client.backlog = Array(bytes)
                return
            case .sendContinue:
                sendContinue(to: client)
            case .weigh(let request, let count, let expectsContinue):
                if !refuses(request, count: count, of: client), expectsContinue { sendContinue(to: client) }
            case .spill(let piece):
                spill(piece, of: client)
            case .respond(var request):
                request.peer = client.peer
                if let spool = client.spool { request.body = .file(path: spool.path, count: spool.count) }
                respond(to: client, handler.respond(to: request))
                // The usual end: one request has come, and no more.
                if bytes.isEmpty, !client.inputEnded { return }
            case .describeServer:
                respond(to: client, .aboutServer)
            case .refuse(let status):
                respond(to: client, handler.response(toRefused: status))
            }
        }
    }

    private func endInput(_ client: Client) {
        switch client.connection.inputEnded(now: now) {
        case .close: close(client)
        case .finish: break
        case .refuse(let status): respond(to: client, .plain(status))
        }
    }

    private func spill(_ piece: [UInt8], of client: Client) {
        if client.spool == nil {
            if let request = client.connection.requestOfUnknownLength, refuses(request, count: nil, of: client) { return }
            client.spool = spoolFolder.flatMap { Spool(folder: $0) }
        }
        // A full disk ends this request, not the server, and gives back what the request took of it.
        if client.spool?.append(piece) != true {
            client.spool = nil
            respond(to: client, handler.response(toRefused: client.connection.refuse(.insufficientStorage, now)))
        }
    }

    /// Whether the handler will not have this body, and has said so to the client.
    private func refuses(_ request: Request, count: Int?, of client: Client) -> Bool {
        var request = request
        request.peer = client.peer
        guard let refusal = handler.refusal(of: request, withBodyOf: count) else { return false }
        _ = client.connection.refuse(refusal.status, now)
        respond(to: client, refusal)
        return true
    }

    private func sendContinue(to client: Client) {
        send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: client)
    }
}
