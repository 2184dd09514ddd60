import HTTP
import Store

extension Context {
    /// The one place that turns an error into an answer: for people a page, for programs a line, and a document where the API is asked.
    func page(for problem: Problem) -> Response {
        if case .store(let error) = problem {
            log("the store could not be read", at: now, [("error", "\(error)")])
            if error.isDamage { site.writer.checkInBackground(path: site.databasePath) }
        }
        var response: Response
        switch problem {
        case .signInNeeded where isForReading: return .seeOther("/sign-in?next=\(LocalPath(request).text.percentEncoded)")
        case .newcomer(let name) where isForReading: return welcome(name)
        case _: response = isForAPI ? document(for: problem) : isForProgram ? line(for: problem) : errorPage(problem)
        }
        switch problem {
        case .methodNotAllowed(let allow): response.headers["Allow"] = allow.map(\.rawValue).joined(separator: ", ")
        // RFC 9110 §15.5.2, RFC 6750 §3.
        case .signInNeeded: response.headers["WWW-Authenticate"] = "Bearer realm=\"Scriptorium\""
        case .unknownToken: response.headers["WWW-Authenticate"] = "Bearer realm=\"Scriptorium\", error=\"invalid_token\""
        case .busy: response.headers["Retry-After"] = "5"
        case _: break
        }
        return response
    }

    private var isForProgram: Bool { authorization != nil || isForAPI }

    /// A page that a person opens; an event stream is opened by a page, which has to know.
    private var isForReading: Bool {
        !isForProgram && (request.method == .get || request.method == .head) && request.headers["Accept"] != "text/event-stream"
    }

    private func errorPage(_ problem: Problem) -> Response {
        let (title, words) = problem.words
        let desk = caller == nil ? nil : try? desk()
        let link =
            switch problem {
            case .signInNeeded: ErrorPage.Link(address: "/sign-in", label: "Sign in")
            case _: ErrorPage.Link(address: "/", label: "To the desk")
            }
        let view = ErrorPage(
            frame: frame(title, .elsewhere, desk), status: String(problem.status.code), title: title, words: words, link: link)
        return .html(problem.status, site.pages.error.render(view))
    }

    private func line(for problem: Problem) -> Response {
        let (title, words) = problem.words
        return .text(problem.status, "\(title). \(words)\n")
    }

    /// Makes a member of who came by a trusted proxy for the first time, and lets them go on.
    private func welcome(_ name: String) -> Response {
        let (address, now, path) = (visitor.address, now, LocalPath(request).text)
        return write { transaction throws(StoreError) in
            try transaction.ensureMember(proxyName: name, from: address, now: now)
        } then: {
            switch $0 {
            case .success: .seeOther(path)
            case .failure: .text(.serviceUnavailable, "You could not be let in: the disk may be full. Try again.\n")
            }
        }
    }
}
