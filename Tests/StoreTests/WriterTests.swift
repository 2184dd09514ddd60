import Domain
import Glibc
import Synchronization
import Testing

@testable import Store

struct WriterTests {
    /// What a writer did, in the order in which it did it.
    private final class Diary: Sendable {
        private let lines = Mutex<[String]>([])

        func note(_ line: String) {
            lines.withLock { $0.append(line) }
        }

        var all: [String] { lines.withLock { $0 } }
    }

    private let folder: TemporaryFolder
    private let diary = Diary()
    private let writer: Writer

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        writer = try Writer(path: folder.path + "/scriptorium.db") { [diary] events in
            diary.note("published \(events.count)")
        }
    }

    /// Keeps the writer busy until the gate is opened, so that what is submitted meanwhile waits together.
    private func block() -> Gate {
        let gate = Gate()
        writer.submit { _ throws(StoreError) in
            gate.pass()
        } completion: { _ in
        }
        gate.wait(for: .occupied)
        return gate
    }

    private final class Gate: Sendable {
        enum State { case empty, occupied, open }

        private let state = Mutex(State.empty)

        func wait(for wanted: State) {
            while state.withLock({ $0 }) != wanted { usleep(100) }
        }

        func pass() {
            state.withLock { $0 = .occupied }
            wait(for: .open)
        }

        func open() {
            state.withLock { $0 = .open }
        }
    }

    private func add(_ name: String) -> Writer.Work<Void> {
        { transaction throws(StoreError) in
            try transaction.database.run("INSERT INTO member (name) VALUES (?)", name)
            transaction.announce(.connection)
        }
    }

    private var members: [String] {
        get throws {
            try Reader(path: folder.path + "/scriptorium.db").read { database throws(StoreError) in
                try database.all("SELECT name FROM member WHERE id > 1 ORDER BY id") { row in row.text(0) }
            }
        }
    }

    @Test func `all that waits shares one commit, is published once, and is answered after that in order`() throws {
        let gate = block()
        for number in 1...50 {
            writer.submit(add("member \(number)")) { [diary] _ in diary.note("answered \(number)") }
        }
        gate.open()
        writer.close()
        #expect(try members == (1...50).map { "member \($0)" })
        #expect(diary.all == ["published 1"] + (1...50).map { "answered \($0)" })
    }

    @Test func `an answer comes after the commit: another connection sees the row`() async throws {
        try await writer.write(add("first"))
        #expect(try members == ["first"])
        #expect(diary.all == ["published 1"])
    }

    @Test func `many writers at once all get their answer`() async throws {
        let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...200 {
                group.addTask { [writer] in
                    try await writer.write { transaction throws(StoreError) in
                        try transaction.database.run("INSERT INTO member (name) VALUES (?)", "\(number)")
                        return transaction.database.lastInsertedRow
                    }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 200)
        #expect(try members.count == 200)
    }

    @Test func `a job that fails is undone with its events, and its neighbours stay`() throws {
        let gate = block()
        writer.submit(add("before")) { [diary] in diary.note("before \($0.isSuccess)") }
        writer.submit { transaction throws(StoreError) in
            try transaction.database.run("INSERT INTO member (name) VALUES ('half')")
            transaction.announce(.task(GenerationTask.ID(1)))
            try transaction.database.run("INSERT INTO member (name) VALUES (NULL)")
        } completion: { [diary] in
            diary.note("half \($0.isSuccess)")
        }
        writer.submit(add("after")) { [diary] in diary.note("after \($0.isSuccess)") }
        gate.open()
        writer.close()
        #expect(try members == ["before", "after"])
        #expect(diary.all == ["published 1", "before true", "half false", "after true"])
    }

    @Test func `a job may change any number of pages, and is undone all the same`() async throws {
        try await writer.write { transaction throws(StoreError) in
            for number in 1...200 {
                let name = "\(number) " + String(repeating: "x", count: 4_000)
                try transaction.database.run("INSERT INTO member (name) VALUES (?)", name)
            }
        }
        let before = try members
        let shorten: Writer.Work<Void> = { transaction throws(StoreError) in
            try transaction.database.run("UPDATE member SET name = substr(name, 1, 4) WHERE id > 1")
        }
        let half: Writer.Work<Void> = { transaction throws(StoreError) in
            try shorten(&transaction)
            try transaction.database.run("INSERT INTO member (name) VALUES (NULL)")
        }
        await #expect(throws: StoreError.self) { try await writer.write(half) }
        #expect(try members == before)
        try await writer.write(shorten)
        #expect(try members == before.map { String($0.prefix(4)) })
    }

    @Test func `a job that only reads publishes nothing`() async throws {
        _ = try await writer.write { transaction throws(StoreError) in try transaction.database.findTask(GenerationTask.ID(1)) }
        #expect(diary.all.isEmpty)
    }

    @Test func `a full disk fails the whole group, leaves nothing of it, and the writer goes on once there is room`() async throws {
        let gate = block()
        writer.submit(add("before")) { [diary] in diary.note("before \($0.isSuccess)") }
        writer.submit { transaction throws(StoreError) in
            try transaction.database.execute("PRAGMA max_page_count = 1")
            try transaction.database.run("INSERT INTO member (name) VALUES (?)", String(repeating: "x", count: 1_000_000))
        } completion: { [diary] result in
            diary.note("large \(result.isSuccess)")
            if case .failure(let error) = result { diary.note("\(error.code & 0xff) \(error.isFinal)") }
        }
        writer.submit(add("after")) { [diary] in diary.note("after \($0.isSuccess)") }
        gate.open()
        let makeRoom: Writer.Work<Void> = { transaction throws(StoreError) in
            try transaction.database.execute("PRAGMA max_page_count = 1000000")
        }
        // The first may still belong to the group that fails.
        do { try await writer.write(makeRoom) } catch { try await writer.write(makeRoom) }
        #expect(diary.all == ["before false", "large false", "13 false", "after false"])
        #expect(try members.isEmpty)
        try await writer.write(add("later"))
        #expect(try members == ["later"])
    }

    @Test func `closing finishes what was submitted and refuses what comes later`() async throws {
        let gate = block()
        writer.submit(add("in time")) { [diary] in diary.note("in time \($0.isSuccess)") }
        gate.open()
        writer.close()
        #expect(diary.all == ["published 1", "in time true"])
        let error = await #expect(throws: StoreError.self) { try await writer.write(add("late")) }
        #expect(error?.isFinal == true)
        #expect(try members == ["in time"])
        writer.close()
    }

    @Test func `a flood beyond the queue is refused as something that passes`() throws {
        let gate = block()
        for _ in 0...Writer.queueLimit {
            writer.submit { _ throws(StoreError) in
            } completion: { [diary] result in
                if case .failure(let error) = result { diary.note("refused \(error.isFinal)") }
            }
        }
        gate.open()
        writer.close()
        #expect(diary.all == ["refused false"])
    }

    @Test func `a database that another program holds is busy, which passes`() throws {
        let other = try Database.open(path: folder.path + "/scriptorium.db", access: .readWrite)
        try other.execute("BEGIN IMMEDIATE")
        let database = try Database.open(path: folder.path + "/scriptorium.db", access: .readWrite)
        try database.execute("PRAGMA busy_timeout = 1")
        let error = #expect(throws: StoreError.self) { try database.execute("BEGIN IMMEDIATE") }
        #expect(error?.isFinal == false)
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
