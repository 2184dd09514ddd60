import Glibc
import HTTP

/// Serves one `SandboxService`: the four endpoints under `/open_api/v1.3`, and `/control/…` where that is switched on.
package struct SandboxHandler: Handler {
    private let service: SandboxService

    package init(_ service: SandboxService) {
        self.service = service
    }

    package func respond(to request: Request) -> Response {
        if service.configuration.control, request.path.first == "control" { return control(request) }
        guard let endpoint = Endpoint(path: request.path) else { return .text(.notFound, "404 page not found\n") }

        let now = service.now
        switch endpoint {
        case .upload, .create: break
        case .get: service.count { $0.gets += 1 }
        case .list: service.count { $0.lists += 1 }
        }
        let fault = service.takeFault(of: endpoint)
        if let fault, !fault.isDone {
            if endpoint == .create { service.count { $0.createsRefused += 1 } }
            return fault.spoil(.envelope([:]), now: now)
        }
        let answer = answer(endpoint, request, now)
        return fault?.spoil(answer, now: now) ?? answer
    }

    package func message(for event: Never) -> ServerSentEvent? {}

    private func answer(_ endpoint: Endpoint, _ request: Request, _ now: Int64) -> Response {
        do throws(Refusal) {
            guard request.method == endpoint.method else {
                throw Refusal(.wrongEndpoint, "This endpoint is called with \(endpoint.method.rawValue), not \(request.method.rawValue).")
            }
            guard let token = request.headers["Access-Token"], !token.isEmpty else {
                throw Refusal(.missingToken, "The header Access-Token is missing.")
            }
            guard token == service.configuration.token else {
                throw Refusal(.wrongToken, "The access token is not the one of this sandbox.")
            }
            switch endpoint {
            case .upload: return try service.upload(try body(of: request))
            case .create: return service.create(Result { () throws(Refusal) in try body(of: request) })
            case .get: return .envelope(Envelope.success(try service.task(request.queryItems["task_id"], now), now: now))
            case .list: return .envelope(Envelope.success(try service.scripts(request.queryItems, now), now: now))
            }
        } catch {
            if endpoint == .create { service.count { $0.createsRefused += 1 } }
            return .envelope(Envelope.refusal(error, now: now))
        }
    }

    /// A brief takes some 10 KB; this is what it could take were every character escaped.
    private static let maximumBody = 262_144

    private func body(of request: Request) throws(Refusal) -> JSONValue {
        do {
            if request.headers["Content-Type"]?.lowercased().hasPrefix("multipart/form-data") == true {
                let form = try FormData(request)
                return .object(form.pairs.map { JSONValue.Member(name: $0.name, value: .string($0.value)) })
            }
            return try JSONParser.parse(try bytes(of: request), depth: 8)
        } catch let error as JSONParser.Malformed {
            throw Refusal(.wrongParameter, "The body is not JSON: \(error.reason), at byte \(error.offset).")
        } catch let error as Refusal {
            throw error
        } catch {
            throw Refusal(.wrongParameter, "The body is not a form that can be read.")
        }
    }

    private func bytes(of request: Request) throws(Refusal) -> [UInt8] {
        let tooLong = Refusal(.wrongParameter, "The body: it is longer than \(Self.maximumBody) bytes.")
        switch request.body {
        case .none:
            return []
        case .bytes(let bytes):
            guard bytes.count <= Self.maximumBody else { throw tooLong }
            return bytes
        case .file(let path, let count):
            guard count <= Self.maximumBody else { throw tooLong }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard descriptor >= 0, let bytes = readAll(descriptor) else {
                throw Refusal(.serviceTrouble, "The body could not be read back.")
            }
            return bytes
        }
    }

    private func control(_ request: Request) -> Response {
        switch (request.method, request.path) {
        case (.get, ["control", "stats"]):
            let counted = service.counted
            return .json(
                .ok,
                ([
                    "uploads": .number(Int64(counted.uploads)), "creates": .number(Int64(counted.creates)),
                    "creates_refused": .number(Int64(counted.createsRefused)), "gets": .number(Int64(counted.gets)),
                    "lists": .number(Int64(counted.lists)),
                ] as JSONValue).bytes)
        case (.get, ["control", "creates"]):
            return .json(.ok, JSONValue.array(service.counted.bodies).bytes)
        case (.post, ["control", "faults"]):
            do {
                service.inject(try Fault(try body(of: request)))
                return Response(.noContent)
            } catch {
                return .text(.badRequest, error.message + "\n")
            }
        case (.delete, ["control", "faults"]):
            service.endFaults()
            return Response(.noContent)
        case _:
            return .text(.notFound, "404 page not found\n")
        }
    }
}
