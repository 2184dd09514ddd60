import Domain
import HTTP
import Store

/// Answers what a browser asks, on one loop: doors, route, who asks, action.
package struct WebHandler: Handler {
    let site: Site
    let reader: Reader
    private let kept = Kept()
    let doors: Doors
    private let router = Router(Routes.all.map(\.route))
    /// Of the last request: nearly always the next one came by the same name.
    private var lastHost = Host(text: nil, isAllowed: true, isLoopback: false, isPublic: false)

    /// What the server adds to every answer.
    package static var headers: Headers { Doors.headers }

    /// Called on the loop's own thread, which its read connection stays on.
    package init(_ site: Site) throws(StoreError) {
        self.site = site
        reader = try Reader(path: site.databasePath)
        doors = Doors(allowedHosts: site.settings.allowedHosts, publicHost: site.settings.publicHost)
    }

    package mutating func respond(to request: consuming Request) -> Response {
        var context = context(of: request)
        if context.host.isPublic { return outside(context) }
        let response: Response
        do throws(Problem) {
            guard context.host.isAllowed else { throw .foreignHost }
            if context.request.path.first == "public",
                let file = site.files.response(
                    to: Array(context.request.path.dropFirst()), acceptEncoding: context.request.headers["Accept-Encoding"])
            {
                response = file
            } else {
                response = try answer(&context)
            }
        } catch {
            response = context.page(for: error)
        }
        return context.visitor.isSecure ? Doors.keepSecure(response) : response
    }

    /// `task 42`: the pages that show it fetch the changed part.
    package mutating func message(for event: Event) -> ServerSentEvent? {
        site.counts.forget()
        return switch event {
        case .task(let id): ServerSentEvent(event: "task", data: "\(id)")
        case .video(let id): ServerSentEvent(event: "video", data: "\(id)")
        case .connection: ServerSentEvent(event: "connection", data: "")
        case .script: ServerSentEvent(event: "script", data: "")
        case .access: nil
        }
    }

    package mutating func keepsStream(of owner: String, after event: Event) -> Bool {
        guard case .access = event else { return true }
        let now = site.now()
        let keeps = try? reader.ask { database throws(StoreError) in try database.keepsStream(of: owner, now: now) }
        return keeps ?? false
    }

    /// A request before it is known who asks.
    mutating func context(of request: consuming Request) -> Context {
        let visitor = site.settings.proxy.visitor(of: request)
        if request.headers["Host"] != lastHost.text { lastHost = doors.host(of: request) }
        request.peer = visitor.address
        return Context(
            site: site, reader: reader, kept: kept, request: request, host: lastHost, visitor: visitor, caller: nil,
            captures: [], now: site.now(), stand: site.stand)
    }

    /// Under the public name, a path that is no video's has no page, and says nothing of what is here.
    private func outside(_ context: Context) -> Response {
        let (request, nothing) = (context.request, Response.text(.notFound, "Not Found\n"))
        guard request.path.first == "media", request.method == .get || request.method == .head,
            case .found(let entry, let captures) = router.match(request), case .show(let show) = entry.action
        else { return nothing }
        var context = context
        context.captures = captures
        return (try? show(context)) ?? nothing
    }

    private func answer(_ context: inout Context) throws(Problem) -> Response {
        switch try admit(&context).action {
        case .show(let show): return try show(context)
        case .submit(let submit): return try submit(context, form(of: context))
        case .receive(let prepare): return try receive(context, by: prepare(context))
        case .answer(let answer): return try answer(context, body(of: context.request))
        }
    }

    /// Finds the route, and lets in who may use it: nothing of a request's body is looked at before.
    func admit(_ context: inout Context) throws(Problem) -> SiteRoute.Entry {
        let method = context.request.method
        let isChange = method != .get && method != .head
        let admission = try context.admission()
        switch router.match(context.request) {
        // What exists is nobody's business who may not come in.
        case .notFound:
            context.caller = try Access.role(.viewer).admit(admission, isChange: isChange)
            throw .notFound
        case .methodNotAllowed(let allow):
            context.caller = try Access.role(.viewer).admit(admission, isChange: false)
            throw .methodNotAllowed(allow: allow)
        case .found(let entry, let captures):
            context.captures = captures
            context.caller = try entry.access.admit(admission, isChange: isChange)
            return entry
        }
    }

    private func body(of request: Request) throws(Problem) -> JSONTree {
        guard Doors.allowsProgram(request) else { throw .foreignForm }
        do throws(FormError) {
            return try JSONTree(request)
        } catch {
            throw .badForm(error)
        }
    }

    private func form(of context: Context) throws(Problem) -> FormData {
        let form: FormData
        do throws(FormError) {
            form = try FormData(context.request)
        } catch {
            throw .badForm(error)
        }
        guard context.isProgram || context.formDoor.allows(context.request, form) else { throw .foreignForm }
        return form
    }
}

extension Context {
    /// A program's token is sent by nobody who does not know it, so it needs no form of ours.
    var isProgram: Bool {
        if case .token = caller?.means { true } else { false }
    }

    var formDoor: FormDoor {
        let mayBeSilent = if case .thisComputer = caller?.means { true } else { false }
        return FormDoor(token: formToken, isSecure: visitor.isSecure, mayBeSilent: mayBeSilent)
    }
}
