import Domain
import HTTP

/// All presets; with `?deleted=ID` the way to bring that one back.
@Sendable func listPresets(_ context: Context) throws(Problem) -> Response {
    var page = try context.presetsPage()
    if let deleted = context.request.queryItems["deleted"], page.mayChange {
        page.done = page.trashed.first { $0.id == deleted }.map { PresetsPage.Done(id: $0.id, name: $0.name) }
    }
    return .html(.ok, context.site.pages.presets.render(page))
}

/// The address of a form that was reloaded or bookmarked.
@Sendable func returnToPresets(_ context: Context) throws(Problem) -> Response {
    guard let action = context.captures.last, ["rename", "delete", "restore"].contains(action) else { throw .notFound }
    return .seeOther("/presets")
}
