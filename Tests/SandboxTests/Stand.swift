import HTTP
import Synchronization
import Testing

@testable import Sandbox

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_487_106_250)

    var now: Int64 { milliseconds.withLock { $0 } }

    func advance(_ seconds: Double) {
        milliseconds.withLock { $0 += Int64(seconds * 1000) }
    }
}

/// A sandbox to be called without a socket.
struct Stand {
    static let token = "sandbox-token"

    let service: SandboxService
    let clock = TestClock()
    let handler: SandboxHandler

    init(pace: Double = 10, createsPerMinute: Int = 1_000, journal: String? = nil, control: Bool = true) throws {
        var configuration = SandboxService.Configuration(token: Self.token)
        configuration.pace = pace
        configuration.createsPerMinute = createsPerMinute
        configuration.journal = journal
        configuration.control = control
        configuration.clock = { [clock] in clock.now }
        service = try SandboxService(configuration: configuration)
        handler = SandboxHandler(service)
    }

    func send(_ request: Request) async -> Response {
        let response = handler.respond(to: request)
        guard case .later(let work) = response.body else { return response }
        return await withCheckedContinuation { continuation in
            work(Responder { continuation.resume(returning: $0) })
        }
    }

    func call(_ endpoint: Endpoint, _ body: JSONValue? = nil, query: String? = nil, token: String? = token) async throws -> JSONValue {
        let response = await send(request(endpoint, body?.bytes, query: query, token: token))
        #expect(response.status == .ok)
        return try response.json
    }

    func request(_ endpoint: Endpoint, _ body: [UInt8]? = nil, query: String? = nil, token: String? = token) -> Request {
        var headers: Headers = ["Content-Type": "application/json"]
        headers["Access-Token"] = token
        return Request(
            method: endpoint.method, path: path(endpoint.path), query: query, headers: headers, body: body.map { .bytes($0) } ?? .none)
    }

    func path(_ text: String) -> [String] {
        text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    func upload(_ url: String) async throws -> JSONValue {
        try await call(.upload, ["upload_type": "UPLOAD_BY_URL", "use_scenario": "AIGC", "video_url": .string(url)])
    }

    /// The id of a video that is there.
    func video(_ url: String = "https://cdn.example.com/clip.mp4") async throws -> String {
        try #require(try await upload(url)["data"]?.items?.first?["video_id"]?.text)
    }

    /// The id of a task made from the body.
    func task(_ body: JSONValue = .product) async throws -> String {
        try #require(try await call(.create, body)["data"]?["task_id"]?.text)
    }

    func get(_ task: String) async throws -> (status: String, scripts: [JSONValue]) {
        let data = try #require(try await call(.get, query: "task_id=\(task)")["data"])
        return (try #require(data["status"]?.text), try #require(data["list"]?.items))
    }

    func stats() async throws -> JSONValue {
        try await send(Request(method: .get, path: ["control", "stats"])).json
    }
}

extension Response {
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    var json: JSONValue {
        get throws { try JSONParser.parse(bytes, depth: 16) }
    }
}

extension JSONValue {
    static let product: JSONValue = [
        "script_source": "PRODUCT", "product_info": lamp, "media_list": ["image_url_list": ["https://cdn.example.com/lamp.jpg"]],
    ]

    static let lamp: JSONValue = [
        "name": "Trail Lamp 300", "brand": "Northbeam", "price": .number("39.90"), "currency": "EUR",
        "description": "A head lamp for night runs: 300 lumens, 58 g, charges by USB-C.",
        "selling_points": ["58 g light", "30 hours on one charge"],
    ]

    static let custom: JSONValue = [
        "script_source": "CUSTOM", "custom_prompt": "A runner loses the trail at dusk, then switches the lamp on.",
    ]

    var code: Int64? { self["code"]?.integer }
    var message: String { self["message"]?.text ?? "" }

    /// A copy with the value at the dotted path replaced; nil takes it out.
    func with(_ path: String, _ value: JSONValue?) -> JSONValue {
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        guard case .object(var members) = self else { return self }
        let index = members.firstIndex { $0.name == parts[0] }
        let old = index.map { members[$0].value } ?? .object([])
        let new = parts.count == 2 ? old.with(parts[1], value) : value
        if let index { members.remove(at: index) }
        if let new { members.append(Member(name: parts[0], value: new)) }
        return .object(members)
    }
}
