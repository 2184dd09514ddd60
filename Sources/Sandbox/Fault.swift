import Dispatch
import HTTP

/// One way for calls to go wrong, as the service and what stands before it do.
package struct Fault: Sendable {
    package enum Kind: Sendable, Equatable {
        /// An envelope with this code and message.
        case code(Int64, message: String)
        /// The HTTP status, with the error page of a proxy.
        case status(Status)
        /// A page in place of the envelope, under HTTP 200.
        case html
        case empty
        /// The first half of the answer.
        case truncated
        /// The answer with `"code":"0"` for `"code":0`.
        case codeAsText
        /// The answer, this many milliseconds late.
        case late(Int)
    }

    /// Where; nil for every endpoint.
    package var endpoint: Endpoint?
    package var kind: Kind
    /// How many calls.
    package var times: Int
    /// Whether the call is carried out, so that only its answer is lost. Always so where the answer itself is used.
    package var isDone: Bool

    package init(_ kind: Kind, on endpoint: Endpoint? = nil, times: Int = 1, isDone: Bool = false) {
        self.endpoint = endpoint
        self.kind = kind
        self.times = times
        self.isDone =
            switch kind {
            case .truncated, .codeAsText, .late: true
            case .code, .status, .html, .empty: isDone
            }
    }

    /// What is answered in place of `answer`.
    func spoil(_ answer: Response, now: Int64) -> Response {
        if case .later(let work) = answer.body {
            return .later { responder in
                work(Responder { Self.send(spoil($0, now: now), to: responder) })
            }
        }
        var spoiled = answer
        switch kind {
        case .code(let code, let message):
            return .envelope(Envelope.make(code, message, [:], now))
        case .status(let status):
            return .html(status, Array(Self.page.utf8))
        case .html:
            return .html(.ok, Array(Self.page.utf8))
        case .empty:
            spoiled.body = .bytes([])
        case .truncated:
            let bytes = answer.bytes
            spoiled.body = .bytes(Array(bytes.prefix(bytes.count / 2)))
        case .codeAsText:
            spoiled.body = .bytes(Self.withCodeAsText(answer.bytes))
        case .late(let milliseconds):
            return .later { responder in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { responder.respond(answer) }
            }
        }
        return spoiled
    }

    /// An answer that is itself for later runs on, now that there is somebody to give it to.
    private static func send(_ response: Response, to responder: Responder) {
        if case .later(let work) = response.body { work(responder) } else { responder.respond(response) }
    }

    private static let page = "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1><p>Nothing behind this server answers.</p>\n"

    private static func withCodeAsText(_ bytes: [UInt8]) -> [UInt8] {
        guard let json = try? JSONParser.parse(bytes, depth: 16), case .object(let members) = json else { return bytes }
        let changed = members.map { member -> JSONValue.Member in
            guard member.name == "code", case .number(let digits) = member.value else { return member }
            return JSONValue.Member(name: "code", value: .string(digits))
        }
        return JSONValue.object(changed).bytes
    }
}

extension Fault {
    private static let statuses: [Status] = [
        .badRequest, .forbidden, .notFound, .internalServerError, .badGateway, .serviceUnavailable,
    ]

    /// `{"endpoint": "create", "kind": "code", "code": 40100, "times": 2}`: `endpoint` absent for every one, `kind` one of `code` (`code`,
    /// `message`), `status` (`status`, such as 502), `html`, `empty`, `truncated`, `code_as_text`, `late` (`milliseconds`); `done` whether the call is
    /// carried out.
    init(_ json: JSONValue) throws(Refusal) {
        func number(_ name: String, _ range: ClosedRange<Int64>, default standard: Int64? = nil) throws(Refusal) -> Int64 {
            if json[name] == nil, let standard { return standard }
            guard let number = json[name]?.integer, range.contains(number) else {
                throw Refusal(.wrongParameter, "\(name): it must be an integer from \(range.lowerBound) to \(range.upperBound).")
            }
            return number
        }
        let kind: Kind
        switch json["kind"]?.text {
        case "code":
            kind = .code(try number("code", 0...Int64.max), message: json["message"]?.text ?? "The sandbox was told to answer this code.")
        case "status":
            let code = try number("status", 200...599)
            guard let status = Self.statuses.first(where: { $0.code == code }) else {
                throw Refusal(
                    .wrongParameter, "status: it must be one of \(Self.statuses.map { String($0.code) }.joined(separator: ", ")).")
            }
            kind = .status(status)
        case "html": kind = .html
        case "empty": kind = .empty
        case "truncated": kind = .truncated
        case "code_as_text": kind = .codeAsText
        case "late": kind = .late(Int(try number("milliseconds", 0...600_000)))
        default: throw Refusal(.wrongParameter, "kind: it must be code, status, html, empty, truncated, code_as_text or late.")
        }
        var endpoint: Endpoint?
        if let name = json["endpoint"] {
            endpoint = Endpoint(rawValue: name.text ?? "")
            guard endpoint != nil else { throw Refusal(.wrongParameter, "endpoint: it must be upload, create, get or list.") }
        }
        self.init(kind, on: endpoint, times: Int(try number("times", 1...1_000_000, default: 1)), isDone: json["done"] == .bool(true))
    }
}

extension Response {
    fileprivate var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }
}
