import Glibc

/// A body too large for memory, in a file of the spool folder. *Ownership*: the file goes with the last reference.
final class Spool {
    let path: String
    private(set) var count = 0
    private let descriptor: Int32

    /// nil where no file can be made. The name says whose it is, so that `sweep` can tell what a crash has left.
    init?(folder: String, name: String) {
        path = "\(folder)/\(Self.prefix)\(getpid())-\(name)"
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(path)
    }

    /// False where the disk did not take all of it.
    func append(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
            count += written
        }
        return true
    }

    private static let prefix = "body-"

    /// Removes the files of processes that no longer live.
    static func sweep(_ folder: String) {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            guard name.hasPrefix(prefix), let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }) else {
                continue
            }
            if owner > 0, kill(owner, 0) != 0, errno == ESRCH { unlink("\(folder)/\(name)") }
        }
    }
}
