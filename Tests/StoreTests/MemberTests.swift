import Domain
import Testing

@testable import Store

/// Who may come in, and what happens to their sessions, tokens and links when they may not any more.
struct MemberTests {
    let store: TestStore

    init() async throws {
        store = try await TestStore()
    }

    private func add(_ name: String, _ role: Role) async throws -> Member.ID {
        let member = try MemberName(name: name, email: "\(name)@example.com")
        return try await store.write { transaction throws(StoreError) in
            if try !transaction.database.hasMembers() {
                return try transaction.addFirstAdmin(member, passwordHash: .ofPassword, from: "::1", now: .start).get(or: .unknown)
            }
            return try transaction.addMember(member, role: role, passwordHash: .ofPassword, from: "shell", now: .start).get(or: .unknown)
        }
    }

    private func begin(_ hash: String, of member: Member.ID, replacing: Session.ID? = nil, at now: Timestamp = .start) async throws {
        try await store.write { transaction throws(StoreError) in
            try transaction.beginSession(of: member, hash: hash, device: "Firefox", address: "::1", replacing: replacing, now: now)
        }
    }

    private func session(_ hash: String, at now: Timestamp = .start) throws -> Session? {
        try store.read { database throws(StoreError) in try database.findSession(hash: hash, now: now)?.session }
    }

    @Test func `the first admin takes over what this computer did`() async throws {
        let task = try await store.newTask(form: 1)
        let id = try await add("ada", .admin)
        #expect(id == Member.thisComputer.id)
        #expect(try store.task(task).member.name == "ada")
        let eve = try MemberName(name: "eve", email: "eve@example.com")
        let again = try await store.write { transaction throws(StoreError) in
            try transaction.addFirstAdmin(eve, passwordHash: .ofPassword, from: "", now: .start)
        }
        guard case .failure(.notFirst) = again else { throw TestStore.NotNew() }
    }

    @Test func `an address belongs to one member`() async throws {
        _ = try await add("ada", .admin)
        let ben = try await add("ben", .viewer)
        let other = try MemberName(name: "Ben", email: "BEN@example.com")
        let second = try await store.write { transaction throws(StoreError) in
            try transaction.addMember(other, role: .admin, passwordHash: .ofPassword, from: "shell", now: .start)
        }
        guard case .failure(.emailTaken) = second else { throw TestStore.NotNew() }
        let found = try store.read { database throws(StoreError) in try database.findAccount(proxyName: "Ben@Example.com")?.id }
        #expect(found == ben)
    }

    @Test func `who comes by a proxy arrives as a viewer, once`() async throws {
        _ = try await add("ada", .admin)
        for _ in 0..<2 {
            try await store.write { transaction throws(StoreError) in
                try transaction.ensureMember(proxyName: "carl", from: "::1", now: .start)
            }
        }
        let accounts = try store.read { database throws(StoreError) in try database.findAccounts() }
        #expect(accounts.map(\.member.name) == ["ada", "carl"])
        #expect(accounts.last?.role == .viewer && accounts.last?.email == nil && accounts.last?.passwordHash == nil)
    }

    @Test func `the last admin stays one, and stays in`() async throws {
        let ada = try await add("ada", .admin)
        let ben = try await add("ben", .writer)
        for change in ["role", "disable"] {
            let refusal = try await store.write { transaction throws(StoreError) in
                change == "role"
                    ? try transaction.changeRole(of: ada, to: .viewer, by: .test, now: .start)
                    : try transaction.disableMember(ada, by: .test, now: .start)
            }
            guard case .lastAdmin = refusal else { throw TestStore.NotNew() }
        }
        let refusal = try await store.write { transaction throws(StoreError) in
            _ = try transaction.changeRole(of: ben, to: .admin, by: .test, now: .start)
            return try transaction.changeRole(of: ada, to: .viewer, by: .test, now: .start)
        }
        #expect(refusal == nil)
    }

