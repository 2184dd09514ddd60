import Domain
import Foundation
import FoundationNetworking
import Synchronization

// The one file that knows URLSession, which on Linux is libcurl.
//
// - Its own time-outs do not hold there against a body that drips, so every call runs under a deadline of ours and is cancelled at it.
// - Left alone it follows redirects and takes the token along, so the delegate refuses each one.
// - On a kept connection libcurl sends a request again when the first try found the connection dead. A call that must not happen twice
//   gets a session of its own.
// - libcurl reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy` from the environment, and URLSession has no way to say
//   otherwise. An `http_proxy` would be asked for the sandbox on loopback as well, unless `no_proxy` names 127.0.0.1.
// - An HTTP/1.1 head that is cut off in its middle by an orderly close ends the program inside FoundationNetworking. HTTP/2, which the
//   service speaks, and the sandbox, whose head leaves in one piece, cannot do that; a reset or a cut body does no harm.

/// Sends requests. *Ownership*: its connections are closed when the last reference goes.
final class Transport: Sendable {
    struct Request: Sendable {
        let method: String
        let address: String
        let headers: [(name: String, value: String)]
        let body: [UInt8]?
        let deadline: Duration
        let onFreshConnection: Bool
    }

    enum Result: Sendable {
        /// A whole answer, of whatever status.
        case answer(status: Int, body: [UInt8])
        case notSent(reason: String)
        case unknown(reason: String)
    }

    /// More than a hundred scripts of 20,000 characters take, in any alphabet.
    static let largestBody = 16 << 20

    private let shared = Session()

    deinit {
        shared.close()
    }

    func send(_ request: Request) async -> Result {
        guard request.onFreshConnection else { return await shared.send(request) }
        let fresh = Session()
        defer { fresh.close() }
        return await fresh.send(request)
    }
}

/// One URLSession and the calls that run on it. While libcurl waits for a name server, each call into URLSession may block; they are all
/// made on a queue of their own, in order, so that no deadline depends on them.
private final class Session: Sendable {
    private let session: URLSession
    private let delegate = Delegate()
    private let queue = DispatchQueue(label: "TikTok.Session")

    init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCredentialStorage = nil
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
    }

    /// A session holds its delegate, and itself, until this is said.
    func close() {
        queue.async { [session] in session.invalidateAndCancel() }
    }

    func send(_ request: Transport.Request) async -> Transport.Result {
        guard !Task.isCancelled else { return .notSent(reason: "stopped before it was sent") }
        guard let url = URL(string: request.address) else { return .notSent(reason: "the address of the call is not valid") }
        var message = URLRequest(url: url)
        message.httpMethod = request.method
        for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
        message.httpBody = request.body.map { Data($0) }
        // Ours comes first; this one only keeps a lost task from staying for ever.
        message.timeoutInterval = 60

        let exchange = Exchange(hasBody: request.body != nil)
        queue.async { [session, delegate, message] in
            guard exchange.start() else { return }
            let task = session.dataTask(with: message)
            delegate.register(exchange, for: task)
            task.resume()
        }
        return await withTaskGroup(of: Void.self) { race in
            race.addTask { await self.end(exchange, at: request.deadline) }
            let result = await exchange.result()
            race.cancelAll()
            return result
        }
    }

    /// Ends the call at its deadline, or when its caller is cancelled. A request whose body is still here may have been held up by a
    /// firewall or a name server: if libcurl confirms within a second that it has let go of it, it was not sent.
    private func end(_ exchange: Exchange, at deadline: Duration) async {
        let reason: String
        do {
            try await Task.sleep(for: deadline)
            reason = "no answer within \(deadline.wholeSeconds) s"
        } catch {
            reason = "stopped before the answer came"
        }
        guard exchange.stop(reason) else { return }
        queue.async { [delegate] in delegate.cancel(exchange) }
        try? await Task.sleep(for: .seconds(1))
        exchange.settle(.unknown(reason: reason))
    }
}

/// The answer to one call as it comes in. It is settled once: by its last byte, a failure, the deadline or its caller's end.
private final class Exchange: Sendable {
    private struct State {
        var isStarted = false
        /// The request has a body, and libcurl has not yet asked for it. It asks once the connection stands and the head is sent, so
        /// until then the service cannot have taken the request in.
        var bodyIsHere: Bool
        var stopped: String?
        var body: [UInt8] = []
        var result: Transport.Result?
        var waiting: CheckedContinuation<Transport.Result, Never>?
    }

    private let hasBody: Bool
    private let state: Mutex<State>

    init(hasBody: Bool) {
        self.hasBody = hasBody
        state = Mutex(State(bodyIsHere: hasBody))
    }

