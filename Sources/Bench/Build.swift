import FoundationEssentials
import Glibc

/// What was built beside this program, and what is kept there between runs.
struct Build {
    let folder: String
    private let home: String

    /// - Parameter scratch: a folder that nobody needs afterwards.
    init(scratch: String) throws {
        home = scratch
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0 }
        let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        guard let slash = path.lastIndex(of: "/") else { throw BenchError("this program's own folder is unknown") }
        folder = String(path[..<slash])
        guard access(program, X_OK) == 0 else { throw BenchError("there is no \(program) to measure") }
    }

    /// A bare server that repeats what this port answers to `/healthz`.
    func floor(like port: Int) throws -> Child {
        try Child([folder + "/bench", "floor", "--like", "\(port)"], home: home)
    }

    private var program: String { folder + "/scriptorium" }

    /// A data folder with so many scripts, made once.
    func data(scripts: Int) async throws -> String {
        let path = folder + "/bench-\(scripts)"
        let mark = path + "/seeded"
        if access(mark, F_OK) == 0 { return path }
        complain("making \(path) with \(scripts.grouped) scripts")
        for name in ["", "-wal", "-shm"] { unlink(path + "/scriptorium.sqlite" + name) }
        try await Seed(folder: path, scripts: scripts).make()
        close(open(mark, O_WRONLY | O_CREAT, 0o600))
        return path
    }

    /// - Parameter command: what the program runs under; it has to leave the program its process.
    func app(data: String, under command: [String] = []) throws -> Child {
        try Child(command + [program, "serve", "--port", "0", "--data", data], home: home)
    }

    /// Nil where it is not installed.
    var strace: Strace? { access(Strace.path, X_OK) == 0 ? Strace() : nil }
}

/// A slow disk, by strace(1).
struct Strace {
    static let path = "/usr/bin/strace"

    /// `-D`: the tracer is the grandchild, so that the program is ours to signal and to measure. Only the calls that are delayed are
    /// stopped at (`--seccomp-bpf`): it is the disk that is to be slow, not the processor.
    func delaying(milliseconds: Int) -> [String] {
        [
            Self.path, "-D", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
            "-e", "inject=fsync,fdatasync:delay_enter=\(milliseconds * 1_000)", "--",
        ]
    }
}

/// Removed with all that is in it when the last reference goes.
final class ScratchFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/scriptorium-bench-XXXXXX".utf8CString)
        guard let name = mkdtemp(&template) else { throw BenchError("no folder in /tmp: error \(errno)") }
        path = String(cString: name)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
