import Domain
import HTTP
import Store

@Sendable func renamePreset(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let id = form["preset"].flatMap({ Preset.ID(decimal: $0) }), let revision = form["revision"].flatMap({ Int($0) }) else {
        throw .badForm(.malformed)
    }
    let typed = form["name"] ?? ""
    let before = try context.presetsPage()
    let name: Preset.Name
    do throws(Preset.InvalidName) {
        name = try Preset.Name(typed)
    } catch {
        var page = before
        page.refuse(id, typed, error.words)
        return .html(.unprocessableContent, context.site.pages.presets.render(page))
    }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        let seen = SeenPreset(id: id, revision: revision)
        let change = try transaction.renamePreset(seen, to: name, by: member, now: now)
        return (change, try PresetShelf(reading: transaction.database, now: now))
    } then: { result in
        var page = before
        switch result {
        case .failure(let error): return site.page(for: error)
        case .success((.saved, _)): return .seeOther("/presets#preset-\(id)")
        case .success((.nameTaken(let other), let shelf)):
            page.show(shelf)
            page.refuse(id, typed, "“\(other.name.text)” is another preset. Take another name.")
            return .html(.unprocessableContent, site.pages.presets.render(page))
        case .success((.overtaken(let other), let shelf)):
            page.show(shelf)
            page.refuse(id, typed, "\(other.editor) has changed this preset meanwhile. Look at it, and rename it once more.")
            return .html(.conflict, site.pages.presets.render(page))
        case .success((.unknown, let shelf)), .success((.full, let shelf)):
            page.show(shelf)
            page.trouble = "This preset is gone: somebody has deleted it. It was not renamed."
            return .html(.conflict, site.pages.presets.render(page))
        }
    }
}

extension PresetsPage {
    /// Says at its row why a preset keeps its name, with the one that was typed.
    fileprivate mutating func refuse(_ id: Preset.ID, _ typed: String, _ words: String) {
        guard let index = presets.firstIndex(where: { $0.id == "\(id)" }) else {
            trouble = "This preset is gone: somebody has deleted it. It was not renamed."
            return
        }
        presets[index].typed = typed
        presets[index].error = words
    }
}
