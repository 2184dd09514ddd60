import Synchronization
import Testing

@testable import Secrets

@Suite struct `A password` {
    private let rule = PasswordRule()

    @Test(arguments: [
        "short", "elevenchars", "password1234", "passwordpassword", "111111111111", "123456789012", "abcdefghijkl", "qwerty123456",
        "1q2w3e4r5t6y", "dragon!!!!!!2024", "aAaAaAaAaAaAaA", "2024-11-24-17:30",
    ]) func `that is short or tried first is refused`(password: String) {
        #expect(throws: PasswordRule.Problem.self) { try rule.check(password, about: []) }
    }

    @Test(arguments: ["adalovelace1815", "ada@example.com", "Scriptorium2026!"])
    func `that can be guessed from its owner is refused`(password: String) {
        #expect(throws: PasswordRule.Problem.self) { try rule.check(password, about: ["adalovelace", "ada@example.com"]) }
    }

    @Test(arguments: ["correct horse battery staple", "vier Lampen im Regen", "ドラゴンとさくらのうたごえ", "x7#Kq9!vLm2$"])
    func `that nobody would try is taken`(password: String) throws {
        try rule.check(password, about: ["Ada Lovelace", "ada@example.com"])
    }

    @Test func `is known again by its hash, and no other is`() async throws {
        let passwords = Passwords(cost: .least)
        let hash = try #require(passwords.hash("four lamps in the rain"))
        #expect(hash.hasPrefix("$argon2id$"))
        #expect(hash != passwords.hash("four lamps in the rain"))
        #expect(await passwords.check("four lamps in the rain", against: hash))
        #expect(await !passwords.check("four lamps in the Rain", against: hash))
        #expect(await !passwords.check("", against: hash))
        #expect(await !passwords.check("four lamps in the rain", against: "not a hash"))
        #expect(await !passwords.check("four lamps in the rain", against: nil))
    }

    @Test func `costs 64 MiB and three passes, for a name that does not exist as well`() async throws {
        let passwords = Passwords()
        let hash = try #require(passwords.hash("four lamps in the rain"))
        #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
        let clock = ContinuousClock()
        var known: [Duration] = []
        var unknown: [Duration] = []
        for _ in 0..<7 {
            known.append(await clock.measure { _ = await passwords.check("a wrong password", against: hash) })
            unknown.append(await clock.measure { _ = await passwords.check("a wrong password", against: nil) })
        }
        // The quickest of each: whatever else the machine did only added to the others.
        let ratio = try #require(unknown.min()) / #require(known.min())
        #expect((0.6...1.7).contains(ratio), "known \(known), unknown \(unknown)")
    }

    @Test func `waits for its turn, and too many are sent away`() async throws {
        let passwords = Passwords(cost: .least, atOnce: 2, waitingAtMost: 3)
        let gate = Mutex(0)
        let held = AsyncStream.makeStream(of: Void.self)
        let opened = DispatchGate()
        for _ in 0..<5 {
            let taken = passwords.check("x", against: nil) { _ in
                opened.wait()
                gate.withLock { $0 += 1 }
                held.continuation.yield()
            }
            #expect(taken)
        }
        #expect(!passwords.check("x", against: nil) { _ in })
        opened.open()
        var count = 0
        for await _ in held.stream {
            count += 1
            if count == 5 { break }
        }
        #expect(gate.withLock { $0 } == 5)
        #expect(await !passwords.check("x", against: nil))
    }
}

@Suite struct `A token` {
    @Test func `is kept as a hash that does not tell it`() {
        let token = RandomID.make()
        let hash = TokenHash.of(token)
        #expect(hash.utf8.count == 64)
        #expect(hash == TokenHash.of(token))
        #expect(hash != TokenHash.of(token + "x"))
        // RFC 7693 has no vector of 256 bits; this is what `b2sum -l 256` says of "abc".
        #expect(TokenHash.of("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
    }

    @Test func `made for one purpose serves no other`() {
        let a = TokenHash.keyed("7", purpose: "form", key: "key")
        #expect(a != TokenHash.keyed("7", purpose: "device", key: "key"))
        #expect(a != TokenHash.keyed("7", purpose: "form", key: "another key"))
        #expect(a == TokenHash.keyed("7", purpose: "form", key: "key"))
    }

    @Test func `is never made twice`() {
        #expect(Set((0..<1_000).map { _ in RandomID.make() }).count == 1_000)
        #expect(RandomID.make().utf8.count == 26)
    }

    @Test func `is compared whole`() {
        #expect(isSameSecret("abc", "abc"))
        #expect(!isSameSecret("abc", "abd"))
        #expect(!isSameSecret("abc", "ab"))
        #expect(!isSameSecret("", "a"))
        #expect(isSameSecret("", ""))
    }
}

extension Passwords {
    fileprivate func check(_ password: String, against hash: String?) async -> Bool {
        await withCheckedContinuation { continuation in
            if !check(password, against: hash, completion: { continuation.resume(returning: $0) }) { continuation.resume(returning: false) }
        }
    }
}
