import Domain
import HTTP
import Store

/// Answers what a browser asks, on one loop: doors, route, action, seal.
package struct WebHandler: Handler {
    let site: Site
    let reader: Reader
    let doors: Doors
    private let router = Router(Routes.all)
    /// The last Host that was allowed: nearly always the next one is the same.
    private var allowedHost = ""

    /// Called on the loop's own thread, which its read connection stays on.
    package init(_ site: Site) throws(StoreError) {
        self.site = site
        reader = try Reader(path: site.databasePath)
        doors = Doors(allowedHosts: site.settings.allowedHosts, formKey: site.formKey, publicHost: site.settings.publicHost)
    }

    package mutating func respond(to request: Request) -> Response {
        if doors.isPublic(request) { return Doors.seal(outside(request)) }
        do throws(Problem) {
            try checkHost(of: request)
            if request.path.first == "public", let file = site.files.response(to: Array(request.path.dropFirst())) { return file }
            return Doors.seal(try answer(request))
        } catch {
            let context = Context(site: site, reader: reader, request: request, captures: [], now: site.now())
            return Doors.seal(context.page(for: error))
        }
    }

    private mutating func checkHost(of request: Request) throws(Problem) {
        let host = request.headers["Host"]
        if let host, host == allowedHost { return }
        guard doors.allowsHost(of: request) else { throw .foreignHost }
        allowedHost = host ?? ""
    }

    /// `task 42`: the pages that show it fetch the changed part.
    package mutating func message(for event: Event) -> ServerSentEvent? {
        site.counts.forget()
        return switch event {
        case .task(let id): ServerSentEvent(event: "task", data: "\(id)")
        case .video(let id): ServerSentEvent(event: "video", data: "\(id)")
        case .connection: ServerSentEvent(event: "connection", data: "")
        case .script: ServerSentEvent(event: "script", data: "")
        }
    }

    /// Under the public name, a path that is no video's has no page, and says nothing of what is here.
    private func outside(_ request: Request) -> Response {
        let nothing = Response.text(.notFound, "Not Found\n")
        guard request.path.first == "media", request.method == .get || request.method == .head else { return nothing }
        return (try? answer(request)) ?? nothing
    }

    private func answer(_ request: Request) throws(Problem) -> Response {
        switch router.match(request) {
        case .notFound:
            throw .notFound
        case .methodNotAllowed(let allow):
            throw .methodNotAllowed(allow: allow)
        case .found(let action, let captures):
            let context = Context(site: site, reader: reader, request: request, captures: captures, now: site.now())
            switch action {
            case .show(let show):
                return try show(context)
            case .submit(let submit):
                return try submit(context, form(of: request))
            case .receive(let prepare):
                return try receive(request, context, by: prepare(context))
            case .answer(let answer):
                return try answer(context, body(of: request))
            }
        }
    }

    private func body(of request: Request) throws(Problem) -> JSONTree {
        guard doors.allowsOrigin(of: request) else { throw .foreignForm }
        do throws(FormError) {
            return try JSONTree(request)
        } catch {
            throw .badForm(error)
        }
    }

    private func form(of request: Request) throws(Problem) -> FormData {
        let form: FormData
        do throws(FormError) {
            form = try FormData(request)
        } catch {
            throw .badForm(error)
        }
        guard doors.allowsPost(request, form) else { throw .foreignForm }
        return form
    }
}
