import Glibc

/// Why a server could not start, as one line for a person.
package struct ServerError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    static func system(_ call: String, code: Int32 = errno) -> ServerError {
        ServerError("\(call): \(reason(code))")
    }

    static func reason(_ code: Int32) -> String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }
}
