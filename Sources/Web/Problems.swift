import HTTP
import Store

extension Context {
    /// The one place that turns an error into a page.
    func page(for problem: Problem) -> Response {
        let status = problem.status
        var (title, words) = problem.isVideoTooLarge ? ErrorPage.videoTooLarge : ErrorPage.words(for: status.code)
        if case .store(let error) = problem {
            log("the store could not be read", at: now, [("error", "\(error)")])
            (title, words) = error.advice
            if error.isDamage { site.writer.checkInBackground(path: site.databasePath) }
        }
        let view = ErrorPage(
            frame: frame(title, .elsewhere, try? desk()), status: String(status.code), title: title, words: words,
            link: ErrorPage.Link(address: "/", label: "To the desk"))
        var response = Response.html(status, site.pages.error.render(view))
        if case .methodNotAllowed(let allow) = problem {
            response.headers["Allow"] = allow.map(\.rawValue).joined(separator: ", ")
        }
        return response
    }
}
