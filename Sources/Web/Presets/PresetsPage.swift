import Domain
import Store

/// `/presets`
struct PresetsPage: View {
    let frame: Frame
    var presets: [PresetRow]
    /// Those that can still be brought back.
    var trashed: [TrashedPreset]
    /// Whether its reader may change them, or use them in a brief.
    let mayChange: Bool
    /// Post to `/presets/rename`, `/presets/delete` and `/presets/restore`.
    let rename: PostForm
    let delete: PostForm
    let restore: PostForm
    /// What was deleted just now.
    var done: Done? = nil
    /// Why something was not done; empty otherwise.
    var trouble = ""

    struct Done: View {
        let id: String
        let name: String

        static var fields: [Field<Done>] {
            [
                .text("id") { $0.id },
                .text("name") { $0.name },
            ]
        }
    }

    static var fields: [Field<PresetsPage>] {
        [
            .section("frame") { $0.frame },
            .list("presets") { $0.presets },
            .flag("has_presets") { !$0.presets.isEmpty },
            .list("trashed") { $0.trashed },
            .flag("has_trashed") { !$0.trashed.isEmpty },
            .flag("may_change") { $0.mayChange },
            .section("rename") { $0.rename },
            .section("delete") { $0.delete },
            .section("restore") { $0.restore },
            .section("done") { $0.done },
            .text("trouble") { $0.trouble },
        ]
    }
}

struct PresetRow: View {
    let id: String
    let name: String
    let parts: [PresetPart]
    /// `Mara`, or `Mara, changed by Ben`
    let by: String
    let changed: Moment
    /// The revision that is shown, which a change names.
    let revision: String
    /// What stands in the field of its new name.
    var typed: String
    /// What is wrong with that; empty for nothing.
    var error = ""

    static var fields: [Field<PresetRow>] {
        [
            .text("id") { $0.id },
            .text("name") { $0.name },
            .list("parts") { $0.parts },
            .text("by") { $0.by },
            .section("changed") { $0.changed },
            .text("revision") { $0.revision },
            .text("typed") { $0.typed },
            .text("error") { $0.error },
        ]
    }
}

struct TrashedPreset: View {
    let id: String
    let name: String
    let trashed: Moment

    static var fields: [Field<TrashedPreset>] {
        [
            .text("id") { $0.id },
            .text("name") { $0.name },
            .section("deleted") { $0.trashed },
        ]
    }
}

extension PresetRow {
    init(_ preset: Preset) {
        self.init(
            id: "\(preset.id)", name: preset.name.text, parts: PresetPart.all(of: preset.parts),
            by: preset.member == preset.editor ? preset.member : "\(preset.member), changed by \(preset.editor)",
            changed: Moment(preset.changed), revision: "\(preset.revision)", typed: preset.name.text)
    }
}

extension TrashedPreset {
    init(_ preset: Preset) {
        self.init(id: "\(preset.id)", name: preset.name.text, trashed: Moment(preset.trashed ?? preset.changed))
    }
}

/// All that the page shows of the store.
struct PresetShelf: Sendable {
    let presets: [Preset]
    let trashed: [Preset]

    init(reading database: borrowing Database, now: Timestamp) throws(StoreError) {
        presets = try database.findPresets()
        trashed = try database.findTrashedPresets(now: now)
    }
}

extension PresetsPage {
    mutating func show(_ shelf: PresetShelf) {
        presets = shelf.presets.map { PresetRow($0) }
        trashed = shelf.trashed.map { TrashedPreset($0) }
    }
}

extension Context {
    func presetsPage(_ desk: Desk, _ shelf: PresetShelf) -> PresetsPage {
        var page = PresetsPage(
            frame: frame("Presets", .tasks, desk), presets: [], trashed: [], mayChange: may(.writer), rename: postForm("/presets/rename"),
            delete: postForm("/presets/delete"), restore: postForm("/presets/restore"))
        page.show(shelf)
        return page
    }

    /// The page as it is before a change, to be shown again if that cannot be done.
    func presetsPage() throws(Problem) -> PresetsPage {
        let (desk, shelf) = try read { database throws(StoreError) in
            (try self.desk(database), try PresetShelf(reading: database, now: now))
        }
        return presetsPage(desk, shelf)
    }
}
