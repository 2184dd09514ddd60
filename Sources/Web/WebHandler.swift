import Domain
import HTTP
import Store

/// Answers what a browser asks, on one loop: doors, route, action, seal.
package struct WebHandler: Handler {
    private let site: Site
    private let reader: Reader
    private let doors: Doors
    private let router = Router(Routes.all)
    /// The last Host that was allowed: nearly always the next one is the same.
    private var allowedHost = ""

    /// Called on the loop's own thread, which its read connection stays on.
    package init(_ site: Site) throws(StoreError) {
        self.site = site
        reader = try Reader(path: site.databasePath)
        doors = Doors(allowedHosts: site.settings.allowedHosts, formKey: site.formKey)
    }

    package mutating func respond(to request: Request) -> Response {
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
        switch event {
        case .task(let id): ServerSentEvent(event: "task", data: "\(id)")
        case .video(let id): ServerSentEvent(event: "video", data: "\(id)")
        case .connection: ServerSentEvent(event: "connection", data: "")
        }
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
            }
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
