import Dispatch
import HTTP

extension Fault {
    /// What is answered in place of `answer`.
    func spoil(_ answer: Response, now: Int64) -> Response {
        if case .later(let work) = answer.body {
            return .later { responder in
                work(Responder { Self.send(spoil($0, now: now), to: responder) })
            }
        }
        switch kind {
        case .code(let code, let message):
            return .envelope(Envelope.make(code, message, [:], now))
        case .status(let status):
            return .html(status, Array(Self.page.utf8))
        case .html:
            return .html(.ok, Array(Self.page.utf8))
        case .redirect:
            return Response(.found, headers: ["Location": "/elsewhere/"])
        case .empty:
            return answer.with([])
        case .truncated:
            return answer.with(Array(answer.bytes.prefix(answer.bytes.count / 2)))
        case .cutBody:
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(answer.bytes.count)\r\n\r\n"
            return Response(.ok, body: .cut(Array(head.utf8) + answer.bytes.prefix(answer.bytes.count / 2), reset: false))
        case .cutHead:
            return Response(.ok, body: .cut(Array("HTTP/1.1 200 OK\r\nContent-Le".utf8), reset: false))
        case .reset:
            return Response(.ok, body: .cut([], reset: true))
        case .late(let milliseconds):
            return .later { responder in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { responder.respond(answer) }
            }
        case .never:
            // Longer than any caller of manners waits, and not for ever: a connection that nobody closes would stay.
            return .later { responder in
                DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(600)) { responder.respond(answer) }
            }
        case .changed(let change):
            return answer.with(change.made(in: answer.bytes))
        }
    }

    /// An answer that is itself for later runs on, now that there is somebody to give it to.
    private static func send(_ response: Response, to responder: Responder) {
        if case .later(let work) = response.body { work(responder) } else { responder.respond(response) }
    }

    private static let page = "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1><p>Nothing behind this server answers.</p>\n"
}

extension Fault.Change {
    func made(in bytes: [UInt8]) -> [UInt8] {
        guard let json = try? JSONParser.parse(bytes, depth: 16) else { return bytes }
        return made(in: json).bytes
    }

    private func made(in answer: JSONValue) -> JSONValue {
        switch self {
        case .codeAsText: answer.changing("code") { if case .number(let digits) = $0 { .string(digits) } else { $0 } }
        case .numericIDs: answer.withNumericIDs
        case .dataAsObject: answer.changing("data") { $0.items?.first ?? $0 }
        case .dataAsArray: answer.changing("data") { $0.items == nil ? .array([$0]) : $0 }
        case .unknownStatus: answer.changing("data") { $0.changing("status") { _ in "POLISHING" } }
        case .failedStatus: answer.changing("data") { $0.changing("status") { _ in "FAILED" } }
        case .otherOrder: scripts(of: answer) { $0.reversed() }
        case .changedScript:
            scripts(of: answer) { list in
                guard let first = list.first else { return list }
                return [first.changing("script") { .string("Other words. \($0.text ?? "")") }] + list.dropFirst()
            }
        case .missingScript: scripts(of: answer) { Array($0.dropFirst()) }
        case .longScripts: words(of: answer) { String(String(repeating: "\($0) ", count: 20_000 / max(1, $0.count) + 1).prefix(20_000)) }
        case .emoji: words(of: answer) { "🏃🏽‍♀️🔦 \($0) 👩‍👩‍👧‍👦🇩🇪" }
        case .rightToLeft: words(of: answer) { "توقف عن المشي في الظلام \u{202E}\($0)\u{202C} שלום" }
        case .markup: words(of: answer) { "<script>alert(1)</script><b>\($0)</b> &amp; {{title}} \"'</textarea>" }
        }
    }

    private func scripts(of answer: JSONValue, _ change: ([JSONValue]) -> [JSONValue]) -> JSONValue {
        answer.changing("data") { data in data.changing("list") { .array(change($0.items ?? [])) } }
    }

    private func words(of answer: JSONValue, _ change: (String) -> String) -> JSONValue {
        scripts(of: answer) { list in
            list.map { script in script.changing("script") { .string(change($0.text ?? "")) } }
        }
    }
}

extension JSONValue {
    /// A copy with one member changed; the same when there is none.
    fileprivate func changing(_ name: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.name == name ? Member(name: name, value: change($0.value)) : $0 })
    }

    /// Every id that is all digits, at any depth, as a number.
    fileprivate var withNumericIDs: JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.map { member in
                    if member.name.hasSuffix("_id"), let digits = member.value.text, !digits.isEmpty, digits.allSatisfy(\.isWholeNumber) {
                        return Member(name: member.name, value: .number(digits))
                    }
                    return Member(name: member.name, value: member.value.withNumericIDs)
                })
        case .array(let items): .array(items.map(\.withNumericIDs))
        case .null, .bool, .number, .string: self
        }
    }
}

extension Response {
    fileprivate var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    fileprivate func with(_ bytes: [UInt8]) -> Response {
        var response = self
        response.body = .bytes(bytes)
        return response
    }
}
