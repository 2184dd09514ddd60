import Domain
import HTTP
import Store

/// What was typed and chosen about presets in the form of a brief.
struct PresetForm: Sendable {
    var chosen: Preset.ID?
    var name = ""
    var sections: [Preset.Section] = [.voice]
    /// The preset that is to be replaced.
    var seen: SeenPreset?

    init() {}

    init(_ form: FormData) {
        chosen = form["preset"].flatMap { Preset.ID(decimal: $0) }
        name = (form["preset_name"] ?? "").withLineFeeds
        sections = Preset.Section.allCases.filter { form.values("preset_part").contains($0.rawValue) }
        seen = form["preset_replace"].flatMap { SeenPreset($0) }
    }
}

extension SeenPreset {
    /// As a form carries it: `12.3`, the third state of preset 12.
    var text: String { "\(id).\(revision)" }

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Preset.ID(decimal: String(parts[0])), let revision = Int(parts[1]) else { return nil }
        self.init(id: id, revision: revision)
    }
}

/// The part of a brief's form where presets are applied and saved.
struct PresetChooser: View {
    /// All presets, by id.
    let presets: FormField
    var name: FormField
    /// Boxes: which sections of the brief to save.
    var sections: FormField
    /// Offered when the name is taken.
    var replacement: Replacement?
    var isOpen: Bool
    /// What has just been applied or saved; empty for nothing.
    var said = ""

    struct Replacement: View {
        let value: String
        /// `“Our voice”`; empty when it is not known any more.
        let title: String
        let isChosen: Bool

        static var fields: [Field<Replacement>] {
            [
                .text("value") { $0.value },
                .text("title") { $0.title },
                .flag("is_chosen") { $0.isChosen },
            ]
        }
    }

    init(_ presets: [(id: Preset.ID, name: String)] = [], _ typed: PresetForm = PresetForm()) {
        self.presets = FormField(
            name: "preset", value: typed.chosen.map { "\($0)" } ?? "",
            options: presets.map { FormField.Option(value: "\($0.id)", label: $0.name, isChosen: $0.id == typed.chosen) })
        name = FormField(name: "preset_name", value: typed.name)
        sections = FormField(
            name: "preset_part", value: "",
            options: Preset.Section.allCases.map {
                FormField.Option(value: $0.rawValue, label: $0.title, isChosen: typed.sections.contains($0))
            })
        replacement = typed.seen.map { Replacement(value: $0.text, title: "", isChosen: true) }
        isOpen = !typed.name.isBlank
    }

    static var fields: [Field<PresetChooser>] {
        [
            .section("preset") { $0.presets },
            .flag("has_presets") { !$0.presets.options.isEmpty },
            .section("preset_name") { $0.name },
            .section("preset_part") { $0.sections },
            .section("replacement") { $0.replacement },
            .flag("is_open") { $0.isOpen },
            .text("said") { $0.said },
        ]
    }
}

extension PresetChooser.Replacement {
    init(_ preset: Preset) {
        let seen = SeenPreset(id: preset.id, revision: preset.revision)
        self.init(value: seen.text, title: "“\(preset.name.text)”", isChosen: false)
    }
}
