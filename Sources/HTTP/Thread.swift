import Glibc

/// A POSIX thread that takes no signals: they are the main thread's, and a system call interrupted here would only be made again.
struct Thread: Sendable {
    private let id: pthread_t

    init(_ body: @escaping @Sendable () -> Void) throws(ServerError) {
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        // The new thread inherits the mask.
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var id = pthread_t()
        let box = Unmanaged.passRetained(Body(body))
        let result = pthread_create(
            &id, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            box.release()
            throw .system("pthread_create", code: result)
        }
        self.id = id
    }

    /// Waits for its end; once only.
    func join() {
        pthread_join(id, nil)
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
