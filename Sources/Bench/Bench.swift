import ArgumentParser
import Glibc

/// Measures the program on loopback, with a load of its own that is bounded in time and connections.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures the program against a bare epoll loop, in one run.",
        subcommands: [MeasureCommand.self, SeedCommand.self, LoadCommand.self, FloorCommand.self],
        defaultSubcommand: MeasureCommand.self)
}

/// What keeps a measurement from being made, in one line.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// At once, also into a pipe.
func say(_ line: String) {
    write(line + "\n", to: STDOUT_FILENO)
}

func complain(_ line: String) {
    write("bench: \(line)\n", to: STDERR_FILENO)
}

private func write(_ text: String, to file: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(file, bytes, bytes.count)
}
