import FoundationEssentials
import Glibc
import Synchronization

/// The one file that holds secrets, with mode 0600: the token of each connection, and the key of the forms.
///
/// *Threading*: any. *Durability*: written whole to a temporary name, synced and renamed, so that a crash leaves the old file or the new.
package final class SecretsFile: Sendable {
    private struct Content: Codable {
        /// In every form of this installation; a foreign page cannot know it.
        var formKey: String
        /// By the connection's id.
        var tokens: [String: String] = [:]
    }

    private let path: String
    private let content: Mutex<Content>

    /// Reads the file, or makes it.
    package init(path: String) throws(SecretsError) {
        self.path = path
        if let data = FileManager.default.contents(atPath: path) {
            guard let known = try? JSONDecoder().decode(Content.self, from: data) else {
                throw SecretsError(path: path, problem: "it is not a secrets file of Scriptorium")
            }
            content = Mutex(known)
        } else if access(path, F_OK) == 0 {
            throw SecretsError(path: path, problem: String(cString: strerror(errno)))
        } else {
            let new = Content(formKey: RandomID.make())
            content = Mutex(new)
            try Self.write(new, to: path)
        }
    }

    package var formKey: String {
        content.withLock { $0.formKey }
    }

    package func token(of connection: Int64) -> String? {
        content.withLock { $0.tokens[String(connection)] }
    }

    package func remember(_ token: String, of connection: Int64) throws(SecretsError) {
        let result: Result<Void, SecretsError> = content.withLock { content in
            content.tokens[String(connection)] = token
            do throws(SecretsError) {
                return .success(try Self.write(content, to: path))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private static func write(_ content: Content, to path: String) throws(SecretsError) {
        let temporary = path + ".new"
        guard let data = try? JSONEncoder().encode(content) else { throw SecretsError(path: path, problem: "it cannot be encoded") }
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SecretsError(path: path, problem: String(cString: strerror(errno))) }
        defer { close(file) }
        let written = data.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard written == data.count, fsync(file) == 0, rename(temporary, path) == 0 else {
            throw SecretsError(path: path, problem: String(cString: strerror(errno)))
        }
    }
}

/// The file and what is wrong with it; never what it holds.
package struct SecretsError: Error, Sendable, CustomStringConvertible {
    let path: String
    let problem: String

    package var description: String { "the secrets file \(path) cannot be used: \(problem)" }
}
