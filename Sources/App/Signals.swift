import Dispatch
import Glibc

/// SIGTERM and SIGINT as a request to stop. A second one ends the program at once: whoever asks twice does not want to wait.
struct Signals {
    private let sources: [any DispatchSourceSignal]
    private let requests: AsyncStream<Void>

    /// - Parameter membersChanged: called at SIGUSR1, with which `scriptorium member` tells that it has changed who may come in.
    init(membersChanged: @escaping @Sendable () -> Void = {}) {
        let (requests, request) = AsyncStream.makeStream(of: Void.self)
        self.requests = requests
        // A limit on file sizes is a full disk to us, and no reason to end (setrlimit(2), RLIMIT_FSIZE).
        signal(SIGXFSZ, SIG_IGN)
        let queue = DispatchQueue(label: "signals")
        let count = Counter()
        signal(SIGUSR1, SIG_IGN)
        let news = DispatchSource.makeSignalSource(signal: SIGUSR1, queue: queue)
        news.setEventHandler(handler: membersChanged)
        news.resume()
        sources =
            [news]
            + [SIGTERM, SIGINT].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler {
                    if count.next() > 1 { _exit(128 + number) }
                    request.yield()
                }
                source.resume()
                return source
            }
    }

    /// Returns with the first signal.
    func wait() async {
        for await _ in requests { return }
    }
}
