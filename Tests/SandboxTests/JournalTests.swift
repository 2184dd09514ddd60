import Glibc
import Testing

@testable import Sandbox

/// A file of its own, gone with the test.
final class JournalFile: Sendable {
    let folder: String
    var path: String { folder + "/sandbox.journal" }

    init() throws {
        var template = Array("/tmp/sandbox-tests-XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        unlink(path)
        rmdir(folder)
    }

    var bytes: [UInt8] {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        return readAll(descriptor) ?? []
    }

    func append(_ text: String) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        defer { close(descriptor) }
        _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}

struct JournalTests {
    @Test func `a restart changes nothing`() async throws {
        let file = try JournalFile()
        let first = try Stand(createsPerMinute: 2, journal: file.path)
        let good = try await first.video()
        let bad = try await first.video("https://cdn.example.com/rejected.mp4")
        let brief = JSONValue.product.with("media_list", ["video_id_list": [.string(good)]])
        let task = try await first.task(brief)
        #expect(try await first.call(.create, [:]).code == 40002)
        first.service.close()

        let second = try Stand(createsPerMinute: 2, journal: file.path)
        #expect(try await second.call(.create, brief).code == 40100)
        second.clock.advance(60)
        #expect(try await second.call(.create, brief).code == 0)
        let refused = try await second.call(.create, JSONValue.product.with("media_list", ["video_id_list": [.string(bad)]]))
        #expect(refused.code == 40053)
        first.clock.advance(60)
        let before = try await first.get(task)
        let after = try await second.get(task)
        #expect(before.status == "SUCCESS")
        #expect(before.status == after.status)
        #expect(before.scripts == after.scripts)
    }

    @Test func `the file is private and holds no token`() async throws {
        let file = try JournalFile()
        let stand = try Stand(journal: file.path)
        _ = try await stand.task()
        var status = stat()
        #expect(stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.contains("39.90"))
        #expect(!text.contains(Stand.token))
    }

    @Test(arguments: [
        "{\"type\":\"task\",\"id\":1", "{\"type\":\"video\"}", "\0\0\0\0", "\0\0\0\n\0\0{}", "{\"type\":\"task\",\n{\"type\"", "\n",
    ])
    func `a torn tail is cut off, and what comes next stands behind the last whole line`(tail: String) async throws {
        let file = try JournalFile()
        let first = try Stand(journal: file.path)
        let one = try await first.task()
        let whole = file.bytes
        file.append(tail)

        let second = try Stand(journal: file.path)
        #expect(file.bytes == whole)
        let two = try await second.task()
        #expect(two != one)

        let third = try Stand(pace: 0, journal: file.path)
        #expect(try await third.get(one).scripts.count == 4)
        #expect(try await third.get(two).scripts.count == 4)
    }

    @Test func `every cut of the last line leaves the lines before it`() async throws {
        let file = try JournalFile()
        let stand = try Stand(journal: file.path)
        let one = try await stand.task()
        let length = file.bytes.count
        _ = try await stand.task()
        let all = file.bytes
        for cut in stride(from: length, to: all.count, by: 37) {
            let copy = try JournalFile()
            copy.append(String(decoding: all[..<cut], as: UTF8.self))
            var tasks: [Int64] = []
            _ = try Journal(copy.path) { if case .task(let id, _, _) = $0 { tasks.append(id) } }
            #expect(tasks.map(String.init) == [one])
        }
    }

    @Test func `many at once share syncs, and every answer is kept`() async throws {
        let file = try JournalFile()
        let stand = try Stand(journal: file.path)
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await stand.task() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 50)
        let again = try Stand(journal: file.path)
        #expect(Set(again.service.snapshot.tasks.map { String($0.id) }) == ids)
    }

    @Test func `an answer that cannot be kept is an error, and nothing was done`() async throws {
        // This device takes every write and refuses every sync.
        let stand = try Stand(journal: "/dev/null")
        let answer = try await stand.call(.create, .product)
        #expect(answer.code == 50000)
        #expect(stand.service.snapshot.tasks.isEmpty)
        #expect(try await stand.call(.list).code == 0)
    }

    @Test func `a journal that cannot be used is one clear line`() throws {
        let file = try JournalFile()
        let missing = #expect(throws: SandboxError.self) { try Stand(journal: file.folder + "/nowhere/sandbox.journal") }
        #expect(missing?.description.hasPrefix("cannot open the sandbox journal") == true)
        #expect(missing?.description.contains("\n") == false)

        file.append("{\"type\":\"from a later version\",\"at\":1}\n")
        let later = #expect(throws: SandboxError.self) { try Stand(journal: file.path) }
        #expect(later?.description.contains("line 1") == true)
    }
}
