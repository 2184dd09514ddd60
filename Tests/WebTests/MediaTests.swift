import Domain
import FoundationEssentials
import Glibc
import HTTP
import Secrets
import Store
import Synchronization
import Testing

@testable import Web

/// A video's address, over time.
struct MediaTests {
    private final class Clock: Sendable {
        private let milliseconds = Mutex<Int64>(1_800_000_000_000)
        var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }
        func advance(_ time: Duration) { milliseconds.withLock { $0 += time.wholeMilliseconds } }
    }

    private let folder = FileManager.default.temporaryDirectory.path() + "/scriptorium-media-\(UUID().uuidString)"
    private let clock = Clock()
    private let writer: Writer
    private let site: Site
    private let connection: Connection.ID

    init() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        writer = try Writer(path: folder + "/a.sqlite") { _ in }
        connection = try await writer.write { transaction throws(StoreError) in
            let id = try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: Timestamp(milliseconds: 0))
            try transaction.useConnection(id)
            return id
        }
        site = try Site(
            settings: Site.Settings(), writer: writer, databasePath: folder + "/a.sqlite",
            secrets: SecretsFile(path: folder + "/secrets.json"),
            templateFolder: Bound.root + "/Templates", publicFolder: Bound.root + "/Public", media: MediaFolder(path: folder + "/media"),
            now: { [clock] in clock.now })
    }

    private func status(_ path: String) throws -> Int {
        var handler = try WebHandler(site)
        let segments = path.split(separator: "/").map(String.init)
        let response = handler.respond(to: Request(method: .get, path: segments, headers: ["Host": "localhost"]))
        return response.status.code
    }

    @Test func `is open from the upload until a day after the service has it, and then only for people here`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = MediaFile(key: "0123456789abcdefghjkmnpqrs", name: "lamp.mp4", format: .mp4, size: 3)
        #expect(FileManager.default.createFile(atPath: folder + "/media/" + file.key, contents: Data([1, 2, 3])))
        let submission = VideoSubmission(
            id: SubmissionID(random: "form"), connection: connection, videos: [NewVideo(source: .file(file))],
            acknowledgement: try #require(Acknowledgement(checkbox: "yes", address: "::1")), member: Member.thisComputer.id)
        let start = clock.now
        let upload = try await writer.write { [connection] transaction throws(StoreError) in
            _ = try transaction.submit(submission, now: start)
            return try transaction.claimUpload(on: connection, mediaBase: "https://media.example.com", now: start)
        }
        // However long the upload takes.
        clock.advance(.seconds(72 * 3_600))
        #expect(try status(file.path) == 200)
        let claimed = try #require(upload)
        let now = clock.now
        try await writer.write { transaction throws(StoreError) in
            let receipt = Receipt(code: 0, message: "OK", requestID: nil)
            try transaction.record(claimed, .done(receipt, detail: ""), state: .ready(remoteID: "v1"), due: now, now: now)
        }
        clock.advance(.seconds(24 * 3_600 - 1))
        #expect(try status(file.path) == 200)
        clock.advance(.seconds(1))
        #expect(try status(file.path) == 404)
        #expect(try status("/videos/\(claimed.video)/file") == 200)
        #expect(try status("/videos/\(claimed.video)") == 200)
    }

    @Test func `a sweep leaves what a row names and nothing else`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let media = try MediaFolder(path: folder + "/swept")
        for name in ["kept", "orphan", "incoming-half"] {
            #expect(FileManager.default.createFile(atPath: folder + "/swept/" + name, contents: Data([1])))
        }
        media.sweep(keeping: ["kept", "gone"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/swept") == ["kept"])
        #expect(media.hasRoom(forBody: 1) && !media.hasRoom(forBody: 1 << 60))
    }
}
