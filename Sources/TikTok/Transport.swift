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

/// One URLSession and the calls that run on it.
private final class Session: Sendable {
    private let session: URLSession
    private let delegate = Delegate()

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
        session.invalidateAndCancel()
    }

    func send(_ request: Transport.Request) async -> Transport.Result {
        guard !Task.isCancelled, let url = URL(string: request.address) else {
            return .notSent(reason: "stopped before it was sent")
        }
        var message = URLRequest(url: url)
        message.httpMethod = request.method
        for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
        message.httpBody = request.body.map { Data($0) }
        // Ours comes first; this one only keeps a lost task from staying for ever.
        message.timeoutInterval = 60

        let task = session.dataTask(with: message)
        let exchange = Exchange()
        delegate.register(exchange, for: task)
        defer { delegate.forget(task) }
        task.resume()
        let result = await withTaskGroup(of: Void.self) { race in
            race.addTask {
                do {
                    try await Task.sleep(for: request.deadline)
                    exchange.settle(.unknown(reason: "no answer within \(request.deadline.components.seconds) seconds"))
                } catch {
                    exchange.settle(.unknown(reason: "stopped before the answer came"))
                }
            }
            let result = await exchange.result()
            race.cancelAll()
            return result
        }
        task.cancel()
        return result
    }
}

/// The answer to one call as it comes in. It is settled once: by the last byte, a failure, the deadline or the caller's end.
private final class Exchange: Sendable {
    private struct State {
        var body: [UInt8] = []
        var result: Transport.Result?
        var waiting: CheckedContinuation<Transport.Result, Never>?
    }

    private let state = Mutex(State())

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

    /// - Returns: whether more may come.
    func receive(_ data: Data) -> Bool {
        let fits = state.withLock { state in
            guard state.result == nil else { return false }
            guard state.body.count + data.count <= Transport.largestBody else { return false }
            state.body += data
            return true
        }
        if !fits { settle(.unknown(reason: "the answer was larger than 16 MiB")) }
        return fits
    }

    func finish(status: Int?, error: (any Error)?) {
        guard error == nil, let status else { return settle(Self.failure(error)) }
        settle(.answer(status: status, body: state.withLock(\.body)))
    }

    /// Only what certainly happened before the request left counts as not sent.
    private static func failure(_ error: (any Error)?) -> Transport.Result {
        guard let error = error as? URLError else { return .unknown(reason: "the connection failed") }
        let code = error.code.rawValue
        return switch error.code {
        case .cannotFindHost: .notSent(reason: "the name of the service could not be found (\(code))")
        case .cannotConnectToHost: .notSent(reason: "no connection to the service (\(code))")
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .clientCertificateRejected, .clientCertificateRequired:
            .notSent(reason: "no secure connection to the service (\(code))")
        case .timedOut: .unknown(reason: "no answer in time (\(code))")
        case .networkConnectionLost: .unknown(reason: "the connection broke off (\(code))")
        default: .unknown(reason: "the connection failed (\(code))")
        }
    }
}

/// What URLSession reports, handed to the exchange it belongs to.
private final class Delegate: NSObject, URLSessionDataDelegate {
    private let exchanges = Mutex<[Int: Exchange]>([:])

    func register(_ exchange: Exchange, for task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = exchange }
    }

    func forget(_ task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = nil }
    }

    private func exchange(_ task: URLSessionTask) -> Exchange? {
        exchanges.withLock { $0[task.taskIdentifier] }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        if exchange(dataTask)?.receive(data) != true { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        exchange(task)?.finish(status: (task.response as? HTTPURLResponse)?.statusCode, error: error)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    /// No password is kept or asked for, so a challenge is answered with none.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        completionHandler(.performDefaultHandling, nil)
    }
}
