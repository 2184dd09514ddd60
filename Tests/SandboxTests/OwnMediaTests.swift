import HTTP
import Synchronization
import Testing

@testable import Sandbox

/// The sandbox inside an app looks at that app's own videos, and at nothing else.
struct OwnMediaTests {
    private static let origin = "http://127.0.0.1:8080/media/"

    /// A sandbox whose app gives this for every address of its own, and the addresses it was asked for.
    private func stand(_ media: FetchedMedia) throws -> (SandboxHandler, Asked) {
        let asked = Asked()
        var configuration = SandboxService.Configuration(token: Stand.token)
        configuration.fetchOwnMedia = { url in
            guard url.hasPrefix(Self.origin) else { return nil }
            asked.add(url)
            return media
        }
        return (SandboxHandler(try SandboxService(configuration: configuration)), asked)
    }

    private func upload(_ url: String, to handler: SandboxHandler) async throws -> JSONValue {
        let body: JSONValue = ["upload_type": "UPLOAD_BY_URL", "use_scenario": "AIGC", "video_url": .string(url)]
        let request = Request(
            method: .post, path: ["open_api", "v1.3", "file", "video", "ad", "upload", ""],
            headers: ["Access-Token": Stand.token, "Content-Type": "application/json"], body: .bytes(body.bytes))
        guard case .later(let work) = handler.respond(to: request).body else { throw NoLater() }
        let response = await withCheckedContinuation { continuation in work(Responder { continuation.resume(returning: $0) }) }
        return try response.json
    }

    private struct NoLater: Error {}

    @Test func `a video that comes whole is given an id`() async throws {
        let (handler, asked) = try stand(FetchedMedia(status: 200, contentType: "video/mp4", length: 55, received: 55))
        let answer = try await upload(Self.origin + "k/a.mp4", to: handler)
        #expect(answer.code == 0 && answer["data"]?.items?.first?["video_id"]?.text != nil)
        #expect(asked.all == [Self.origin + "k/a.mp4"])
    }

    @Test(
        arguments: [
            (FetchedMedia(status: 404, contentType: "text/plain", length: 10, received: 10), 40902),
            (FetchedMedia(status: 200, contentType: "text/html; charset=utf-8", length: 10, received: 10), 40904),
            (FetchedMedia(status: 200, contentType: "image/png", length: 10, received: 10), 40906),
            (FetchedMedia(status: 200, contentType: "video/mp4", length: 10, received: 9), 40905),
            (FetchedMedia(status: 200, contentType: "video/mp4", length: nil, received: 9), 40905),
            (FetchedMedia(status: 200, contentType: "video/mp4", length: 0, received: 0), 40905),
            (FetchedMedia(problem: "no connection"), 40902),
        ] as [(FetchedMedia, Int64)])
    func `what comes otherwise is refused`(media: FetchedMedia, code: Int64) async throws {
        let (handler, _) = try stand(media)
        #expect(try await upload(Self.origin + "k/a.mp4", to: handler).code == code)
    }

    @Test func `any other address is judged by its name, and nobody is asked`() async throws {
        let (handler, asked) = try stand(FetchedMedia(problem: "must not be asked"))
        #expect(try await upload("https://cdn.example.com/a.mp4", to: handler).code == 0)
        #expect(try await upload("http://10.0.0.1/media/a.mp4", to: handler).code == 0)
        #expect(asked.all.isEmpty)
    }
}

private final class Asked: Sendable {
    private let urls = Mutex<[String]>([])
    func add(_ url: String) { urls.withLock { $0.append(url) } }
    var all: [String] { urls.withLock { $0 } }
}
