import Domain
import HTTP
import Store

/// The same form with a preset laid over what was typed.
@Sendable func applyPreset(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    var typed = BriefForm { form.values($0.rawValue) }
    let asked = PresetForm(form)
    let (brief, preset) = try context.read { database throws(StoreError) in
        (
            try context.briefDesk(database, asked),
            try asked.chosen.map { id throws(StoreError) in try database.findPreset(id) } ?? nil
        )
    }
    guard let preset else {
        let note = FormNote(words: "This preset is gone: somebody has deleted it. What you have typed is as it was.")
        let page = context.briefView(brief, typed, hold: DraftHold(form), note: note)
        return context.briefPage(page, .unprocessableContent)
    }
    let said = preset.said(over: typed)
    typed.apply(preset.parts)
    var page = context.briefView(brief, typed, hold: DraftHold(form))
    page.presets.said = said
    return context.briefPage(page)
}

/// The address of a form that was reloaded or bookmarked.
@Sendable func returnToBrief(_ context: Context) throws(Problem) -> Response {
    guard let action = context.captures.last, ["apply", "save"].contains(action) else { throw .notFound }
    return .seeOther("/tasks/new")
}

extension Context {
    /// A fresh brief with a preset.
    func briefWith(_ id: Preset.ID) throws(Problem) -> Response {
        var asked = PresetForm()
        asked.chosen = id
        let found = try read { [asked] database throws(StoreError) -> (BriefDesk, Preset)? in
            guard let preset = try database.findPreset(id) else { return nil }
            return (try briefDesk(database, asked), preset)
        }
        guard let (brief, preset) = found else { throw .notFound }
        var form = BriefForm.fresh
        form.apply(preset.parts)
        var page = briefView(brief, form)
        page.presets.said = preset.said(over: .fresh)
        return briefPage(page)
    }
}

extension Preset {
    /// What came of laying it over a form. Whoever had written something else there is told, since it is gone.
    fileprivate func said(over typed: BriefForm) -> String {
        let (had, usual) = (Parts(Section.allCases, of: typed), Parts(Section.allCases, of: .fresh))
        let lost = parts.fields.filter { field in
            had[field].map { $0 != parts[field] && $0 != usual[field] } ?? false
        }
        let words = "“\(name.text)” is applied: \(parts.fields.map(\.words).listed)."
        return lost.isEmpty ? words : "\(words) In place of what stood there: \(lost.map(\.words).listed)."
    }
}
