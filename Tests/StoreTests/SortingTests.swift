import Domain
import Store
import Testing

struct SortingTests {
    @Test func `stars, tags and states are set for many at once and taken back at once`() async throws {
        let store = try await TestStore()
        let ids = try await store.deliver(form: 1, (1...3).map { .number($0) })
        try await store.sort([ids[0]], .star(true))
        let starred = try await store.sort(ids, .star(true))
        #expect(try ids.map { try store.record($0).isStarred } == [true, true, true])
        #expect(try await store.undo(starred) == 2)
        #expect(try ids.map { try store.record($0).isStarred } == [true, false, false])
        #expect(try await store.undo(starred) == nil)

        let tagged = try await store.sort(ids, .tag("Night run"))
        #expect(try store.record(ids[1]).tags == ["Night run"])
        #expect(try await store.sort(ids, .tag("NIGHT RÚN")) == nil)
        #expect(try await store.undo(tagged) == 3)
        #expect(try store.record(ids[1]).tags == [])

        let approved = try await store.sort(ids, .approve(.review, comment: "please look"))
        #expect(try store.record(ids[2]).approval == .review)
        let history = try store.read { database throws(StoreError) in try database.findSortings(of: ids[2]) }
        #expect(history.first?.comment == "please look")
        #expect(try await store.undo(approved) == 3)
        #expect(try store.record(ids[2]).approval == .draft)
        try await store.checkIndex()
    }

    @Test func `what somebody changed since is not taken back with the rest`() async throws {
        let store = try await TestStore()
        let ids = try await store.deliver(form: 1, (1...2).map { .number($0) })
        let review = try await store.sort(ids, .approve(.review, comment: ""))
        try await store.sort([ids[0]], .approve(.approved, comment: ""))
        #expect(try await store.undo(review) == 1)
        #expect(try ids.map { try store.record($0).approval } == [.approved, .draft])
    }

    @Test func `the trash hides, gives back, and after thirty days forgets`() async throws {
        let store = try await TestStore()
        let ids = try await store.deliver(form: 1, (1...3).map { .number($0, text: "lamp") })
        _ = try await store.edit(ids[0], from: 1, "brighter lamp")
        let task = try #require(try store.record(ids[0]).script.task)
        let trashed = try await store.sort([ids[0], ids[1]], .trash, at: .at(10))
        #expect(try store.find("lamp") == [ids[2]])
        #expect(try store.scripts(of: task).map(\.id) == [ids[2]])
        #expect(try store.read { database throws(StoreError) in try database.findScripts(limit: 9) }.map(\.script.id) == [ids[2]])
        func trash(at now: Timestamp) throws -> [Script.ID] {
            try store.read { database throws(StoreError) in try database.findTrash(limit: 9, now: now) }.map(\.script.id)
        }
        #expect(try trash(at: .at(20)) == [ids[1], ids[0]])
        #expect(try await store.sort([ids[0]], .star(true)) == nil)
        #expect(try await store.edit(ids[0], from: 2, "no") == .unknownScript)
        #expect(try await store.undo(trashed) == 2)
        #expect(try store.find("lamp") == ids.reversed())

        try await store.sort([ids[0], ids[1]], .trash, at: .at(10))
        let month = 30.0 * 86_400
        #expect(try trash(at: .at(10 + month - 1)) == [ids[1], ids[0]])
        #expect(try trash(at: .at(10 + month)) == [])
        try await store.write { transaction throws(StoreError) in try transaction.emptyTrash(now: .at(10 + month)) }
        #expect(try store.versions(of: ids[0]).map(\.text) == [""])
        #expect(try await store.sort([ids[0]], .restore, at: .at(11 + month)) == nil)
        #expect(try store.count("SELECT count(*) FROM script") == 3)
        try await store.checkIndex()
    }

    @Test func `tags are renamed and merged without touching a script, and both are taken back`() async throws {
        let store = try await TestStore()
        let ids = try await store.deliver(form: 1, (1...3).map { .number($0) })
        try await store.sort([ids[0], ids[1]], .tag("night"))
        try await store.sort([ids[1], ids[2]], .tag("dark"))
        let (night, dark) = (try store.tag("night"), try store.tag("dark"))
        func change(_ work: @escaping @Sendable (inout Transaction) throws(StoreError) -> TagChange) async throws -> TagChange {
            try await store.write(work)
        }
        func find(_ tag: String) throws -> [Script.ID] {
            var query = ScriptQuery()
            query.tags = [tag]
            return try store.find(query)
        }
        let renamed = try await change { transaction throws(StoreError) in
            try transaction.rename(night.id, to: "Night run", by: Member.thisComputer.id, now: .start)
        }
        #expect(try find("night run") == [ids[1], ids[0]])
        #expect(try find("night") == [])
        let taken = try await change { transaction throws(StoreError) in
            try transaction.rename(night.id, to: "DARK", by: Member.thisComputer.id, now: .start)
        }
        #expect(taken == .nameTaken(dark))

        let merged = try await change { transaction throws(StoreError) in
            try transaction.merge(night.id, into: dark.id, by: Member.thisComputer.id, now: .start)
        }
        #expect(try find("dark") == ids.reversed())
        #expect(try store.record(ids[1]).tags == ["dark"])
        #expect(try store.read { database throws(StoreError) in try database.findTags() }.map(\.name) == ["dark"])
        // A script that bears the tag in both forms loses it whole.
        let untagged = try await store.sort([ids[1]], .untag("dark"))
        #expect(try store.record(ids[1]).tags == [])
        _ = try await store.undo(untagged)

        guard case .done(let merge) = merged, case .done(let rename) = renamed else {
            Issue.record("a tag was not changed")
            return
        }
        #expect(try await store.undo(merge) == 1)
        #expect(try find("night run").contains(ids[0]))
        #expect(try await store.undo(rename) == 1)
        #expect(try find("night").contains(ids[0]))
        try await store.checkIndex()
    }

    @Test func `notes are written, taken away and brought back`() async throws {
        let store = try await TestStore()
        let id = try await store.deliver(form: 1, "one")
        let added = try await store.write { transaction throws(StoreError) in
            try transaction.addNote("Shorter <b>please</b>", to: id, by: Member.thisComputer.id, now: .at(4))
        }
        func notes() throws -> [Note] { try store.read { database throws(StoreError) in try database.findNotes(of: id) } }
        let note = try #require(try notes().first)
        #expect((note.text, note.member, note.created) == ("Shorter <b>please</b>", "this computer", .at(4)))
        let removed = try await store.write { transaction throws(StoreError) in
            try transaction.removeNote(note.id, of: id, by: Member.thisComputer.id, now: .at(5))
        }
        #expect(try notes().isEmpty)
        #expect(try await store.undo(removed) == 1)
        #expect(try notes() == [note])
        #expect(try await store.undo(added) == 1)
        #expect(try notes().isEmpty)
        let nowhere = try await store.write { transaction throws(StoreError) in
            try transaction.addNote("lost", to: Script.ID(99), by: Member.thisComputer.id, now: .start)
        }
        #expect(nowhere == nil)
    }
}
