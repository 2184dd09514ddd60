import FoundationEssentials
import Glibc

/// Where everything is kept: the database, the secrets file, the sandbox's journal. One program at a time: the second would not know of
/// the first one's calls.
final class DataFolder: Sendable {
    let path: String
    private let lock: Int32

    var database: String { Self.database(in: path) }
    var secrets: String { path + "/secrets.json" }
    var sandboxJournal: String { path + "/sandbox.journal" }
    var spool: String { path + "/spool" }
    var media: String { path + "/media" }

    /// Makes the folder, with mode 0700, when it is not there.
    init(path: String) throws(StartError) {
        try Self.make(path)
        let lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw StartError("the data folder \(path) cannot be written: \(String(cString: strerror(errno)))") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw StartError("the data folder \(path) is in use by another Scriptorium")
        }
        // For `scriptorium member`, which tells the running program of what it changed.
        let number = Array("\(getpid())\n".utf8)
        guard ftruncate(lock, 0) == 0, write(lock, number, number.count) == number.count else {
            throw StartError("the data folder \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.lock = lock
        try makeSpool()
    }

    /// With mode 0700, unless it is there.
    static func make(_ path: String) throws(StartError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StartError("the data folder \(path) cannot be made: \(reason(error))")
        }
    }

    deinit {
        close(lock)
    }

    static func database(in path: String) -> String { path + "/scriptorium.sqlite" }

    var hasDatabase: Bool { access(database, F_OK) == 0 }

    /// Notes that the app runs, until `endRun`.
    /// - Returns: whether the last run ended as it should; a first one has.
    func beginRun() throws(StartError) -> Bool {
        let wasClean = access(running, F_OK) != 0
        let file = open(running, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StartError("the data folder \(path) cannot be written: \(String(cString: strerror(errno)))") }
        close(file)
        return wasClean
    }

    func endRun() {
        unlink(running)
    }

    private var running: String { path + "/running" }

    /// Whether a file could be written here: the folder is not read-only, and a mebibyte is free.
    var takesWrites: Bool {
        var system = statvfs()
        guard access(path, W_OK) == 0, statvfs(path, &system) == 0 else { return false }
        return UInt64(system.f_bavail) * UInt64(system.f_frsize) >= 1 << 20
    }

    /// `$XDG_DATA_HOME/scriptorium`, else `~/.local/share/scriptorium` (XDG Base Directory Specification).
    static func standard(environment: [String: String]) throws(StartError) -> String {
        if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") { return base + "/scriptorium" }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw StartError("there is no home folder to keep data in; name one with --data")
        }
        return home + "/.local/share/scriptorium"
    }

    /// What a request's body left behind when the program was killed is of no use to anyone.
    private func makeSpool() throws(StartError) {
        try? FileManager.default.removeItem(atPath: spool)
        guard mkdir(spool, 0o700) == 0 else {
            throw StartError("the data folder \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? CocoaError)?.localizedReason ?? "\(error)"
    }
}

extension CocoaError {
    fileprivate var localizedReason: String {
        if let underlying = userInfo["NSUnderlyingError"] as? POSIXError { return String(cString: strerror(underlying.code.rawValue)) }
        return "\(self)"
    }
}
