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
    /// Whether it is asked by the addresses that are for programs.
    var isForAPI: Bool { request.path.first == "api" }

    func document(for problem: Problem) -> Response {
        let detail: String
        switch problem {
        case .foreignForm: detail = "Requests that change something come from a program, or from a page of this app."
        case .badForm(.unsupportedMediaType): detail = "Send the body as application/json."
        case .badForm(.malformed): detail = "The body is not JSON that can be read."
        case .badForm(.tooLarge): detail = "The body is larger than this app takes."
        case .notFound: detail = "There is nothing at this address."
        case .methodNotAllowed(let allow): detail = "Here one can \(allow.map(\.rawValue).joined(separator: ", "))."
        case _:
            let (title, words) = problem.words
            detail = "\(title). \(words)"
        }
        return ProblemDocument.response(problem.status, detail: detail)
    }
}
