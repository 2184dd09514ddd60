import Glibc
import Synchronization

@testable import HTTP

/// A handler made of a closure; every event is its own message.
struct Site: Handler {
    var answer: @Sendable (Request) -> Response = { request in
        request.method == .options ? .allow([.get], for: request) : .text(.ok, "/" + request.path.joined(separator: "/"))
    }

    mutating func respond(to request: Request) -> Response { answer(request) }

    mutating func message(for event: String) -> ServerSentEvent? {
        event.isEmpty ? nil : ServerSentEvent(event: "news", data: event)
    }

    /// An owner's name is the event that ends their streams.
    mutating func keepsStream(of owner: String, after event: String) -> Bool { owner != event }
}

/// One loop, so that tests can count on what shares it.
func serve(
    loops: Int = 1, spool: String? = nil, limits: Limits = Limits(), headers: Headers = [:],
    _ answer: @escaping @Sendable (Request) -> Response = Site().answer
) throws -> Server<Site> {
    try Server(.init(loops: loops, limits: limits, spool: spool, headers: headers)) { Site(answer: answer) }
}

extension Limits {
    /// The usual limits, but for what the test is about.
    init(_ change: (inout Limits) -> Void) {
        self.init()
        change(&self)
    }
}

/// What a handler on another thread leaves for the test.
final class Collected<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    func add(_ value: Value) { values.withLock { $0.append(value) } }
    var all: [Value] { values.withLock { $0 } }
}

/// Whether it comes true within five seconds.
func eventually(_ condition: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while !condition() {
        if ContinuousClock.now - start > .seconds(5) { return false }
        usleep(1_000)
    }
    return true
}
