import Foundation
import Glibc

/// A view of the file system that only one program has (unshare(1), mount_namespaces(7)), in which disks can be small, full or read-only.
enum Namespace {
    static let unshare = "/usr/bin/unshare"
    static let options = getuid() == 0 ? ["--mount"] : ["--mount", "--map-root-user"]

    /// Whether this machine lets us: a container may not.
    static let isAvailable: Bool = {
        guard let scratch = try? ScratchFolder() else { return false }
        let process = try? ChildProcess(
            URL(filePath: unshare), options + ["/bin/mount", "-t", "tmpfs", "tmpfs", scratch.url.path], environment: [:],
            output: scratch.url)
        while let process, process.end() == nil { usleep(10_000) }
        return process?.end() == .exited(0)
    }()
}

extension Program {
    /// The file as the program sees it.
    func inside(_ path: String) -> String {
        "/proc/\(process.id)/root\(path)"
    }

    /// Writes to its disk until nothing more fits.
    func fillDisk() throws {
        let file = open(inside(data.path + "/filler"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure("no filler: \(errno)") }
        defer { close(file) }
        let piece = [UInt8](repeating: 1, count: 4_096)
        while write(file, piece, piece.count) > 0 {}
        guard errno == ENOSPC else { throw Failure("the disk did not fill up: \(errno)") }
    }

    func emptyDisk() {
        unlink(inside(data.path + "/filler"))
    }
}
