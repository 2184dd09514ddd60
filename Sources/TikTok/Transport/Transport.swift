import Dispatch
import Glibc
import Synchronization

// Requests go out through libcurl's multi interface (https://curl.se/libcurl/c/libcurl-multi.html) on one thread of their own.
//
// - URLSession, which is libcurl as well on Linux, ends the program when an answer's head is cut off, costs 20 MB, and hides what was sent.
// - Every call has one deadline of ours, from its start to its last byte, whatever it hangs on: the name server, the TLS set-up, a body that drips.
// - Nothing is followed: a redirect would take the token along.
// - On a kept connection libcurl sends a request again when it found the connection dead. A call that must not happen twice leaves on a
//   connection of its own.
// - libcurl reads `https_proxy`, `all_proxy` and `no_proxy` from the environment. This computer is never asked for through a proxy.

/// Sends requests. *Threading*: any thread. *Ownership*: its thread and its connections end when the last reference goes.
final class Transport: Sendable {
    struct Request: Sendable {
        let method: Method
        let address: String
        let headers: [(name: String, value: String)]
        let deadline: Duration
        let onFreshConnection: Bool
        /// The address is one of this computer.
        let isLocal: Bool
    }

    enum Method: Sendable {
        case get
        case post([UInt8])
    }

    enum Result: Sendable {
        /// A whole answer, of whatever status.
        case answer(status: Int, body: [UInt8])
        case notSent(reason: String)
        case unknown(reason: String)
    }

    /// More than a hundred scripts of 20,000 characters take, in any alphabet.
    static let largestBody = 16 << 20

    private let orders = Orders()
    private let numbers = Atomic(0)

    init() {
        // The loop must not keep the transport, or neither would ever go.
        DispatchQueue(label: "TikTok.Transport").async { [orders] in
            TransferLoop(orders: orders).run()
        }
    }

    deinit {
        orders.post(.end)
    }

    /// Ends every call of which nothing has left.
    func cancelUnsent() {
        orders.post(.cancelUnsent)
    }

    /// A caller that is cancelled gets its answer at once: not sent if that is sure, else unknown.
    func send(_ request: Request) async -> Result {
        let number = numbers.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume(returning: .notSent(reason: "stopped before it was sent")) }
                orders.post(.begin(number, request, continuation))
                // A cancellation in between was told before there was anything to cancel.
                if Task.isCancelled { orders.post(.cancel(number)) }
            }
        } onCancel: {
            orders.post(.cancel(number))
        }
    }
}

/// What other threads want of the loop's: a queue, and a pipe that wakes it.
final class Orders: Sendable {
    enum Order: Sendable {
        case begin(Int, Transport.Request, CheckedContinuation<Transport.Result, Never>)
        case cancel(Int)
        case cancelUnsent
        case end
    }

    private let waiting = Mutex<[Order]>([])
    /// Readable when there are orders; -1 when no pipe could be made, and then the loop looks every 50 ms.
    let alarm: Int32
    private let bell: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
        }
        (alarm, bell) = (ends[0], ends[1])
    }

    deinit {
        close(alarm)
        close(bell)
    }

    func post(_ order: Order) {
        waiting.withLock { $0.append(order) }
        var byte: UInt8 = 0
        write(bell, &byte, 1)
    }

    func take() -> [Order] {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(alarm, &bytes, 16) > 0 {}
        return waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
