import ArgumentParser
import Glibc

/// What the program says on its standard streams.
enum Terminal {
    /// At once, also into a pipe: other programs wait for the line.
    static func say(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// A line of the log.
    static func note(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    static func complain(_ line: String) {
        write("scriptorium: \(line)\n", to: STDERR_FILENO)
    }

    /// For a person who answers on the same line.
    static func ask(_ prompt: String) {
        write(prompt, to: STDERR_FILENO)
    }

    /// Runs what may fail at the start; a failure is one line and exit code 1.
    static func starting<T>(_ start: () async throws -> T) async throws -> T {
        do {
            return try await start()
        } catch {
            complain("\(error)".split(separator: "\n").joined(separator: " "))
            throw ExitCode(1)
        }
    }

    private static func write(_ text: String, to file: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
