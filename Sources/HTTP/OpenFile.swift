import Glibc

/// A regular file being sent. *Ownership*: closed with the last reference.
final class OpenFile {
    private let descriptor: Int32
    let size: Int
    let modified: HTTPDate
    /// A strong validator: another size or another nanosecond is another content.
    let tag: String

    /// nil where there is no regular file that can be read.
    init?(path: String) {
        // A path with a NUL would open what stands before it.
        guard !path.utf8.contains(0) else { return nil }
        // O_NONBLOCK: a named pipe must not stop the loop before it is seen to be none.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var facts = stat()
        guard descriptor >= 0, fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            return nil
        }
        size = facts.st_size
        modified = HTTPDate(seconds: facts.st_mtim.tv_sec)
        let nanoseconds = facts.st_mtim.tv_sec &* 1_000_000_000 &+ facts.st_mtim.tv_nsec
        tag = "\"\(String(size, radix: 16))-\(String(nanoseconds, radix: 16))\""
    }

    deinit { close(descriptor) }

    /// Appends up to `count` bytes from `offset` on; false where the file no longer has them.
    func read(_ count: Int, at offset: Int, into buffer: inout [UInt8]) -> Bool {
        let piece = [UInt8](unsafeUninitializedCapacity: count) { piece, read in
            read = max(0, pread(descriptor, piece.baseAddress, count, offset))
        }
        buffer += piece
        return !piece.isEmpty || count == 0
    }
}
