import Foundation

/// Where things stand, seen from these tests.
enum Surroundings {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL

    /// The program under test is built beside the test bundle.
    static var program: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "scriptorium")
    }

    /// `.ci/run --long` asks for the tests that take longer.
    static let long = ProcessInfo.processInfo.environment["SCRIPTORIUM_LONG"] != nil

    /// The scanner that `.ci/run --long` installs.
    static let wapiti = ProcessInfo.processInfo.environment["SCRIPTORIUM_WAPITI"].map { URL(filePath: $0) }

    /// The checkers of pages that `.ci/run` installs: axe-core, and the Nu HTML checker.
    static let axe = ProcessInfo.processInfo.environment["SCRIPTORIUM_AXE"].map { URL(filePath: $0) }
    static let nu = ProcessInfo.processInfo.environment["SCRIPTORIUM_NU"].map { URL(filePath: $0) }

    /// Where the pictures of the pages go, when some are asked for.
    static let photographs = ProcessInfo.processInfo.environment["SCRIPTORIUM_PHOTOS"].map { URL(filePath: $0) }
}

struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Asks `probe` again and again until it answers. The limit is there to fail, not to be reached, and so is generous: two cores
/// carry all tests at once.
func eventually<Value>(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(60), every pause: Duration = .milliseconds(50),
    _ probe: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let value = try await probe() { return value }
        try await Task.sleep(for: pause)
    }
    throw Failure("waited \(limit) in vain: \(what())")
}

/// A folder that goes with its last reference.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "scriptorium-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
