import CSQLite
import Domain
import Glibc
import Testing

@testable import Store

/// Copies of the database, and files that are none.
struct BackupTests {
    @Test func `a copy holds what was committed, stands alone, and is no one else's to overwrite`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        let copy = store.folder.path + "/copy"
        try Backup.copy(from: store.path, to: copy)
        #expect(access(copy + "-wal", F_OK) != 0 && access(copy + ".part", F_OK) != 0)
        let found = try Reader(path: copy).read { database throws(StoreError) in try database.findTask(task) }
        #expect(found == (try store.task(task)))
        #expect(throws: StoreError.self) { try Backup.copy(from: store.path, to: copy) }
        #expect(throws: StoreError.self) { try Backup.copy(from: store.folder.path + "/nothing", to: copy + "2") }
        #expect(throws: StoreError.self) { try Backup.copy(from: store.path, to: "/nonexistent-folder/copy") }
    }

    @Test func `what a restored backup holds unsent waits for a person, all else is as it was`() async throws {
        let store = try await TestStore()
        let running = try await store.runningTask(form: 1)
        let queued = try await store.newTask(form: 2)
        let video = try await store.newVideo(form: 3)
        let waiting = try await store.newTask(form: 4, videos: [video])
        let copy = store.folder.path + "/copy"
        try Backup.copy(from: store.path, to: copy)
        try Backup.settleRestored(path: copy, now: .at(1_000))
        let reader = try Reader(path: copy)
        func state(_ id: GenerationTask.ID) throws -> TaskState.Name? {
            try reader.read { database throws(StoreError) in try database.findTask(id) }?.state.name
        }
        #expect(try [state(running), state(queued), state(waiting)] == [.running, .unconfirmed, .unconfirmed])
        #expect(try store.task(queued).state == .queued)
    }

    @Test func `damage is told from a file that cannot be read`() async throws {
        let store = try await TestStore()
        #expect(try Integrity.damage(path: store.path) == nil)
        let nonsense = store.folder.path + "/nonsense"
        let file = open(nonsense, O_WRONLY | O_CREAT, 0o600)
        let bytes = [UInt8](repeating: 0x2A, count: 8_192)
        #expect(write(file, bytes, bytes.count) == bytes.count)
        close(file)
        #expect(try Integrity.damage(path: nonsense) != nil)
        #expect(throws: StoreError.self) { try Integrity.damage(path: store.folder.path + "/nothing") }
    }

    @Test func `a condemned store refuses every change and says why`() async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        _ = store.news
        store.writer.condemn("page 7 is gone")
        store.writer.condemn("and so is page 8")
        #expect(store.news == [.connection])
        #expect(store.writer.damage == "page 7 is gone")
        let error = await #expect(throws: StoreError.self) { try await store.newTask(form: 2) }
        #expect(error?.isDamage == true && error?.cause == .damaged)
        #expect(try store.task(task).state == .queued)
    }

    @Test func `each error says what a person can do about it`() {
        func cause(_ code: Int32) -> StoreError.Cause { StoreError(code: code, operation: "").cause }
        #expect(cause(SQLITE_FULL) == .diskFull)
        #expect(cause(SQLITE_IOERR | 19 << 8) == .diskFull)
        #expect(cause(SQLITE_BUSY) == .locked && cause(SQLITE_BUSY | 1 << 8) == .locked && cause(SQLITE_LOCKED) == .locked)
        #expect(cause(SQLITE_READONLY) == .readOnly && cause(SQLITE_CANTOPEN) == .readOnly)
        #expect(cause(SQLITE_CORRUPT) == .damaged && cause(SQLITE_NOTADB) == .damaged)
        #expect(cause(SQLITE_IOERR) == .other && cause(SQLITE_CONSTRAINT) == .other)
    }
}
