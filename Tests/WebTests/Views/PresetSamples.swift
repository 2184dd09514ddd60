import Domain
import Store

@testable import Web

extension Sample {
    static func preset(_ name: String, trashed: Timestamp? = nil) -> Preset {
        var form = BriefForm.fresh
        (form.tone, form.name, form.sellingPoints) = (name, name, "58 g light\n30 hours on one charge")
        (form.images, form.prompt, form.duration) = ("https://cdn.example.com/lamp.jpg", name, "15S")
        return Preset(
            id: Preset.ID(trashed == nil ? 12 : 13), name: Preset.Name(saved: name), parts: Preset.Parts(Preset.Section.allCases, of: form),
            member: "Mara", editor: name, changed: moment, revision: 3, trashed: trashed)
    }

    static func presetsPage(_ name: String = "Our voice", mayChange: Bool = true, isEmpty: Bool = false) -> PresetsPage {
        var row = PresetRow(preset(name))
        (row.typed, row.error) = (name, mayChange ? "“\(name)” is another preset. Take another name." : "")
        return PresetsPage(
            frame: frame("Presets", .tasks), presets: isEmpty ? [] : [row],
            trashed: isEmpty ? [] : [TrashedPreset(preset(name, trashed: moment))], mayChange: mayChange, rename: form("/presets/rename"),
            delete: form("/presets/delete"), restore: form("/presets/restore"),
            done: mayChange ? PresetsPage.Done(id: "13", name: name) : nil, trouble: "There is another preset “\(name)”.")
    }

    /// After somebody tried to save a preset under a name that is taken.
    static func chooser(_ name: String) -> PresetChooser {
        var typed = PresetForm()
        (typed.chosen, typed.name, typed.sections) = (Preset.ID(12), name, [.voice, .product])
        var chooser = PresetChooser([(Preset.ID(12), name), (Preset.ID(14), "Product & price")], typed)
        chooser.replacement = .init(preset(name))
        chooser.name.errors = ["“\(name)” is there already."]
        chooser.sections.errors = ["Choose what the preset is to set."]
        chooser.said = "“\(name)” is applied: tone."
        return chooser
    }
}
