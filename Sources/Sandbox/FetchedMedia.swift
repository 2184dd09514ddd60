import Dispatch
import HTTP

/// What came of fetching a video from the app that this sandbox is part of.
package struct FetchedMedia: Sendable {
    let status: Int
    let contentType: String
    /// As the head announced it.
    let length: Int?
    /// Bytes of the body that came.
    let received: Int
    /// Why there is no answer at all; empty otherwise.
    let problem: String

    package init(status: Int, contentType: String, length: Int?, received: Int) {
        self.status = status
        self.contentType = contentType
        self.length = length
        self.received = received
        problem = ""
    }

    package init(problem: String) {
        (status, contentType, length, received) = (0, "", nil, 0)
        self.problem = problem
    }

    /// What the service checks of a file that it fetches.
    func check() throws(Refusal) {
        guard problem.isEmpty else { throw Refusal(.fileNotFetched, "video_url: it could not be fetched: \(problem).") }
        guard status == 200 else { throw Refusal(.fileNotFetched, "video_url: it answers \(status).") }
        let type = contentType.lowercased()
        if type.hasPrefix("text/") { throw Refusal(.fileIsText, "video_url: what it gives is text, not a video.") }
        guard type.hasPrefix("video/") else { throw Refusal(.fileTypeUnsupported, "video_url: \(contentType) is not supported.") }
        guard received > 0, length == received else {
            throw Refusal(.fileIncomplete, "video_url: \(received) bytes came of \(length.map(String.init) ?? "an unknown number").")
        }
    }
}

extension SandboxService {
    /// Looks at the file where it is one of the app's own; then does `work`, or refuses.
    func afterFetching(_ url: String, _ work: @escaping @Sendable () -> Response) -> Response {
        guard let fetch = configuration.fetchOwnMedia else { return work() }
        return .later { [self] responder in
            DispatchQueue.global().async { [self] in
                let response: Response
                do throws(Refusal) {
                    try fetch(url)?.check()
                    response = work()
                } catch {
                    response = .envelope(Envelope.refusal(error, now: now))
                }
                if case .later(let rest) = response.body { rest(responder) } else { responder.respond(response) }
            }
        }
    }
}
