import Domain
import HTTP
import Store

/// The same form once its chosen sections are a preset, or with what keeps them from being one.
@Sendable func savePreset(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let typed = BriefForm { form.values($0.rawValue) }
    let asked = PresetForm(form)
    let brief = try context.read { database throws(StoreError) in try context.briefDesk(database, asked) }
    let preset: NewPreset
    do throws(InvalidPreset) {
        preset = try NewPreset(name: asked.name, asked.sections, of: typed)
    } catch {
        var page = context.briefView(brief, typed, mistakes: error.mistakes, hold: DraftHold(form))
        page.refuse(name: error.name, sections: error.sections)
        return context.briefPage(page, .unprocessableContent)
    }
    let again = context.briefView(brief, typed, hold: DraftHold(form))
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        let change = try transaction.savePreset(preset, replacing: asked.seen, by: member, now: now)
        return (change, try transaction.database.findPresetNames())
    } then: { result in
        var page = again
        let status: Status
        switch result {
        case .success((.saved(let id), let names)):
            var next = PresetForm()
            (next.chosen, next.sections) = (id, asked.sections)
            page.presets = PresetChooser(names, next)
            page.presets.said = "“\(preset.name.text)” is saved: \(preset.parts.fields.map(\.words).listed)."
            status = .ok
        case .success((.nameTaken(let other), _)), .success((.overtaken(let other), _)):
            page.presets.replacement = PresetChooser.Replacement(other)
            page.refuse(
                name: "“\(other.name.text)” is there already, by \(other.editor): it sets \(other.parts.fields.map(\.words).listed). "
                    + "Replace it, or take another name.")
            status = .unprocessableContent
        case .success((.full, _)):
            page.refuse(name: "There are \(Preset.Limits.count) presets, and no more can be kept. Delete one, or replace one.")
            status = .unprocessableContent
        case .success((.unknown, _)):
            page.refuse(name: "This preset is gone: somebody has deleted it. Save it once more.")
            status = .unprocessableContent
        case .failure(let error):
            log("a preset could not be saved", at: site.now(), [("error", "\(error)")])
            let (title, words) = error.advice
            page.note = FormNote(words: "\(title). The preset was not saved; what you have typed is kept here. \(words)")
            status = error.status
        }
        return Response.html(status, site.pages.brief.render(page)).withForeignMedia
    }
}

extension BriefPage {
    /// Says at the controls of a preset, and above the form, what keeps it from being saved.
    fileprivate mutating func refuse(name: String? = nil, sections: String? = nil) {
        presets.isOpen = true
        if let sections {
            presets.sections.errors.append(sections)
            mistakes.append(FormMistake(field: presets.sections.name, message: sections))
        }
        if let name {
            presets.name.errors.append(name)
            mistakes.append(FormMistake(field: presets.name.name, message: name))
        }
    }
}
