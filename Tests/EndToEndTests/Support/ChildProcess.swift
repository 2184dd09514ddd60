import Foundation
import Glibc
import Synchronization

/// A program that this run started, with its output in two files of `folder`. It never outlives its last reference: `deinit` kills it.
final class ChildProcess: Sendable {
    enum End: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    let id: pid_t
    private let out: URL
    private let err: URL
    private let ended = Mutex<End?>(nil)

    /// Standard output and error go to files, not pipes, so a chatty program never waits for its reader.
    /// - Parameter input: the file it reads as standard input.
    init(
        _ executable: URL, _ arguments: [String], environment: [String: String], input: URL = URL(filePath: "/dev/null"), output folder: URL
    ) throws {
        let run = UUID().uuidString
        out = folder.appending(path: "\(run).out")
        err = folder.appending(path: "\(run).err")
        id = try Self.spawn(executable.path, arguments, environment, input: input.path, out: out.path, err: err.path)
    }

    deinit {
        kill()
    }

    var output: String { Self.text(out) }
    var errors: String { Self.text(err) }

    /// How it ended, or nil while it runs.
    func end() -> End? {
        ended.withLock { ended in
            if let ended { return ended }
            var status: Int32 = 0
            guard waitpid(id, &status, WNOHANG) == id else { return nil }
            ended = Self.end(status)
            return ended
        }
    }

    func end(within limit: Duration) async throws -> End {
        try await eventually("process \(id) ends", within: limit) { end() }
    }

    func signal(_ number: Int32) {
        ended.withLock { ended in
            // A process that was waited for has given its id back: it may be another's by now.
            if ended == nil { _ = Glibc.kill(id, number) }
        }
    }

    /// Ends it as a power cut would, and returns once it is gone.
    func kill() {
        ended.withLock { ended in
            guard ended == nil else { return }
            var status: Int32 = 0
            _ = Glibc.kill(id, SIGKILL)
            while waitpid(id, &status, 0) < 0 && errno == EINTR {}
            ended = Self.end(status)
        }
    }

    private static func end(_ status: Int32) -> End {
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }

    private static func text(_ file: URL) -> String {
        (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], input: String, out: String, err: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // Sockets of other tests in this process would stay open in the child. Closing what is not open is no error here.
        for descriptor in 3..<Int32(1024) { posix_spawn_file_actions_addclose(&actions, descriptor) }

        // Swift's pool threads block signals, and a child inherits the mask: without this it would never see SIGTERM.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        // Whatever folder the tests were started from, the program starts in the package's.
        let env = "/usr/bin/env"
        var argv = ([env, "--chdir", Surroundings.root.path, path] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, env, &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw Failure("\(path) did not start: \(String(cString: strerror(code)))") }
        return id
    }
}
