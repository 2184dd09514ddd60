import Domain
import Testing

@testable import Store

struct ReaderTests {
    @Test func `all that is read together sees one state, while the writer goes on`() async throws {
        let store = try await TestStore()
        let reader = try Reader(path: store.path)
        let (before, during) = try reader.read { database throws(StoreError) in
            let before = try database.findTasks(limit: 10).count
            try Self.addMember(store.path)
            return (before, try database.first("SELECT count(*) FROM member") { row in row.integer(0) })
        }
        #expect(before == 0)
        #expect(during == 1)
        #expect(try store.count("SELECT count(*) FROM member") == 2)
    }

    @Test func `the version is another one once somebody has committed, and holds for all that is read together`() async throws {
        let store = try await TestStore()
        let reader = try Reader(path: store.path)
        let first = try reader.read { database throws(StoreError) in try database.version() }
        #expect(try reader.read { database throws(StoreError) in try database.version() } == first)
        let (during, members) = try reader.read { database throws(StoreError) in
            let version = try database.version()
            try Self.addMember(store.path)
            let members = try database.first("SELECT count(*) FROM member") { row in row.integer(0) }
            return (try database.version() == version, members)
        }
        #expect(during && members == 1)
        #expect(try reader.read { database throws(StoreError) in try database.version() } != first)
    }

    private static func addMember(_ path: String) throws(StoreError) {
        let other = try Database.open(path: path, access: .readWrite)
        try other.run("INSERT INTO member (name) VALUES ('Ada')")
    }

    @Test func `a reader cannot write`() async throws {
        let store = try await TestStore()
        let reader = try Reader(path: store.path)
        #expect(throws: StoreError.self) {
            try reader.read { database throws(StoreError) in _ = try database.run("INSERT INTO member (name) VALUES ('Ada')") }
        }
        #expect(throws: StoreError.self) {
            try reader.read { database throws(StoreError) in _ = try database.run("DELETE FROM member") }
        }
        #expect(try store.count("SELECT count(*) FROM member") == 1)
    }

    @Test func `after a question that failed the next one sees the present`() async throws {
        let store = try await TestStore()
        let reader = try Reader(path: store.path)
        #expect(throws: StoreError.self) {
            try reader.read { database throws(StoreError) in
                _ = try database.findTasks(limit: 1)
                throw StoreError(code: 1, operation: "a test")
            }
        }
        let task = try await store.newTask(form: 1)
        #expect(try reader.read { database throws(StoreError) in try database.findTask(task)?.id } == task)
    }

    @Test func `a reader of a file that is not there is refused and makes none`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StoreError.self) { try Reader(path: folder.path + "/scriptorium.db") }
        #expect(throws: StoreError.self) { try Reader(path: folder.path + "/scriptorium.db") }
    }

    @Test func `what is not there is nil or empty`() async throws {
        let store = try await TestStore()
        try store.read { database throws(StoreError) in
            #expect(try database.findTask(GenerationTask.ID(1)) == nil)
            #expect(try database.findVideo(Video.ID(1)) == nil)
            #expect(try database.findScript(Script.ID(1)) == nil)
            #expect(try database.findConnection(Connection.ID(99)) == nil)
            #expect(try database.findTasks(limit: 5).isEmpty)
            #expect(try database.findCalls(of: GenerationTask.ID(1)).isEmpty)
            #expect(try database.findVideos(of: GenerationTask.ID(1)).isEmpty)
        }
    }
}