    func result() async -> Transport.Result {
        await withCheckedContinuation { continuation in
            let settled = state.withLock { state -> Transport.Result? in
                if state.result == nil { state.waiting = continuation }
                return state.result
            }
            if let settled { continuation.resume(returning: settled) }
        }
    }

    /// Later ones do nothing.
    func settle(_ result: Transport.Result) {
        let waiting = state.withLock { state -> CheckedContinuation<Transport.Result, Never>? in
            guard state.result == nil else { return nil }
            state.result = result
            state.body = []
            return state.waiting.take()
        }
        waiting?.resume(returning: result)
    }

    /// - Returns: whether the call may still go out.
    func start() -> Bool {
        state.withLock { state in
            state.isStarted = state.result == nil
            return state.isStarted
        }
    }

    /// Settles what can be settled at once.
    /// - Returns: whether there is something to cancel.
    func stop(_ reason: String) -> Bool {
        let (isRunning, known) = state.withLock { state -> (Bool, Transport.Result?) in
            guard state.result == nil else { return (false, nil) }
            guard state.isStarted else { return (false, .notSent(reason: reason)) }
            state.stopped = reason
            return (true, state.bodyIsHere ? nil : .unknown(reason: reason))
        }
        if let known { settle(known) }
        return isRunning
    }

    func sentBody() {
        state.withLock { $0.bodyIsHere = false }
    }

    /// - Returns: whether more may come.
    func receive(_ data: Data) -> Bool {
        let fits = state.withLock { state in
            guard state.result == nil, state.body.count + data.count <= Transport.largestBody else { return false }
            state.body += data
            return true
        }
        if !fits { settle(.unknown(reason: "the answer was larger than 16 MiB")) }
        return fits
    }

    func finish(status: Int?, error: (any Error)?) {
        let (bodyIsHere, stopped, body) = state.withLock { ($0.bodyIsHere, $0.stopped, $0.body) }
        if error == nil, let status { return settle(.answer(status: status, body: body)) }
        if let stopped { return settle(bodyIsHere ? .notSent(reason: "\(stopped), nor a connection") : .unknown(reason: stopped)) }
        settle(failure(error as? URLError, bodyIsHere: bodyIsHere))
    }

    /// A failed TLS set-up has no code of its own on Linux (it is -1, like much else), and -1004 may be left over from an address that was
    /// tried before the one that answered. So for a request with a body it is the body that tells. One without changes nothing.
    private func failure(_ error: URLError?, bodyIsHere: Bool) -> Transport.Result {
        guard let error else { return .unknown(reason: "the connection failed") }
        // libcurl's own words: they name the host at most.
        let detail = "\(error.localizedDescription), \(error.code.rawValue)"
        return switch error.code {
        case .cannotFindHost: .notSent(reason: "the service's name could not be found (\(detail))")
        case .cannotConnectToHost where bodyIsHere || !hasBody: .notSent(reason: "no connection to the service (\(detail))")
        case _ where bodyIsHere: .notSent(reason: "no secure connection to the service (\(detail))")
        default: .unknown(reason: "the connection failed (\(detail))")
        }
    }
}

/// What URLSession reports, handed to the exchange it belongs to.
private final class Delegate: NSObject, URLSessionDataDelegate {
    private let running = Mutex<[Int: (exchange: Exchange, task: URLSessionTask)]>([:])

    func register(_ exchange: Exchange, for task: URLSessionTask) {
        running.withLock { $0[task.taskIdentifier] = (exchange, task) }
    }

    func cancel(_ exchange: Exchange) {
        running.withLock { $0.values.first { $0.exchange === exchange }?.task }?.cancel()
    }

    private func exchange(_ task: URLSessionTask) -> Exchange? {
        running.withLock { $0[task.taskIdentifier]?.exchange }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didSendBodyData bytesSent: Int64, totalBytesSent: Int64,
        totalBytesExpectedToSend: Int64
    ) {
        exchange(task)?.sentBody()
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        if exchange(dataTask)?.receive(data) != true { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let ended = running.withLock { $0.removeValue(forKey: task.taskIdentifier) }
        ended?.exchange.finish(status: (task.response as? HTTPURLResponse)?.statusCode, error: error)
    }

    /// The handler is left alone: called for a task that is being cancelled at that moment, it ends the program.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        exchange(task)?.finish(status: response.statusCode, error: nil)
        task.cancel()
    }

    /// On Linux a 401 that asks for a password comes here after its last byte, and default handling would leave the task hanging. There
    /// is no password to give, so this is the whole answer.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        exchange(task)?.finish(status: (challenge.failureResponse as? HTTPURLResponse)?.statusCode, error: nil)
        completionHandler(.cancelAuthenticationChallenge, nil)
    }
}
