/// The fields of a form in the order they were sent; a name may come more than once. Text that is not UTF-8 is repaired with U+FFFD,
/// so a person who pastes something odd gets it back on the page instead of an error.
package struct FormData: Sendable {
    /// A part with a file name (RFC 7578 §4.2), held in memory. `filename` is the sender's word: never a path to write to.
    package struct File: Sendable {
        package let name: String
        package let filename: String
        package let contentType: String
        package let bytes: [UInt8]
    }

    package private(set) var pairs: [(name: String, value: String)] = []
    package private(set) var files: [File] = []

    /// The fields of a body in either of the two encodings a browser's form has.
    package init(_ request: Request, limits: Limits = Limits()) throws(FormError) {
        let type = HeaderValue(request.headers["Content-Type"] ?? "")
        switch type.token {
        case "application/x-www-form-urlencoded":
            let bytes = try Self.bytes(of: request.body, limits)
            // Counted before anything is made of them: a field may cost one byte to send and fifty to keep.
            guard bytes.count(where: { $0 == UInt8(ascii: "&") }) < limits.formFields else { throw .tooLarge }
            decode(urlEncoded: bytes)
        case "multipart/form-data":
            guard let boundary = type["boundary"] else { throw .malformed }
            for part in try Multipart(try Self.bytes(of: request.body, limits), boundary: boundary, limits: limits).parts {
                if let filename = part.filename {
                    files.append(File(name: part.name, filename: filename, contentType: part.contentType, bytes: Array(part.bytes)))
                } else {
                    pairs.append((part.name, String(decoding: part.bytes, as: UTF8.self)))
                }
            }
        default:
            throw .unsupportedMediaType
        }
    }

    /// The fields of a query or of a URL-encoded body (WHATWG URL §5.1).
    package init(urlEncoded text: String) {
        decode(urlEncoded: Array(text.utf8))
    }

    init(pairs: [(name: String, value: String)]) {
        self.pairs = pairs
    }

    /// The first value under this name.
    package subscript(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    package func values(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    private mutating func decode(urlEncoded bytes: [UInt8]) {
        for field in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            pairs.append((formDecode(field[..<equals]), formDecode(field[equals...].dropFirst())))
        }
    }

    private static func bytes(of body: Request.Body, _ limits: Limits) throws(FormError) -> [UInt8] {
        switch body {
        case .none: return []
        case .bytes(let bytes):
            guard bytes.count <= limits.formBody else { throw .tooLarge }
            return bytes
        case .file(let path, let count):
            guard count <= limits.formBody else { throw .tooLarge }
            guard let bytes = readFile(path, upTo: limits.formBody) else { throw .malformed }
            return bytes
        }
    }
}

/// Why a body is no form. The status is what the client is told.
package enum FormError: Error {
    case unsupportedMediaType
    case malformed
    case tooLarge

    package var status: Status {
        switch self {
        case .unsupportedMediaType: .unsupportedMediaType
        case .malformed: .badRequest
        case .tooLarge: .contentTooLarge
        }
    }
}

extension Request {
    /// The decoded fields of the query; empty without one.
    package var queryItems: FormData { FormData(urlEncoded: query ?? "") }
}
