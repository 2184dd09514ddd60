import Glibc

/// A program under measurement. *Ownership*: killed with the last reference, where it was not stopped before.
final class Child {
    let id: pid_t
    let port: Int
    private let output: Int32
    private var isRunning = true

    /// Returns once the program has said where it is open.
    /// - Parameter home: where it may leave what it does not ask for, such as a library's caches.
    init(_ command: [String], home: String) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchError("no pipe: error \(errno)") }
        output = ends[0]
        _ = fcntl(output, F_SETFD, FD_CLOEXEC)
        id = try Self.spawn(command, home: home, output: ends[1])
        close(ends[1])
        do {
            port = try Self.port(from: output, of: command)
        } catch {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
            throw error
        }
    }

    deinit {
        if isRunning {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
        }
        close(output)
    }

    /// SIGTERM, and the end of the program.
    func stop() throws {
        kill(id, SIGTERM)
        var status: Int32 = 0
        waitpid(id, &status, 0)
        isRunning = false
        guard status == 0 else { throw BenchError("the program ended with status \(status)") }
    }

    /// What all its threads have used, in nanoseconds.
    var processorTime: Int {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(id, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// `RssAnon` of proc(5), in kilobytes.
    var anonymousMemory: Int {
        guard let file = fopen("/proc/\(id)/status", "r") else { return 0 }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 8_192)
        let count = fread(&text, 1, text.count, file)
        let lines = String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("RssAnon:") }?.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }

    private static func spawn(_ command: [String], home: String, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addclose(&actions, output)
        // The pool's threads block signals, and a child inherits that: without this it would never see SIGTERM.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // Nothing of the person's own settings: above all no token.
        let settings = ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(home)"]
        var arguments = command.map { strdup($0) } + [nil]
        var environment = settings.map { strdup($0) } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var id = pid_t()
        let code = posix_spawnp(&id, command[0], &actions, &attributes, &arguments, &environment)
        guard code == 0 else { throw BenchError("\(command[0]) did not start: \(String(cString: strerror(code)))") }
        return id
    }

    /// From the line `… is open at http://127.0.0.1:PORT …`.
    private static func port(from output: Int32, of command: [String]) throws -> Int {
        var text = ""
        var piece = [UInt8](repeating: 0, count: 4_096)
        while !text.contains("\n") {
            var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 60_000) == 1 else { throw BenchError("\(command[0]) did not open within a minute") }
            let count = read(output, &piece, piece.count)
            guard count > 0 else { throw BenchError("\(command[0]) did not start") }
            text += String(decoding: piece[..<count], as: UTF8.self)
        }
        let address = text.split(separator: " ").first { $0.hasPrefix("http://127.0.0.1:") }
        guard let port = address.flatMap({ Int($0.dropFirst(17).prefix { $0.isNumber }) }) else {
            throw BenchError("\(command[0]) said \(text)")
        }
        return port
    }
}
