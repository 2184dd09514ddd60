import Domain
import HTTP
import Store

/// Hides a preset for thirty days, then it goes.
@Sendable func deletePreset(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let id = form["preset"].flatMap({ Preset.ID(decimal: $0) }) else { throw .badForm(.malformed) }
    let (actor, now, site) = (context.actor, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        guard let preset = try transaction.trashPreset(id, now: now) else { return }
        try transaction.audit(.deleted, "preset “\(preset.name.text)”", by: actor, now: now)
    } then: { result in
        switch result {
        case .success: .seeOther("/presets?deleted=\(id)")
        case .failure(let error): site.page(for: error)
        }
    }
}

@Sendable func restorePreset(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let id = form["preset"].flatMap({ Preset.ID(decimal: $0) }) else { throw .badForm(.malformed) }
    let before = try context.presetsPage()
    let (now, site) = (context.now, context.site)
    return context.write { transaction throws(StoreError) in
        let change = try transaction.restorePreset(id, now: now)
        return (change, try PresetShelf(reading: transaction.database, now: now))
    } then: { result in
        var page = before
        switch result {
        case .failure(let error): return site.page(for: error)
        case .success((.saved, _)): return .seeOther("/presets#preset-\(id)")
        case .success((.nameTaken(let other), let shelf)), .success((.overtaken(let other), let shelf)):
            page.show(shelf)
            page.trouble = "There is another preset with the name “\(other.name.text)” now. Rename that one first."
        case .success((.full, let shelf)):
            page.show(shelf)
            page.trouble = "There are \(Preset.Limits.count) presets, and no more can be kept. Delete another one first."
        case .success((.unknown, let shelf)):
            page.show(shelf)
            page.trouble = "This preset is gone for good: it was deleted more than thirty days ago."
        }
        return .html(.conflict, site.pages.presets.render(page))
    }
}
