import HTTP

/// An error as a program reads it (RFC 9457).
struct ProblemDocument: Encodable {
    struct Member: Encodable {
        /// The path of the member of the body, or the name of the parameter.
        let field: String
        let detail: String
    }

    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
    var errors: [Member]?

    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, errors
    }

    init(_ status: Status, detail: String, errors: [Member] = []) {
        // RFC 9457 §4.2.1: with `about:blank` the title is that of the status.
        title = status.reason
        self.status = status.code
        self.detail = detail
        self.errors = errors.isEmpty ? nil : errors
    }

    static func response(_ status: Status, detail: String, errors: [Member] = []) -> Response {
        var response = Response.json(status, JSONBody.bytes(ProblemDocument(status, detail: detail, errors: errors)))
        response.headers["Content-Type"] = "application/problem+json"
        return response
    }
}

extension Context {
    /// Whether a program asks, by its own addresses.
    var isForProgram: Bool { request.path.first == "api" }

    func document(for problem: Problem) -> Response {
        let detail =
            switch problem {
            case .foreignForm: "Requests that change something come from a program, or from a page of this app."
            case .foreignHost: "This is not a name that this app was given."
            case .badForm(let error):
                switch error {
                case .unsupportedMediaType: "Send the body as application/json."
                case .malformed: "The body is not JSON that can be read."
                case .tooLarge: "The body is larger than this app takes."
                }
            case .notFound: "There is nothing at this address."
            case .methodNotAllowed(let allow): "Here one can \(allow.map(\.rawValue).joined(separator: ", "))."
            case .lengthRequired: "Say with Content-Length how long the body is."
            case .videoTooLarge: "The body is larger than this app takes."
            case .diskFull: "The disk is full. Nothing was changed."
            case .store: "Nothing was changed. Try again in some seconds."
            }
        return ProblemDocument.response(problem.status, detail: detail)
    }
}
