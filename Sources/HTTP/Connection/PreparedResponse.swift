/// A response made fit for one request: conditions and ranges applied, the head complete, the body known by length.
struct PreparedResponse {
    enum Body {
        case none
        case bytes([UInt8])
        case file(OpenFile, Range<Int>)
        case pieces(Pieces)
        case stream(owner: String?)
    }

    private(set) var head: ResponseHead
    private(set) var body = Body.none

    init(_ response: consuming Response, for exchange: Connection.Exchange) {
        head = ResponseHead(status: response.status, headers: response.headers, framing: .length(0))
        guard response.headers.areSafe else {
            self = PreparedResponse(.plain(.internalServerError), for: exchange)
            return
        }
        switch response.body {
        case .none, .later, .cut: break
        case .bytes(let bytes): settle(bytes, exchange)
        case .file(let path):
            guard let file = OpenFile(path: path) else {
                self = PreparedResponse(.plain(.notFound), for: exchange)
                return
            }
            settle(file, exchange)
        case .pieces(let pieces):
            head.framing = exchange.isVersion11 ? .chunked : .untilClose
            body = .pieces(pieces)
        case .stream(let owner):
            for (name, value) in EventStream.fields { head.headers[name] = value }
            head.framing = exchange.isVersion11 ? .chunked : .untilClose
            body = .stream(owner: owner)
        }
        if head.status == .noContent || head.status == .notModified {
            head.framing = .none
            body = .none
        }
        // RFC 9110 §9.3.2: the head that GET would have had.
        if exchange.method == .head { body = .none }
    }

    private mutating func settle(_ bytes: [UInt8], _ exchange: Connection.Exchange) {
        head.framing = .length(bytes.count)
        body = .bytes(bytes)
        guard head.status == .ok else { return }
        // What a handler says of its bytes holds for conditions as well; ranges are sent of what it offers them for.
        let modified = head.headers["Last-Modified"].flatMap(HTTPDate.init)
        let size = head.headers["Accept-Ranges"] == "bytes" ? bytes.count : nil
        apply(
            Condition(method: exchange.method, headers: exchange.headers, tag: head.headers["ETag"], modified: modified, size: size),
            size: bytes.count, exchange
        ) { .bytes(Array(bytes[$0])) }
    }

    private mutating func settle(_ file: OpenFile, _ exchange: Connection.Exchange) {
        head.framing = .length(file.size)
        body = .file(file, 0..<file.size)
        guard head.status == .ok else { return }
        let tag = head.headers["ETag"] ?? file.tag
        head.headers["ETag"] = tag
        head.headers["Last-Modified"] = file.modified.text
        head.headers["Accept-Ranges"] = "bytes"
        apply(
            Condition(method: exchange.method, headers: exchange.headers, tag: tag, modified: file.modified, size: file.size),
            size: file.size, exchange
        ) { .file(file, $0) }
    }

    private mutating func apply(_ condition: Condition, size: Int, _ exchange: Connection.Exchange, part: (Range<Int>) -> Body) {
        switch condition {
        case .whole: break
        case .notModified: head.status = .notModified
        case .part(let range):
            head.status = .partialContent
            head.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            head.framing = .length(range.count)
            body = part(range)
        case .unsatisfiable:
            self = PreparedResponse(.plain(.rangeNotSatisfiable), for: exchange)
            head.headers["Content-Range"] = "bytes */\(size)"
        }
    }
}
