import Domain
import Store
import Testing

struct VersionTests {
    @Test func `an edit keeps the original and every version, with who, when and why`() async throws {
        let store = try await TestStore()
        let id = try await store.deliver(form: 1, "one")
        #expect(try await store.edit(id, from: 1, "two", reason: "shorter", at: .at(5)) == .saved(2))
        #expect(try await store.edit(id, from: 2, "three", at: .at(9)) == .saved(3))
        let versions = try store.versions(of: id)
        #expect(versions.map(\.text) == ["one", "two", "three"])
        #expect(versions.map(\.origin) == [.delivered, .edited, .edited])
        #expect(versions.map(\.member) == [nil, "this computer", "this computer"])
        #expect(versions.map(\.reason) == ["", "shorter", ""])
        #expect(versions.map(\.created) == [.start, .at(5), .at(9)])
        #expect(try store.record(id).script.text == "three")
        #expect(try store.record(id).revision.name == "pink")
    }

    @Test func `a restore is a version of its own`() async throws {
        let store = try await TestStore()
        let id = try await store.deliver(form: 1, "one")
        _ = try await store.edit(id, from: 1, "two")
        let restored = try await store.write { transaction throws(StoreError) in
            try transaction.restore(1, of: id, from: 2, by: Member.thisComputer.id, now: .at(3))
        }
        #expect(restored == .saved(3))
        #expect(try store.versions(of: id).map(\.text) == ["one", "two", "one"])
        #expect(try store.versions(of: id).last?.origin == .restored)
    }

    @Test func `whoever comes second is told, and overwrites nothing`() async throws {
        let store = try await TestStore()
        let id = try await store.deliver(form: 1, "one")
        #expect(try await store.edit(id, from: 1, "hers") == .saved(2))
        guard case .overtaken(let theirs) = try await store.edit(id, from: 1, "his") else {
            Issue.record("a second edit of the same version was taken")
            return
        }
        #expect((theirs.number, theirs.text) == (2, "hers"))
        #expect(try store.record(id).script.text == "hers")
        #expect(try await store.edit(id, from: 1, "hers") == .unchanged(2))
        #expect(try store.versions(of: id).count == 2)
    }

    /// Two people edit the same script again and again, in whatever order their saves come: what anybody was told is saved can be read for
    /// ever, in one line of versions, and each was made from the one before it.
    @Test(arguments: 1...8) func `no edit is ever lost under two writers`(round: Int) async throws {
        let store = try await TestStore()
        let id = try await store.deliver(form: 1, "0")
        let saved = try await withThrowingTaskGroup(of: [Int: String].self) { group in
            for writer in ["a", "b"] {
                group.addTask {
                    var saved: [Int: String] = [:]
                    var base = 1
                    for step in 1...25 {
                        let text = "\(writer)\(step) on \(base)"
                        switch try await store.edit(id, from: base, text) {
                        case .saved(let number):
                            saved[number] = text
                            base = number
                        case .overtaken(let theirs): base = theirs.number
                        case .unchanged, .unknownScript: throw TestStore.NotNew()
                        }
                        if Bool.random() { await Task.yield() }
                    }
                    return saved
                }
            }
            return try await group.reduce(into: [Int: String]()) { all, own in
                for (number, text) in own { #expect(all.updateValue(text, forKey: number) == nil, "version \(number) was given twice") }
            }
        }
        let versions = try store.versions(of: id)
        #expect(versions.map(\.number) == Array(1...versions.count))
        #expect(versions.count == saved.count + 1)
        for version in versions.dropFirst() {
            #expect(version.text == saved[version.number])
            #expect(version.text.hasSuffix(" on \(version.number - 1)"))
        }
        try await store.checkIndex()
    }

    @Test func `an edited script is found by its new words only, and is a draft again`() async throws {
        let store = try await TestStore()
        let id = try await store.deliver(form: 1, "lantern")
        try await store.sort([id], .approve(.approved, comment: "good"))
        _ = try await store.edit(id, from: 1, "torch")
        #expect(try store.find("lantern") == [])
        #expect(try store.find("torch") == [id])
        #expect(try store.record(id).approval == .draft)
        try await store.checkIndex()
    }
}