    @Test func `disabling ends every session at once, tells open pages, and keeps the work`() async throws {
        _ = try await add("ada", .admin)
        let ben = try await add("ben", .writer)
        try await begin(.hash(1), of: ben)
        try await begin(.hash(2), of: ben)
        try await store.write { transaction throws(StoreError) in
            try transaction.addToken(hash: .hash(3), name: "x", scope: .write, ending: "abcd", of: ben, by: .test, now: .start)
            _ = try transaction.addInvite(hash: .hash(4), forPasswordOf: ben, by: Actor(member: ben, address: ""), now: .start)
        }
        _ = store.news
        _ = try await store.write { transaction throws(StoreError) in try transaction.disableMember(ben, by: .test, now: .start) }
        #expect(store.news == [.access])
        #expect(try session(.hash(1)) == nil && session(.hash(2)) == nil)
        let (token, invite, account) = try store.read { database throws(StoreError) in
            (
                try database.findToken(hash: .hash(3))?.token, try database.findInvite(hash: .hash(4), now: .start),
                try database.findAccount(ben)
            )
        }
        #expect(token == nil && invite == nil && account?.isDisabled == true)
        // Let in again, they sign in again.
        _ = try await store.write { transaction throws(StoreError) in try transaction.enableMember(ben, by: .test, now: .start) }
        #expect(try session(.hash(1)) == nil)
    }

    @Test func `a session ends after twelve idle hours, and after fourteen days in any case`() async throws {
        let ada = try await add("ada", .admin)
        try await begin(.hash(1), of: ada)
        #expect(try session(.hash(1), at: .at(12 * 3_600 - 1)) != nil)
        #expect(try session(.hash(1), at: .at(12 * 3_600)) == nil)
        let id = try #require(try session(.hash(1))?.id)
        for hour in stride(from: 10, to: 14 * 24, by: 10) {
            try await store.write { transaction throws(StoreError) in try transaction.touchSession(id, now: .at(Double(hour) * 3_600)) }
        }
        #expect(try session(.hash(1), at: .at(14 * 86_400 - 1)) != nil)
        #expect(try session(.hash(1), at: .at(14 * 86_400)) == nil)
        _ = store.news
        try await store.write { transaction throws(StoreError) in try transaction.sweepSessions(now: .at(14 * 86_400)) }
        #expect(store.news == [.access])
        #expect(try store.count("SELECT count(*) FROM session") == 0)
        try await store.write { transaction throws(StoreError) in try transaction.sweepSessions(now: .at(15 * 86_400)) }
        #expect(store.news == [])
    }

    @Test func `a sign-in replaces the session that the browser had`() async throws {
        let ada = try await add("ada", .admin)
        try await begin(.hash(1), of: ada)
        try await begin(.hash(2), of: ada, replacing: try session(.hash(1))?.id)
        #expect(try session(.hash(1)) == nil)
        #expect(try session(.hash(2)) != nil)
    }

    @Test func `nobody ends another member's session or revokes their token`() async throws {
        let ada = try await add("ada", .admin)
        let ben = try await add("ben", .writer)
        try await begin(.hash(1), of: ada)
        let id = try #require(try session(.hash(1))?.id)
        try await store.write { transaction throws(StoreError) in
            try transaction.addToken(hash: .hash(3), name: "x", scope: .read, ending: "abcd", of: ada, by: .test, now: .start)
            try transaction.endSession(id, of: ben, by: .test, now: .start)
            try transaction.revokeToken(APIToken.ID(1), of: ben, by: .test, now: .start)
        }
        #expect(try session(.hash(1)) != nil)
        #expect(try store.read { database throws(StoreError) in try database.findToken(hash: .hash(3)) } != nil)
    }

    @Test func `a new password ends all sessions but the one it is set in`() async throws {
        let ada = try await add("ada", .admin)
        try await begin(.hash(1), of: ada)
        try await begin(.hash(2), of: ada)
        let kept = try #require(try session(.hash(2))?.id)
        try await store.write { transaction throws(StoreError) in
            try transaction.setPassword(of: ada, to: "$argon2id$new", keeping: kept, by: .test, now: .start)
        }
        #expect(try session(.hash(1)) == nil)
        #expect(try session(.hash(2)) != nil)
    }

    @Test func `an invite works once and for seven days`() async throws {
        let ada = try await add("ada", .admin)
        let by = Actor(member: ada, address: "")
        try await store.write { transaction throws(StoreError) in
            try transaction.addInvite(hash: .hash(1), role: .reviewer, by: by, now: .start)
            try transaction.addInvite(hash: .hash(2), role: .viewer, by: by, now: .start)
        }
        let late = try store.read { database throws(StoreError) in try database.findInvite(hash: .hash(2), now: .at(7 * 86_400)) }
        #expect(late == nil)
        func use(_ name: String) async throws -> Result<Member.ID, MemberRefusal> {
            let member = try MemberName(name: name, email: "\(name)@example.com")
            return try await store.write { transaction throws(StoreError) in
                try transaction.useInvite(hash: .hash(1), name: member, passwordHash: .ofPassword, from: "::1", now: .at(6 * 86_400))
            }
        }
        // Refused, it can be used with another address.
        guard case .failure(.emailTaken) = try await use("ada") else { throw TestStore.NotNew() }
        guard case .success(let ben) = try await use("ben") else { throw TestStore.NotNew() }
        guard case .failure(.unknown) = try await use("eve") else { throw TestStore.NotNew() }
        #expect(try store.read { database throws(StoreError) in try database.findAccount(ben)?.role } == .reviewer)
    }

