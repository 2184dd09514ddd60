/// The wire form of an event stream (WHATWG HTML §9.2.5).
enum EventStream {
    static let fields = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")]

    /// A comment: it says that the server lives, and finds out whether the client does.
    static let ping = Array(":\n\n".utf8)

    /// A line break in the data begins a `data` line of its own, and comes out as a line feed. One in the event name would end the field,
    /// so it is left out.
    static func encode(_ message: ServerSentEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        let event = message.event.utf8.filter { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn }
        if !event.isEmpty { bytes += "event: ".utf8 + event + "\n".utf8 }
        var afterReturn = false
        bytes += "data: ".utf8
        for byte in message.data.utf8 {
            if byte == ASCII.lineFeed, afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = byte == ASCII.carriageReturn
            if byte == ASCII.lineFeed || afterReturn { bytes += "\ndata: ".utf8 } else { bytes.append(byte) }
        }
        bytes += "\n\n".utf8
        return bytes
    }

    /// RFC 9112 §7.1.
    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    static let lastChunk = Array("0\r\n\r\n".utf8)
}
