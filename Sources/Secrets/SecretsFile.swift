import FoundationEssentials
import Glibc
import Synchronization

/// The one file that holds secrets, with mode 0600: the token of each connection, the one that an admin has given, and the key of the forms.
/// It is no part of the database, nor of a backup of it.
///
/// *Threading*: any. *Durability*: written whole to a temporary name, synced and renamed, so that a crash leaves the old file or the new.
package final class SecretsFile: Sendable {
    private struct Content: Codable {
        /// In every form of this installation; a foreign page cannot know it.
        var formKey: String
        /// By the connection's id.
        var tokens: [String: String] = [:]
        /// Nil, as in files of earlier versions: nobody has given one.
        var given: GivenToken?
    }

    /// An access token that an admin has given on the page of the connection.
    package struct GivenToken: Codable, Sendable, Equatable {
        package let token: String
        /// Nil when the developer app was not named.
        package let appID: String?

        package init(token: String, appID: String?) {
            self.token = token
            self.appID = appID
        }
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
            // A copy from elsewhere may be readable for everyone.
            guard chmod(path, 0o600) == 0 else { throw SecretsError(path: path, problem: String(cString: strerror(errno))) }
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

    package var given: GivenToken? {
        content.withLock { $0.given }
    }

    /// When it throws, nothing is remembered. Nil takes it back.
    package func give(_ token: GivenToken?) throws(SecretsError) {
        try change { $0.given = token }
    }

    /// When it throws, nothing is remembered.
    package func remember(_ token: String, of connection: Int64) throws(SecretsError) {
        try change { $0.tokens[String(connection)] = token }
    }

    private func change(_ edit: @Sendable (inout Content) -> Void) throws(SecretsError) {
        let result: Result<Void, SecretsError> = content.withLock { content in
            var new = content
            edit(&new)
            do throws(SecretsError) {
                try Self.write(new, to: path)
                content = new
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private static func write(_ content: Content, to path: String) throws(SecretsError) {
        let temporary = path + ".new"
        guard let data = try? JSONEncoder().encode(content) else { throw SecretsError(path: path, problem: "it cannot be encoded") }
        // One that a crash left may have another mode, or be a link to elsewhere.
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SecretsError(path: path, problem: String(cString: strerror(errno))) }
        defer { close(file) }
        let written = data.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard written >= 0 else { throw SecretsError(path: path, problem: String(cString: strerror(errno))) }
        guard written == data.count else { throw SecretsError(path: path, problem: "it could not be written whole") }
        guard fsync(file) == 0, rename(temporary, path) == 0, syncFolder(of: path) else {
            throw SecretsError(path: path, problem: String(cString: strerror(errno)))
        }
    }

    /// Without it, a power loss could undo the rename.
    private static func syncFolder(of path: String) -> Bool {
        let end = path.lastIndex(of: "/")
        let name = end.map { path[...$0] } ?? "."
        let folder = open(String(name), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }
}

/// The file and what is wrong with it; never what it holds.
package struct SecretsError: Error, Sendable, CustomStringConvertible {
    let path: String
    let problem: String

    package var description: String { "the secrets file \(path) cannot be used: \(problem)" }
}
