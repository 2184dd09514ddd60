import HTTP

/// For who works on the templates: with `--reload-templates` alone.
@Sendable func showStyle(_ context: Context) throws(Problem) -> Response {
    guard context.site.settings.reloadsTemplates else { throw .notFound }
    let page = StylePage(
        frame: context.frame("Style", .elsewhere, try context.desk(), offersNewBrief: false), form: context.postForm("/style"))
    return .html(.ok, context.site.pages.style.render(page))
}
