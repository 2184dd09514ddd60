import Domain
import FoundationEssentials
import Glibc
import HTTP
import Secrets

/// The folder of uploaded videos: one file for each key, and nothing under a name that a person chose.
///
/// *Durability*: a file is written to a temporary name, synced and renamed, so a key stands for a whole file or for none.
/// *Threading*: any; writing takes as long as the disk takes, so it belongs off the loops.
package struct MediaFolder: Sendable {
    enum Failure: Error {
        /// The disk, or what this program may use of it.
        case full
        case broken
    }

    /// Left free for what must be able to go on: the database.
    private static let reserve = 64 * 1_048_576
    private static let temporary = "incoming-"
    private static let piece = 262_144

    private let path: String

    /// Makes the folder when it is not there.
    package init(path: String) throws(SiteError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw SiteError("the folder \(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        self.path = path
    }

    func path(of key: String) -> String { "\(path)/\(key)" }

    /// Removes what an upload that broke off has left: temporary files, and files that no row names.
    package func sweep(keeping keys: Set<String>) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return }
        for name in names where !keys.contains(name) { unlink(path(of: name)) }
    }

    /// Whether a request of so many bytes fits: it lies on the disk twice until its files have their place.
    func hasRoom(forBody count: Int) -> Bool { free.map { $0 - Self.reserve >= 2 * count } ?? true }

    /// - Returns: the key under which the file is kept from now on.
    func keep(_ file: UploadForm.File) throws(Failure) -> String {
        guard free.map({ $0 - Self.reserve >= file.count }) ?? true else { throw .full }
        let key = RandomID.make()
        let incoming = path(of: Self.temporary + key)
        let descriptor = open(incoming, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure(errno) }
        do throws(Failure) {
            defer { close(descriptor) }
            try Self.copy(file, to: descriptor)
            guard fsync(descriptor) == 0 else { throw Self.failure(errno) }
        } catch {
            unlink(incoming)
            throw error
        }
        guard rename(incoming, path(of: key)) == 0, syncFolder() else {
            let failure = Self.failure(errno)
            unlink(incoming)
            throw failure
        }
        return key
    }

    func remove(_ key: String) {
        unlink(path(of: key))
    }

    private static func copy(_ file: UploadForm.File, to descriptor: Int32) throws(Failure) {
        var offset = 0
        while offset < file.count {
            guard let bytes = file.read(piece, at: offset), !bytes.isEmpty else { throw .broken }
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure(errno) }
                rest = rest.dropFirst(written)
            }
            offset += bytes.count
        }
    }

    /// A new name is on the disk once its folder is.
    private func syncFolder() -> Bool {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// In bytes; nil when the system does not say.
    private var free: Int? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }

    private static func failure(_ code: Int32) -> Failure {
        [ENOSPC, EDQUOT, EFBIG].contains(code) ? .full : .broken
    }
}
