/// The status line and header fields of one response, as bytes.
struct ResponseHead {
    enum Framing {
        /// 204 and 304 have no length (RFC 9110 §8.6).
        case none
        case length(Int)
        case chunked
        /// An event stream to HTTP/1.0.
        case untilClose
    }

    var status: Status
    var headers: Headers
    var framing: Framing

    /// Appends the head to `output`. What frames the message is the server's own: a handler's `Content-Length` is not sent.
    /// - Parameter common: sent as far as the response has no field of that name.
    func write(to output: inout [UInt8], for exchange: Connection.Exchange, date: [UInt8], common: Headers) {
        output += "HTTP/1.1 ".utf8
        output += String(status.code).utf8
        output.append(ASCII.space)
        output += status.reason.utf8
        output += "\r\nDate: ".utf8
        output += date
        output += "\r\n".utf8
        headers.write(to: &output, unless: Self.isOurs)
        common.write(to: &output) { Self.isOurs($0) || headers.has($0) }
        switch framing {
        case .none, .untilClose: break
        case .length(let count):
            output += "Content-Length: ".utf8
            output += String(count).utf8
            output += "\r\n".utf8
        case .chunked: output += "Transfer-Encoding: chunked\r\n".utf8
        }
        // RFC 9112 §9.3, §9.6.
        if !exchange.keepsAlive {
            output += "Connection: close\r\n".utf8
        } else if !exchange.isVersion11 {
            output += "Connection: keep-alive\r\n".utf8
        }
        output += "\r\n".utf8
    }

    private static func isOurs(_ name: Span<UInt8>) -> Bool {
        switch name.count {
        case 4: name.equalsIgnoringCase("date")
        case 10: name.equalsIgnoringCase("connection")
        case 14: name.equalsIgnoringCase("content-length")
        case 17: name.equalsIgnoringCase("transfer-encoding")
        default: false
        }
    }
}

extension Response {
    /// The server's own answer where no handler gave one.
    static func plain(_ status: Status) -> Response {
        text(status, "\(status.code) \(status.reason)\n")
    }
}
