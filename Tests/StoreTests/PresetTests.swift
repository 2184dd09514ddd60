import Domain
import Testing

@testable import Store

struct PresetTests {
    private let mara = Member.thisComputer.id

    private func voice(_ name: String, tone: String = "Friendly") throws -> NewPreset {
        var form = BriefForm.fresh
        form.tone = tone
        form.name = "Trail Lamp 300"
        return try NewPreset(name: name, [.voice], of: form)
    }

    @Test func `what was saved is found as it was typed, in the order of the alphabet`() async throws {
        let store = try await TestStore()
        let hostile = #"Robert'); DROP TABLE preset; -- " 😀"#
        let ids = [try await store.save(voice("zebra")), try await store.save(voice("Ärger", tone: hostile))]
        let presets = try store.presets()
        #expect(presets.map(\.id) == ids.reversed())
        #expect(presets[0].name.text == "Ärger")
        #expect(presets[0].parts[.tone] == hostile && presets[0].parts.fields == [.tone])
        #expect((presets[0].member, presets[0].editor, presets[0].changed) == ("this computer", "this computer", .start))
        let names = try store.read { database throws(StoreError) in try database.findPresetNames() }
        #expect(names.map(\.name) == ["Ärger", "zebra"])
        // Its number is its own for good.
        try await store.trash(ids[1], at: .start)
        try await store.forget(at: .at(31 * 86_400))
        #expect(try await store.save(voice("new")).rawValue > ids[1].rawValue)
    }

    @Test func `a name is taken whatever its case and accents, and saved over only by who has seen what is there`() async throws {
        let store = try await TestStore()
        let id = try await store.save(voice("Our Voice"))
        let seen = SeenPreset(id: id, revision: 1)
        // The same once more is a second click.
        #expect(try await store.change(voice("Our Voice")) == .saved(id))
        let other = try voice("our vöice", tone: "Confident")
        #expect(try await store.change(other) == .nameTaken(try store.preset(id)))
        #expect(try store.preset(id).parts[.tone] == "Friendly")
        #expect(try await store.change(other, replacing: seen) == .saved(id))
        let replaced = try store.preset(id)
        #expect((replaced.name.text, replaced.parts[.tone], replaced.revision) == ("our vöice", "Confident", 2))
        // Who saw the first state has not seen the second.
        #expect(try await store.change(voice("Our Voice"), replacing: seen) == .nameTaken(replaced))
        // What was said of one preset says nothing of another.
        let late = try await store.change(voice("Another"), replacing: SeenPreset(id: id, revision: 2))
        #expect(late != .saved(id))
        #expect(try store.presets().count == 2)
    }

    @Test func `a preset is renamed by compare-and-set, to a name that no other has`() async throws {
        let store = try await TestStore()
        let id = try await store.save(voice("Voice"))
        _ = try await store.save(voice("Other"))
        func rename(_ name: String, from revision: Int) async throws -> PresetChange {
            let name = try Preset.Name(name)
            return try await store.write { [mara] transaction throws(StoreError) in
                try transaction.renamePreset(SeenPreset(id: id, revision: revision), to: name, by: mara, now: .at(5))
            }
        }
        #expect(try await rename("VOICE", from: 1) == .saved(id))
        #expect(try store.preset(id).name.text == "VOICE")
        #expect(try await rename("Late", from: 1) == .overtaken(try store.preset(id)))
        guard case .nameTaken(let other) = try await rename("öther", from: 2) else { throw Unexpected() }
        #expect(other.name.text == "Other")
        #expect((try store.preset(id).name.text, try store.preset(id).changed) == ("VOICE", .at(5)))
        try await store.trash(id, at: .at(6))
        #expect(try await rename("Gone", from: 2) == .unknown)
    }

    @Test func `a deleted preset gives its name free, comes back within thirty days, and then is gone`() async throws {
        let store = try await TestStore()
        let id = try await store.save(voice("Voice"))
        let month = 30.0 * 86_400
        try await store.trash(id, at: .at(10))
        #expect(try store.presets().isEmpty)
        #expect(try store.trashedPresets(at: .at(9 + month)).map(\.id) == [id])
        #expect(try store.trashedPresets(at: .at(10 + month)).isEmpty)
        #expect(try await store.restore(id, at: .at(20)) == .saved(id))
        #expect(try await store.restore(id, at: .at(20)) == .saved(id))
        #expect(try store.presets().map(\.id) == [id])

        try await store.trash(id, at: .at(30))
        let next = try await store.save(voice("Vöice"))
        #expect(try await store.restore(id, at: .at(40)) == .nameTaken(try store.preset(next)))
        try await store.forget(at: .at(29 + month))
        #expect(try store.count("SELECT count(*) FROM preset") == 2)
        #expect(try await store.restore(id, at: .at(30 + month)) == .unknown)
        try await store.forget(at: .at(30 + month))
        #expect(try store.count("SELECT count(*) FROM preset") == 1)
    }

    @Test func `there are a hundred at most, those in the trash aside`() async throws {
        let store = try await TestStore()
        for number in 1...Preset.Limits.count { _ = try await store.save(voice("Voice \(number)")) }
        #expect(try await store.change(voice("One more")) == .full)
        let first = try #require(try store.presets().first)
        try await store.trash(first.id, at: .start)
        _ = try await store.save(voice("One more"))
        #expect(try await store.restore(first.id, at: .at(1)) == .full)
        #expect(try store.presets().count == Preset.Limits.count)
    }

    @Test func `a field that this program does not know is left alone`() async throws {
        let store = try await TestStore()
        let id = try await store.save(voice("Voice"))
        _ = try await store.write { transaction throws(StoreError) in
            try transaction.database.run(#"UPDATE preset SET parts = '{"script_info.tone":"Friendly","script_info.mood":"calm"}'"#)
        }
        #expect(try store.preset(id).parts.fields == [.tone])
    }
}

extension TestStore {
    fileprivate func change(_ preset: NewPreset, replacing seen: SeenPreset? = nil) async throws -> PresetChange {
        try await write { transaction throws(StoreError) in
            try transaction.savePreset(preset, replacing: seen, by: Member.thisComputer.id, now: .start)
        }
    }

    fileprivate func save(_ preset: NewPreset) async throws -> Preset.ID {
        guard case .saved(let id) = try await change(preset) else { throw Unexpected() }
        return id
    }

    fileprivate func trash(_ id: Preset.ID, at now: Timestamp) async throws {
        let deleted = try await write { transaction throws(StoreError) in try transaction.trashPreset(id, now: now) }
        #expect(deleted?.id == id)
    }

    fileprivate func restore(_ id: Preset.ID, at now: Timestamp) async throws -> PresetChange {
        try await write { transaction throws(StoreError) in try transaction.restorePreset(id, now: now) }
    }

    fileprivate func forget(at now: Timestamp) async throws {
        try await write { transaction throws(StoreError) in try transaction.emptyTrash(now: now) }
    }

    fileprivate func presets() throws -> [Preset] { try read { database throws(StoreError) in try database.findPresets() } }

    fileprivate func preset(_ id: Preset.ID) throws -> Preset {
        try #require(try read { database throws(StoreError) in try database.findPreset(id) })
    }

    fileprivate func trashedPresets(at now: Timestamp) throws -> [Preset] {
        try read { database throws(StoreError) in try database.findTrashedPresets(now: now) }
    }
}

private struct Unexpected: Error {}
