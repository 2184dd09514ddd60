import Domain
import Testing

@testable import Store

struct DraftTests {
    private static func form(_ name: String) -> BriefForm {
        var form = BriefForm.fresh
        form.name = name
        form.notice = "yes"
        return form
    }

    private static let here = DraftHold(submission: .form(1), window: "here")

    private func save(
        _ store: TestStore, _ name: String, _ hold: DraftHold = here, or another: Int = 90, by member: Member.ID = Member.thisComputer.id,
        at time: Timestamp = .start
    ) async throws -> DraftSaved {
        try await store.write { transaction throws(StoreError) in
            try transaction.saveDraft(Self.form(name), hold, or: .form(another), by: member, now: time)
        }
    }

    private func drafts(_ store: TestStore, of member: Member.ID = Member.thisComputer.id) throws -> [String] {
        try store.read { database throws(StoreError) in try database.findDrafts(of: member, limit: 100) }.map(\.title)
    }

    private func draft(_ saved: DraftSaved) throws -> Draft {
        switch saved {
        case .saved(let draft), .apart(let draft): draft
        case .empty, .sent, .full, .tooLarge: throw TestStore.NotNew()
        }
    }

    @Test func `what was typed is kept, but for the notice`() async throws {
        let store = try await TestStore()
        let saved = try draft(try await save(store, "Trail Lamp 300", at: .at(5)))
        let found = try #require(
            try store.read { database throws(StoreError) in try database.findDraft(saved.id, of: Member.thisComputer.id) })
        #expect(found.form.name == "Trail Lamp 300" && found.form.notice.isEmpty)
        #expect(found.revision == 1 && found.changed == .at(5) && found.submission == .form(1))
    }

    @Test func `each save goes on in the same draft, whether or not its answer came`() async throws {
        let store = try await TestStore()
        _ = try await save(store, "Trail")
        // The answer was lost: the window still says that it knows of no draft.
        let second = try draft(try await save(store, "Trail Lamp"))
        let third = try draft(try await save(store, "Trail Lamp 300", DraftHold(submission: .form(1), revision: 2, window: "elsewhere")))
        #expect(second.revision == 2 && third.revision == 3)
        #expect(try drafts(store) == ["Trail Lamp 300"])
    }

    @Test func `another window's older text is kept apart and overwrites nothing`() async throws {
        let store = try await TestStore()
        let first = try draft(try await save(store, "hers"))
        _ = try await save(store, "hers, longer")
        guard case .apart(let his) = try await save(store, "his", DraftHold(submission: .form(1), revision: 1, window: "there")) else {
            Issue.record("it was not kept apart")
            return
        }
        #expect(his.id != first.id && his.submission == .form(90))
        #expect(Set(try drafts(store)) == ["hers, longer", "his"])
    }

    @Test func `nothing is kept of an empty form, and what was emptied can be brought back`() async throws {
        let store = try await TestStore()
        #expect(try await save(store, " ") == .empty)
        #expect(try store.count("SELECT count(*) FROM draft") == 0)
        let kept = try draft(try await save(store, "Trail Lamp 300"))
        #expect(try await save(store, "") == .empty)
        #expect(try drafts(store) == [])
        try await store.write { transaction throws(StoreError) in try transaction.restoreDraft(kept.id, by: Member.thisComputer.id) }
        #expect(try drafts(store) == ["Trail Lamp 300"])
    }

    @Test func `a brief that is sent ends its draft, and a late save of it brings nothing back`() async throws {
        let store = try await TestStore()
        _ = try await save(store, "Trail")
        guard case .new(let task) = try await store.submit(form: 1, draft: Self.here) else { throw TestStore.NotNew() }
        #expect(try drafts(store) == [])
        var sent = try store.task(task).form
        sent.notice = ""
        let late = sent
        let saved = try await store.write { transaction throws(StoreError) in
            try transaction.saveDraft(late, Self.here, or: .form(90), by: Member.thisComputer.id, now: .start)
        }
        #expect(saved == .sent(task))
        #expect(try drafts(store) == [])
    }

    @Test func `a draft's number is never given to another one`() async throws {
        let store = try await TestStore()
        let first = try draft(try await save(store, "Trail Lamp 300"))
        _ = try await store.submit(form: 1, draft: Self.here)
        let second = try draft(try await save(store, "City Pannier", DraftHold(submission: .form(2), window: "here")))
        #expect(second.id.rawValue > first.id.rawValue)
    }

    @Test func `what another window typed is not lost when an older text is sent`() async throws {
        let store = try await TestStore()
        _ = try await save(store, "sent from here")
        _ = try await save(store, "typed there", DraftHold(submission: .form(1), revision: 1, window: "there"))
        guard case .new = try await store.submit(form: 1, draft: DraftHold(submission: .form(1), revision: 1, window: "older")) else {
            throw TestStore.NotNew()
        }
        #expect(try drafts(store) == ["typed there"])
        // And it goes on: as a draft of its own, since its id has been used.
        guard case .apart = try await save(store, "typed on there", DraftHold(submission: .form(1), revision: 2, window: "there")) else {
            Issue.record("it was not kept")
            return
        }
        #expect(try drafts(store) == ["typed on there"])
    }

    @Test func `a member's drafts are nobody else's`() async throws {
        let store = try await TestStore()
        let other: Member.ID = try await store.write { transaction throws(StoreError) in
            try transaction.ensureMember(proxyName: "mara", from: "127.0.0.1", now: .start)
            return try transaction.database.first("SELECT id FROM member WHERE proxy_name = 'mara'") { row in row.id(0) } ?? Member.ID(0)
        }
        let mine = try draft(try await save(store, "mine"))
        #expect(try drafts(store, of: other) == [])
        #expect(try store.read { database throws(StoreError) in try database.findDraft(mine.id, of: other) } == nil)
        try await store.write { transaction throws(StoreError) in try transaction.discardDraft(mine.id, by: other, now: .start) }
        #expect(try drafts(store) == ["mine"])
    }

    @Test func `there are fifty drafts at most, and as many that can be brought back`() async throws {
        let store = try await TestStore()
        for number in 1...Draft.Limits.drafts {
            _ = try draft(
                try await save(store, "brief \(number)", DraftHold(submission: .form(number), window: "here"), at: .at(Double(number))))
        }
        let next = DraftHold(submission: .form(500), window: "here")
        #expect(try await save(store, "one more", next) == .full)
        #expect(try drafts(store).count == Draft.Limits.drafts && drafts(store).first == "brief 50")
        for number in 500..<560 {
            let id = try store.read { database throws(StoreError) in
                try database.findDrafts(of: Member.thisComputer.id, limit: 1)
            }[0].id
            try await store.write { transaction throws(StoreError) in
                try transaction.discardDraft(id, by: Member.thisComputer.id, now: .at(Double(number)))
            }
            _ = try await save(store, "again", DraftHold(submission: .form(number), window: "here"), at: .at(Double(number)))
        }
        #expect(try store.count("SELECT count(*) FROM draft WHERE discarded IS NOT NULL") == Draft.Limits.drafts)
    }

    @Test func `what is far larger than a brief is not kept`() async throws {
        let store = try await TestStore()
        #expect(try await save(store, String(repeating: "x", count: Draft.Limits.size)) == .tooLarge)
        _ = try await save(store, "small")
        #expect(try await save(store, String(repeating: "x", count: Draft.Limits.size)) == .tooLarge)
        #expect(try drafts(store) == ["small"])
    }

    @Test func `products come by their newest briefs, each once, whatever its capital letters`() async throws {
        let store = try await TestStore()
        for (number, name) in ["Éclair", "Trail Lamp 300", "éclair"].enumerated() {
            _ = try await store.submit(form: number + 1) { $0.name = name }
        }
        let products = try store.read { database throws(StoreError) in try database.findRecentProducts(limit: 8) }
        #expect(products.map(\.name) == ["éclair", "Trail Lamp 300"])
    }
}
