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
        /// A redirect to another place of this server (HTTP 302).
        case redirect
        /// An answer without a body.
        case empty
        /// The first half of the answer, as if that were all.
        case truncated
        /// The whole head, half the body, and then the connection's end.
        case cutBody
        /// Half a head, and then the connection's end.
        case cutHead
        /// The connection is reset (RFC 9293 §3.5.2).
        case reset
        /// The answer, this many milliseconds late.
        case late(Int)
        /// Nothing, for as long as the caller waits.
        case never
        /// The answer, its content changed.
        case changed(Change)
    }

    /// What is different in an answer that is whole otherwise.
    package enum Change: String, Sendable, CaseIterable {
        /// `"code":"0"` for `"code":0`
        case codeAsText = "code_as_text"
        /// Numbers for the ids.
        case numericIDs = "numeric_ids"
        /// `data` is an object where an array is usual, and the other way round.
        case dataAsObject = "data_as_object"
        case dataAsArray = "data_as_array"
        /// A status that no documentation names.
        case unknownStatus = "unknown_status"
        /// A task that ends as FAILED, whatever scripts it has brought.
        case failedStatus = "failed_status"
        /// The scripts in the opposite order.
        case otherOrder = "other_order"
        /// The first script under its old id, with other words.
        case changedScript = "changed_script"
        /// The first script is not there.
        case missingScript = "missing_script"
        /// What scripts are made of: 20,000 characters, emoji, right-to-left text, markup.
        case longScripts = "long_scripts"
        case emoji
        case rightToLeft = "right_to_left"
        case markup
    }

    /// Where; nil for every endpoint.
    package var endpoint: Endpoint?
    package var kind: Kind
    /// How many calls go right before it.
    package var after: Int
    /// How many calls.
    package var times: Int
    /// Whether the call is carried out, so that only its answer is lost. Always so where the answer itself is used.
    package var isDone: Bool

    package init(_ kind: Kind, on endpoint: Endpoint? = nil, after: Int = 0, times: Int = 1, isDone: Bool = false) {
        self.endpoint = endpoint
        self.kind = kind
        self.after = after
        self.times = times
        self.isDone =
            switch kind {
            case .truncated, .cutBody, .late, .changed: true
            case .code, .status, .html, .redirect, .empty, .cutHead, .reset, .never: isDone
            }
    }
}

extension Fault {
    private static let statuses: [Status] = [
        .badRequest, .forbidden, .notFound, .internalServerError, .badGateway, .serviceUnavailable,
    ]

    /// `{"endpoint": "create", "kind": "code", "code": 40100, "times": 2}`: `endpoint` absent for every one; `kind` one of `code` (`code`,
    /// `message`), `status` (`status`, such as 502), `html`, `redirect`, `empty`, `truncated`, `cut_body`, `cut_head`, `reset`, `late`
    /// (`milliseconds`), `never` and the words of `Change`; `after` how many calls go right before; `done` whether the call is carried out.
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
        case "redirect": kind = .redirect
        case "empty": kind = .empty
        case "truncated": kind = .truncated
        case "cut_body": kind = .cutBody
        case "cut_head": kind = .cutHead
        case "reset": kind = .reset
        case "late": kind = .late(Int(try number("milliseconds", 0...600_000)))
        case "never": kind = .never
        case let word:
            guard let change = word.flatMap(Change.init(rawValue:)) else {
                let words = "code, status, html, redirect, empty, truncated, cut_body, cut_head, reset, late, never"
                let changes = Change.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal(.wrongParameter, "kind: it must be one of \(words), \(changes).")
            }
            kind = .changed(change)
        }
        var endpoint: Endpoint?
        if let name = json["endpoint"] {
            endpoint = Endpoint(rawValue: name.text ?? "")
            guard endpoint != nil else { throw Refusal(.wrongParameter, "endpoint: it must be upload, create, get or list.") }
        }
        self.init(
            kind, on: endpoint, after: Int(try number("after", 0...1_000_000, default: 0)),
            times: Int(try number("times", 1...1_000_000, default: 1)), isDone: json["done"] == .bool(true))
    }

    /// From the command line.
    package init(json text: String) throws(SandboxError) {
        do {
            self = try Fault(try JSONParser.parse(Array(text.utf8), depth: 4))
        } catch let refusal as Refusal {
            throw SandboxError("a fault cannot be set: \(refusal.message)")
        } catch {
            throw SandboxError("a fault cannot be set: it is not JSON such as {\"kind\":\"html\"}")
        }
    }
}
