/// Why a template cannot be used. All of them are found at start, before anything is served.
package struct TemplateError: Error, Equatable, CustomStringConvertible {
    package let file: String
    /// Counted from 1; nil when the file or folder as a whole is the trouble.
    package let line: Int?
    package let message: String

    init(_ place: Place, _ message: String) {
        self.init(file: place.file, line: place.line, message)
    }

    init(file: String, line: Int? = nil, _ message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// One line, `file:line: message`, as compilers write it.
    package var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}

/// Where a tag stands.
struct Place: Sendable, Hashable {
    let file: String
    let line: Int
}
