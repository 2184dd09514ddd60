import Dispatch
import Domain
import HTTP

// Bodies that are too large for memory: whether they are wanted is said before they come, and they are read off the loop.

extension WebHandler {
    /// The largest body: one video of the largest size with the form around it.
    package static let bodyLimit = VideoReception.bodyLimit

    package mutating func refusal(of request: Request, withBodyOf count: Int?) -> Response? {
        var context = context(of: request)
        guard !context.host.isPublic else { return .text(.notFound, "Not Found\n") }
        do throws(Problem) {
            try weigh(count, &context)
            return nil
        } catch {
            let page = context.page(for: error)
            return context.visitor.isSecure ? Doors.keepSecure(page) : page
        }
    }

    /// Whoever may not send it, somebody else's page among them, must not fill the disk.
    private func weigh(_ count: Int?, _ context: inout Context) throws(Problem) {
        guard context.host.isAllowed else { throw .foreignHost }
        guard case .receive = try admit(&context).action else {
            // Every other form fits into a megabyte, and says how long it is.
            guard let count else { throw .lengthRequired }
            guard count <= Limits().formBody else { throw .badForm(.tooLarge) }
            return
        }
        guard context.isProgram || context.formDoor.allowsOrigin(of: context.request) else { throw .foreignForm }
        guard let count else { return }
        guard count <= Self.bodyLimit else { throw .videoTooLarge }
        guard site.media.hasRoom(forBody: count) else { throw .diskFull }
    }

    package mutating func response(toRefused status: Status) -> Response {
        let context = context(of: Request(method: .get, path: []))
        switch status {
        // Nothing else is that large.
        case .contentTooLarge: return context.page(for: .videoTooLarge)
        case .insufficientStorage: return context.page(for: .diskFull)
        case _: return .text(status, "\(status.code) \(status.reason)\n")
        }
    }

    func receive(_ context: Context, by reception: VideoReception) throws(Problem) -> Response {
        let (request, isProgram, door) = (context.request, context.isProgram, context.formDoor)
        guard isProgram || door.allowsOrigin(of: request) else { throw .foreignForm }
        // Off the loop there is no read connection, so the pages of what may be wrong are made here.
        let foreign = context.page(for: .foreignForm)
        let malformed = context.page(for: .badForm(.malformed))
        let tooLarge = context.page(for: .badForm(.tooLarge))
        let unsupported = context.page(for: .badForm(.unsupportedMediaType))
        return .later { [site] responder in
            site.reception.async {
                do throws(FormError) {
                    let form = try UploadForm(request)
                    guard isProgram || door.allows(request, form.fields) else { return responder.respond(foreign) }
                    reception.receive(form) { responder.respond($0) }
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