    @Test func `the audit takes additions only`() async throws {
        _ = try await add("ada", .admin)
        for sql in ["UPDATE audit SET subject = ''", "DELETE FROM audit", "REPLACE INTO audit SELECT * FROM audit"] as [StaticString] {
            await #expect(throws: StoreError.self, "\(sql)") {
                try await store.write { transaction throws(StoreError) in _ = try transaction.database.run(sql) }
            }
        }
        #expect(try store.count("SELECT count(*) FROM audit WHERE action = 'member_added'") == 1)
    }
}

struct SignInAttemptTests {
    private let keys = [AttemptKey(.account, hash: .hash(1)), AttemptKey(.address, hash: .hash(2))]

    private func attempt(_ store: TestStore, _ keys: [AttemptKey], at now: Timestamp) async throws -> Duration? {
        try await store.write { transaction throws(StoreError) in try transaction.beginAttempt(keys, now: now) }
    }

    @Test func `the delay rises with each failure, is bounded, and ends`() async throws {
        let store = try await TestStore()
        var now = Timestamp.start
        for _ in 0..<4 { #expect(try await attempt(store, keys, at: now) == nil) }
        // The fifth failure is the first that costs time.
        #expect(try await attempt(store, keys, at: now) == nil)
        var delays: [Duration] = []
        for _ in 0..<16 {
            let wait = try #require(try await attempt(store, keys, at: now))
            // What is refused is not counted, so nobody can put it off for ever.
            #expect(try await attempt(store, keys, at: now) == wait)
            delays.append(wait)
            now = now + wait
            #expect(try await attempt(store, keys, at: now) == nil)
        }
        #expect(
            delays.prefix(9) == [
                .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(32), .seconds(64), .seconds(128), .seconds(256),
            ])
        #expect(delays.dropFirst(9).allSatisfy { $0 == SignInDelay.longest })
        #expect(try await attempt(store, keys, at: now + SignInDelay.forgotten) == nil)
        #expect(try await attempt(store, keys, at: now + SignInDelay.forgotten) == nil)
    }

    @Test func `a device that the member knows is not held up by a stranger's guesses`() async throws {
        let store = try await TestStore()
        for _ in 0..<8 { _ = try await attempt(store, keys, at: .start) }
        #expect(try await attempt(store, keys, at: .start) != nil)
        #expect(try await attempt(store, [AttemptKey(.device, hash: .hash(3))], at: .start) == nil)
    }

    @Test func `a success forgets the account's failures, and only its own at the address`() async throws {
        let store = try await TestStore()
        for _ in 0..<4 { _ = try await attempt(store, keys, at: .start) }
        try await store.write { [keys] transaction throws(StoreError) in
            try transaction.forgetAttempts([keys[0]])
            try transaction.forgiveAttempt(keys[1])
        }
        #expect(try store.count("SELECT failures FROM sign_in_attempts") == 3)
        for _ in 0..<5 { #expect(try await attempt(store, keys, at: .start) == nil) }
    }

    @Test func `a clock that was set back holds nobody up for longer than any delay`() async throws {
        let store = try await TestStore()
        for _ in 0..<5 { _ = try await attempt(store, keys, at: .at(1_000_000)) }
        let wait = try #require(try await attempt(store, keys, at: .start))
        #expect(wait <= SignInDelay.longest)
    }
}

extension String {
    fileprivate static let ofPassword = "$argon2id$test"

    fileprivate static func hash(_ number: Int) -> String {
        String(repeating: "\(number)", count: 64)
    }
}

extension Actor {
    fileprivate static let test = Actor(member: nil, address: "shell")
}

extension Result where Success == Member.ID, Failure == MemberRefusal {
    fileprivate func get(or refusal: MemberRefusal) throws(StoreError) -> Member.ID {
        switch self {
        case .success(let id): return id
        case .failure: throw StoreError(code: 0, operation: "add a member", message: "\(refusal)")
        }
    }
}
