import HTTP

/// What the sandbox serves. The trailing slash, or its absence, is part of every path of the API.
package enum Endpoint: String, Sendable, CaseIterable {
    case upload, create, get, list

    var method: Method {
        switch self {
        case .upload, .create: .post
        case .get, .list: .get
        }
    }

    var path: String {
        switch self {
        case .upload: "/open_api/v1.3/file/video/ad/upload/"
        case .create: "/open_api/v1.3/creative/aigc/script_generation/task/create/"
        case .get: "/open_api/v1.3/creative/aigc/script/task/get/"
        case .list: "/open_api/v1.3/creative/aigc/script/list/"
        }
    }

    /// The endpoint of a path; whether the method fits is another question, with another answer.
    init?(path: [String]) {
        let path = "/" + path.joined(separator: "/")
        guard let endpoint = Self.allCases.first(where: { $0.path == path }) else { return nil }
        self = endpoint
    }
}

/// The answers' common shape: `{"code", "message", "request_id", "data"}`, under HTTP 200 whatever the code.
enum Envelope {
    static func success(_ data: JSONValue, now: Int64) -> JSONValue {
        make(ReturnCode.ok.rawValue, "OK", data, now)
    }

    static func refusal(_ refusal: Refusal, now: Int64) -> JSONValue {
        make(refusal.code.rawValue, refusal.message, [:], now)
    }

    static func make(_ code: Int64, _ message: String, _ data: JSONValue, _ now: Int64) -> JSONValue {
        ["code": .number(code), "message": .string(message), "request_id": .string(RequestID.make(now)), "data": data]
    }
}

extension Response {
    static func envelope(_ answer: JSONValue) -> Response {
        .json(.ok, answer.bytes)
    }
}
