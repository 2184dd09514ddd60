import Domain
import Glibc
import Testing

@testable import Store

struct SchemaTests {
    let folder: TemporaryFolder
    var path: String { folder.path + "/scriptorium.db" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open() throws -> Writer {
        try Writer(path: path) { _ in }
    }

    private func version() throws -> Int? {
        let database = try Database.open(path: path, access: .readOnly)
        return try database.first("PRAGMA user_version") { row in row.integer(0) }
    }

    @Test func `an empty folder gets a database of the latest version`() throws {
        _ = try open()
        #expect(try version() == Schema.migrations.count)
    }

    @Test(arguments: 0...Schema.migrations.count)
    func `a database of any older version is brought to the latest one`(version old: Int) throws {
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try Schema.migrate(database, by: Array(Schema.migrations.prefix(old)))
        }
        #expect(try version() == old)
        _ = try open()
        #expect(try version() == Schema.migrations.count)
    }

    @Test func `drafts keep their numbers when no other may get them any more`() throws {
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try Schema.migrate(database, by: Array(Schema.migrations.prefix(9)))
            try database.run(
                "INSERT INTO draft VALUES (7, 1, 'a-form', 'Lamp', '{}', 3, 'here', 5, NULL), (9, 1, 'b', 'Fan', '{}', 1, '', 6, 8)")
        }
        _ = try open()
        let database = try Database.open(path: path, access: .readOnly)
        let rows = try database.all("SELECT id, title, revision, discarded FROM draft ORDER BY id") { row in
            "\(row.integer(0)) \(row.text(1)) \(row.integer(2)) \(row.integerOrNil(3) ?? 0)"
        }
        #expect(rows == ["7 Lamp 3 0", "9 Fan 1 8"])
    }

    /// SQLite 3.40, which is Debian 12's, takes any other order for damage.
    @Test func `a table without rowid begins with its key's columns, in their order`() throws {
        _ = try open()
        let database = try Database.open(path: path, access: .readOnly)
        let wrong = try database.all(
            """
            SELECT t.name || '.' || c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.wr = 1 AND c.pk > 0 AND c.pk <> c.cid + 1
            """
        ) { row in row.text(0) }
        #expect(wrong == [])
        #expect(try database.all("SELECT name FROM pragma_table_list WHERE wr = 1 AND schema = 'main'") { row in row.text(0) }.count >= 2)
    }

    @Test func `a database of the first version with videos in its briefs is not taken for damaged`() throws {
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try Schema.migrate(database, by: Array(Schema.migrations.prefix(1)))
            try database.execute("PRAGMA foreign_keys=OFF; INSERT INTO task_video VALUES (1, 2, 0)")
        }
        #expect(try Integrity.damage(path: path) == nil)
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try database.execute("PRAGMA foreign_keys=OFF")
            try Schema.migrate(database)
            #expect(try database.first("SELECT video_id FROM task_video WHERE task_id = 1 AND position = 0") { row in row.integer(0) } == 2)
        }
        #expect(try Integrity.damage(path: path) == nil)
    }

    @Test func `opening again changes nothing and loses nothing`() async throws {
        let first = try open()
        try await first.write { transaction throws(StoreError) in
            _ = try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: .start)
        }
        first.close()
        let second = try open()
        let connection = try await second.write { transaction throws(StoreError) in
            try transaction.database.findConnection(Connection.ID(1))
        }
        #expect(connection?.kind == .sandbox)
    }

    @Test func `a database of a newer version is refused in one line and left alone`() throws {
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try database.execute("CREATE TABLE future (x); PRAGMA user_version = 9999")
        }
        let error = try #require(throws: StoreError.self) { try open() }
        #expect(error.message.contains("newer version"))
        #expect(error.message.contains("9999"))
        #expect(!error.description.contains("\n"))
        let database = try Database.open(path: path, access: .readOnly)
        let tables: [String] = try database.all("SELECT name FROM sqlite_schema") { row in row.text(0) }
        #expect(tables == ["future"])
    }

    @Test func `a version below zero was not written by this program`() throws {
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try database.execute("PRAGMA user_version = -1")
        }
        #expect(throws: StoreError.self) { try open() }
    }

    @Test func `a migration that fails leaves the database at the version before it`() throws {
        let database = try Database.open(path: path, access: .readWrite)
        let steps: [StaticString] = [
            "CREATE TABLE one (x); PRAGMA user_version = 1",
            "CREATE TABLE two (x); CREATE TABLE one (y); PRAGMA user_version = 2",
        ]
        #expect(throws: StoreError.self) { try Schema.migrate(database, by: steps) }
        let tables: [String] = try database.all("SELECT name FROM sqlite_schema") { row in row.text(0) }
        #expect(tables == ["one"])
        #expect(try version() == 1)
    }

    @Test func `a file that is no database is refused`() throws {
        let file = try #require(fopen(path, "w"))
        fputs(String(repeating: "This is a letter, not a database. ", count: 100), file)
        fclose(file)
        let error = try #require(throws: StoreError.self) { try open() }
        #expect(!error.description.contains("\n"))
    }

    @Test func `a commit is synced before it is answered, and readers do not wait for the writer`() throws {
        let database = try Database.open(path: path, access: .readWrite)
        #expect(try database.first("PRAGMA journal_mode") { row in row.text(0) } == "wal")
        #expect(try database.first("PRAGMA synchronous") { row in row.integer(0) } == 2)
        #expect(try database.first("PRAGMA foreign_keys") { row in row.integer(0) } == 1)
    }
}
