// The request parser under libFuzzer (https://llvm.org/docs/LibFuzzer.html). Its own program, built from the sources of HTTP by `.ci/run`
// and not by the package: the whole of it has to be compiled for the fuzzer.

import Glibc

/// A request may come in any pieces, so the parser has to see the same in all of them. The first byte says how to cut; the rest is what a
/// client sends. A trap, a hang, a read outside the input (by the address sanitizer) or a difference is a find.
@_cdecl("LLVMFuzzerTestOneInput")
func parseOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let (cut, input) = (Int(bytes[0]), Array(bytes[1...]))
    // Small limits as well, so that they are met.
    for limits in [Limits(), Limits.small] {
        let whole = Seen([input], limits: limits)
        let inPieces = Seen(pieces(of: input, cut), limits: limits)
        precondition(whole == inPieces, "cut by \(cut), the parser sees something else")
        whole.check()
    }
    return 0
}

/// Writes the tests' requests into the corpus folder, the last argument, before the fuzzer reads it.
@_cdecl("LLVMFuzzerInitialize")
func writeCorpus(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
    guard let last = arguments.pointee[Int(count.pointee) - 1] else { return 0 }
    let folder = String(cString: last)
    for (number, request) in RequestTable.requests.enumerated() {
        let file = open("\(folder)/table-\(number)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { continue }
        let bytes = [UInt8(truncatingIfNeeded: number)] + Array(request.utf8)
        _ = write(file, bytes, bytes.count)
        close(file)
    }
    return 0
}

/// One byte each, two pieces, or pieces of one size.
private func pieces(of input: [UInt8], _ cut: Int) -> [[UInt8]] {
    switch cut {
    case 0: return input.map { [$0] }
    case 128...: return [Array(input.prefix(cut - 128)), Array(input.dropFirst(cut - 128))]
    case _: return stride(from: 0, to: input.count, by: cut).map { Array(input[$0..<min($0 + cut, input.count)]) }
    }
}

/// What the parser made of the input.
private struct Seen: Equatable {
    struct One: Equatable {
        var request: Request
        var isVersion11: Bool
        var framing: RequestHead.Framing
        var keepsAlive: Bool
        var body: [UInt8] = []
        var isWhole = false

        static func == (a: One, b: One) -> Bool {
            a.request.method == b.request.method && a.request.path == b.request.path && a.request.query == b.request.query
                && a.request.headers.fields.elementsEqual(b.request.headers.fields) { $0.name == $1.name && $0.value == $1.value }
                && a.isVersion11 == b.isVersion11 && a.framing == b.framing && a.keepsAlive == b.keepsAlive && a.body == b.body
                && a.isWhole == b.isWhole
        }
    }

    private var requests: [One] = []
    private var rejection: Int?
    private let limits: Limits

    /// Of several mistakes, the one that is found first, and so the status, depends on how far the input has come.
    static func == (a: Seen, b: Seen) -> Bool { a.requests == b.requests && (a.rejection == nil) == (b.rejection == nil) }

    init(_ pieces: [[UInt8]], limits: Limits) {
        self.limits = limits
        var parser = RequestParser(limits: limits)
        for piece in pieces {
            var position = 0
            events: while true {
                let before = position
                switch parser.next(piece.span, &position) {
                case .needsMore:
                    precondition(position == piece.count, "the parser waits with input left")
                    break events
                case .head:
                    let head = parser.head
                    requests.append(
                        One(request: head.request, isVersion11: head.isVersion11, framing: head.framing, keepsAlive: head.keepsAlive))
                case .body(let place):
                    precondition(place.lowerBound >= before && place.upperBound <= piece.count && !place.isEmpty, "a body out of place")
                    requests[requests.count - 1].body += piece[place]
                case .end:
                    _ = parser.takeHead()
                    requests[requests.count - 1].isWhole = true
                case .rejected(let status):
                    rejection = status.code
                    return
                }
            }
        }
    }

    /// What must hold of any request that gets past the parser.
    func check() {
        for one in requests {
            let request = one.request
            precondition(!request.path.contains { $0.utf8.contains(0) }, "a NUL in a path")
            precondition(!(request.query ?? "").utf8.contains { $0 <= 32 || $0 >= 127 }, "a control byte in a query")
            precondition(request.headers.count <= limits.headerFields, "too many fields")
            precondition(request.headers.values("Host").count <= 1, "two hosts")
            precondition(!one.isVersion11 || request.headers["Host"] != nil, "no host")
            precondition(one.body.count <= limits.body, "too long a body")
            if case .length(let count) = one.framing, one.isWhole { precondition(one.body.count == count, "a body of another length") }
            for field in request.headers.fields {
                precondition(!field.name.isEmpty && field.name.utf8.allSatisfy(ASCII.isToken), "a field name that is no token")
                precondition(field.value.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 9 }, "a control byte in a field")
            }
        }
    }
}

extension Limits {
    fileprivate static var small: Limits {
        var limits = Limits()
        (limits.target, limits.headerBytes, limits.headerFields, limits.chunkLine, limits.body) = (16, 64, 3, 8, 16)
        return limits
    }
}
