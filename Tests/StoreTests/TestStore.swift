import Domain
import Glibc
import Store
import Synchronization

/// A store on a file of its own, with a connection to the sandbox, and what it published.
final class TestStore: Sendable {
    let folder: TemporaryFolder
    let writer: Writer
    let connection: Connection.ID
    private let log: EventLog

    var path: String { folder.path + "/scriptorium.db" }
    /// What was committed since the last call, in order.
    var news: [Event] { log.take() }

    init() async throws {
        let folder = try TemporaryFolder()
        let log = EventLog()
        (self.folder, self.log) = (folder, log)
        writer = try Writer(path: folder.path + "/scriptorium.db") { log.add($0) }
        connection = try await writer.write { transaction throws(StoreError) in
            let id = try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: .start)
            try transaction.useConnection(id)
            return id
        }
        _ = log.take()
    }

    func write<T: Sendable>(_ work: @escaping Writer.Work<T>) async throws -> T {
        try await writer.write(work)
    }

    func read<T>(_ questions: (borrowing Database) throws(StoreError) -> T) throws -> T {
        try Reader(path: path).read(questions)
    }
}

final class EventLog: Sendable {
    private let events = Mutex<[Event]>([])

    func add(_ new: [Event]) {
        events.withLock { $0 += new }
    }

    func take() -> [Event] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}

/// Removed with all that is in it when the last reference goes.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/scriptorium-test-XXXXXX".utf8CString)
        guard let name = mkdtemp(&template) else { throw FolderError(code: errno) }
        path = String(cString: name)
    }

    deinit {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            unlink(path + "/" + name)
        }
        closedir(folder)
        rmdir(path)
    }

    struct FolderError: Error {
        let code: Int32
    }
}

extension Timestamp {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)

    /// So many seconds after `start`.
    static func at(_ seconds: Double) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + Int64(seconds * 1_000))
    }
}

extension SubmissionID {
    /// The id of a form that a test calls by a number.
    static func form(_ number: Int) -> SubmissionID {
        SubmissionID(random: "form-of-the-test-\(number)")
    }
}
