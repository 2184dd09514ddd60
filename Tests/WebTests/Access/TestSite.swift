import Domain
import FoundationEssentials
import HTTP
import Secrets
import Store
import Synchronization

@testable import Web

/// The site as one loop has it, on a store of its own, with a clock that the test moves. Requests go straight to the handler.
final class TestSite {
    static let password = "four lamps in the rain"

    let site: Site
    let clock = TestClock()
    private let folder: String
    private let writer: Writer
    private var handler: WebHandler
    private var members = 0

    init(_ settings: Site.Settings = Site.Settings()) throws {
        folder = FileManager.default.temporaryDirectory.path + "/scriptorium-web-\(RandomID.make())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let news = News()
        writer = try Writer(path: folder + "/scriptorium.sqlite") { events in
            if events.contains(.access) { news.tell() }
        }
        site = try Site(
            settings: settings, writer: writer, databasePath: folder + "/scriptorium.sqlite",
            secrets: try SecretsFile(path: folder + "/secrets.json"), templateFolder: Bound.root + "/Templates",
            publicFolder: Bound.root + "/Public", media: try MediaFolder(path: folder + "/media"), passwords: Passwords(cost: .least),
            now: { [clock] in clock.now })
        handler = try WebHandler(site)
        news.listen { [site] in site.lookForMembers() }
    }

    /// The site is there after the store.
    private final class News: Sendable {
        private let listener = Mutex<@Sendable () -> Void>({})

        func listen(_ listener: @escaping @Sendable () -> Void) {
            self.listener.withLock { $0 = listener }
        }

        func tell() {
            listener.withLock { $0 }()
        }
    }

    /// As another program may write.
    func writeBehindItsBack(_ sql: StaticString) throws {
        try Database.open(path: folder + "/scriptorium.sqlite", access: .readWrite).run(sql)
    }

    /// So that nothing can be written, nor opened for reading.
    func loseDatabase() throws {
        writer.condemn("it is torn")
        try FileManager.default.moveItem(atPath: folder + "/scriptorium.sqlite", toPath: folder + "/elsewhere.sqlite")
    }

    deinit {
        writer.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func write<T: Sendable>(_ work: @escaping Writer.Work<T>) async throws -> T {
        try await writer.write(work)
    }

    func read<T>(_ questions: (borrowing Database) throws(StoreError) -> T) throws -> T {
        try Reader(path: folder + "/scriptorium.sqlite").read(questions)
    }

    /// A connection to the sandbox, as there is after every start.
    func connect() async throws -> Connection.ID {
        try await write { [now = clock.now] transaction throws(StoreError) in
            let id = try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: now)
            try transaction.useConnection(id)
            return id
        }
    }

    /// Waits for what comes later.
    func send(_ request: Request) async -> Response {
        var response = handler.respond(to: request)
        while case .later(let work) = response.body {
            response = await withCheckedContinuation { continuation in work(Responder { continuation.resume(returning: $0) }) }
        }
        return response
    }

    func keepsStream(of owner: String) -> Bool {
        handler.keepsStream(of: owner, after: .access)
    }

    // MARK: Members

    /// A member whose password is `password`; the first is an admin whatever is asked for.
    func addMember(_ role: Role, name: String? = nil, email: String? = nil) async throws -> Account {
        members += 1
        let member = try MemberName(name: name ?? "Member \(members)", email: email ?? "member\(members)@example.com")
        guard let hash = site.passwords.hash(Self.password) else { throw TestError("no hash") }
        let now = clock.now
        let account = try await write { transaction throws(StoreError) in
            let result =
                try transaction.database.hasMembers()
                ? try transaction.addMember(member, role: role, passwordHash: hash, from: "test", now: now)
                : try transaction.addFirstAdmin(member, passwordHash: hash, from: "test", now: now)
            guard case .success(let id) = result else { return nil as Account? }
            return try transaction.database.findAccount(id)
        }
        guard let account else { throw TestError("no member") }
        return account
    }

    /// - Returns: the session's token.
    func signIn(_ account: Account) async throws -> String {
        let (token, now) = (RandomID.make(), clock.now)
        try await write { transaction throws(StoreError) in
            try transaction.beginSession(
                of: account.id, hash: TokenHash.of(token), device: "Firefox on Linux", address: "127.0.0.1", replacing: nil, now: now)
        }
        return token
    }

    func addToken(_ scope: APIToken.Scope, of account: Account) async throws -> String {
        let (token, now) = (RandomID.make(), clock.now)
        try await write { transaction throws(StoreError) in
            try transaction.addToken(
                hash: TokenHash.of(token), name: "a program", scope: scope, ending: String(token.suffix(4)), of: account.id,
                by: Actor(member: account.id, address: "test"), now: now)
        }
        return token
    }

    /// What a form carries that a page of this session holds.
    func formToken(session: String?) throws -> String {
        let now = clock.now
        let caller = try session.flatMap { session in
            try read { database throws(StoreError) in
                try database.findSession(hash: TokenHash.of(session), now: now).map {
                    Caller(member: $0.account.member, role: $0.account.role, means: .session($0.session))
                }
            }
        }
        return caller.formToken(key: site.formKey)
    }
}

final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_800_000_000_000))

    var now: Timestamp { time.withLock { $0 } }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}

struct TestError: Error {
    let words: String

    init(_ words: String) {
        self.words = words
    }
}

extension Request {
    static func get(_ path: String, headers: [(String, String)] = [], session: String? = nil, peer: String = "127.0.0.1") -> Request {
        request(.get, path, headers: headers, session: session, peer: peer)
    }

    /// As a browser posts a form of the app's own page.
    static func post(
        _ path: String, _ fields: [(String, String)], headers: [(String, String)] = [("Origin", "http://127.0.0.1:8080")],
        session: String? = nil, peer: String = "127.0.0.1"
    ) -> Request {
        var request = request(.post, path, headers: headers, session: session, peer: peer)
        request.headers["Content-Type"] = "application/x-www-form-urlencoded"
        request.body = .bytes(Array(fields.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&").utf8))
        return request
    }

    private static func request(
        _ method: HTTP.Method, _ path: String, headers: [(String, String)], session: String?, peer: String
    ) -> Request {
        let parts = path.split(separator: "?", maxSplits: 1)
        var all: Headers = [:]
        if !headers.contains(where: { $0.0 == "Host" }) { all.append("Host", "127.0.0.1:8080") }
        for (name, value) in headers { all.append(name, value) }
        if let session { all.append("Cookie", "scriptorium=\(session)") }
        let segments = parts[0] == "/" ? [] : parts[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return Request(method: method, path: segments, query: parts.count > 1 ? String(parts[1]) : nil, headers: all, peer: peer)
    }
}

extension Response {
    var text: String {
        if case .bytes(let bytes) = body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }

    /// The value of a cookie that is set, with its attributes.
    func cookie(_ name: String) -> String? {
        headers.values("Set-Cookie").first { $0.hasPrefix("\(name)=") }
    }

    var leadsToSignIn: Bool { status == .seeOther && headers["Location"]?.hasPrefix("/sign-in") == true }
}
