import Dispatch
import Domain
import HTTP

// Bodies that are too large for memory: whether they are wanted is said before they come, and they are read off the loop.

extension WebHandler {
    /// The largest body: one video of the largest size with the form around it.
    package static let bodyLimit = VideoReception.bodyLimit

    package mutating func refusal(of request: Request, withBodyOf count: Int?) -> Response? {
        let context = Context(site: site, reader: reader, request: request, captures: [], now: site.now())
        guard !doors.isPublic(request) else { return .text(.notFound, "Not Found\n") }
        guard doors.allowsHost(of: request) else { return Doors.seal(context.page(for: .foreignHost)) }
        guard request.method == .post, request.path == ["videos", "new"] else {
            // Every other form fits into a megabyte, and says how long it is.
            guard let count else { return Doors.seal(context.page(for: .lengthRequired)) }
            return count > Limits().formBody ? Doors.seal(context.page(for: .badForm(.tooLarge))) : nil
        }
        // Somebody else's page must not fill the disk.
        guard doors.allowsOrigin(of: request) else { return Doors.seal(context.page(for: .foreignForm)) }
        if let count, count > Self.bodyLimit { return Doors.seal(context.page(for: .videoTooLarge)) }
        if let count, !site.media.hasRoom(forBody: count) { return Doors.seal(context.page(for: .diskFull)) }
        return nil
    }

    package mutating func response(toRefused status: Status) -> Response {
        let context = Context(site: site, reader: reader, request: Request(method: .get, path: []), captures: [], now: site.now())
        switch status {
        // Nothing else is that large.
        case .contentTooLarge: return Doors.seal(context.page(for: .videoTooLarge))
        case .insufficientStorage: return Doors.seal(context.page(for: .diskFull))
        case _: return .text(status, "\(status.code) \(status.reason)\n")
        }
    }

    func receive(_ request: Request, _ context: Context, by reception: VideoReception) throws(Problem) -> Response {
        guard doors.allowsOrigin(of: request) else { throw .foreignForm }
        // Off the loop there is no read connection, so the pages of what may be wrong are made here.
        let foreign = Doors.seal(context.page(for: .foreignForm))
        let malformed = Doors.seal(context.page(for: .badForm(.malformed)))
        let tooLarge = Doors.seal(context.page(for: .badForm(.tooLarge)))
        let unsupported = Doors.seal(context.page(for: .badForm(.unsupportedMediaType)))
        return .later { [doors, site] responder in
            site.reception.async {
                do throws(FormError) {
                    let form = try UploadForm(request)
                    guard doors.allowsPost(request, form.fields) else { return responder.respond(foreign) }
                    reception.receive(form) { responder.respond(Doors.seal($0)) }
                } catch {
                    switch error {
                    case .malformed: responder.respond(malformed)
                    case .tooLarge: responder.respond(tooLarge)
                    case .unsupportedMediaType: responder.respond(unsupported)
                    }
                }
            }
        }
    }
}

extension VideoReception {
    /// In bytes.
    static let bodyLimit = MediaFile.limit + Limits().formBody
}
