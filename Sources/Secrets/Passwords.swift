import CSodium
import Dispatch
import Synchronization

/// Hashes and checks passwords with Argon2id on threads of its own, so that no event loop waits for it.
///
/// *Threading*: any. A hash takes 64 MiB and about a tenth of a second by design, so only so many run at once, and only so many wait: who
/// comes then is told to come back. *Order*: as they came.
package final class Passwords: Sendable {
    /// RFC 9106 §4, the second recommended choice, on the one lane that libsodium has.
    package struct Cost: Sendable {
        let passes: UInt64
        let kibibytes: Int

        package static let standard = Cost(passes: 3, kibibytes: 65_536)
        /// For tests of what stands around it.
        package static let least = Cost(passes: 1, kibibytes: 8)
    }

    private struct State: Sendable {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let cost: Cost
    private let atOnce: Int
    private let waitingAtMost: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "passwords", attributes: .concurrent)
    /// A hash of nothing, of the same cost: who has no password is checked against it, and so takes as long to be refused.
    private let decoy: String

    package init(cost: Cost = .standard, atOnce: Int = 2, waitingAtMost: Int = 24) {
        self.cost = cost
        self.atOnce = atOnce
        self.waitingAtMost = waitingAtMost
        // Whether it was done before makes no difference.
        _ = sodium_init()
        let (salt, digest) = (Self.randomBase64(bytes: 16), Self.randomBase64(bytes: 32))
        decoy = "$argon2id$v=19$m=\(cost.kibibytes),t=\(cost.passes),p=1$\(salt)$\(digest)"
    }

    /// - Parameters:
    ///   - hash: as `hash` made it; nil for somebody who has none or does not exist.
    ///   - completion: called once, on a thread of this object's; must not block.
    /// - Returns: false when too many wait already; then `completion` is not called.
    package func check(_ password: String, against hash: String?, completion: @escaping @Sendable (Bool) -> Void) -> Bool {
        submit { [decoy] in
            let text = hash ?? decoy
            let fits = crypto_pwhash_str_verify(text, password, UInt64(password.utf8.count)) == 0
            completion(fits && hash != nil)
        }
    }

    /// - Parameter completion: called once with libsodium's text of the hash, which names its own salt and cost; nil when there is no
    ///   memory for it. As with `check`.
    package func hash(_ password: String, completion: @escaping @Sendable (String?) -> Void) -> Bool {
        submit { [cost] in completion(Self.hash(password, cost)) }
    }

    /// The same at once, on the caller's thread, for the command line.
    package func hash(_ password: String) -> String? {
        Self.hash(password, cost)
    }

    private static func hash(_ password: String, _ cost: Cost) -> String? {
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let result = crypto_pwhash_str_alg(
            &text, password, UInt64(password.utf8.count), cost.passes, cost.kibibytes * 1_024, crypto_pwhash_ALG_ARGON2ID13)
        guard result == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let starts: Bool? = state.withLock { state in
            if state.running < atOnce {
                state.running += 1
                return true
            }
            guard state.waiting.count < waitingAtMost else { return nil }
            state.waiting.append(work)
            return false
        }
        guard let starts else { return false }
        if starts { queue.async { self.run(work) } }
        return true
    }

    private func run(_ first: @Sendable () -> Void) {
        first()
        while let next = takeNext() { next() }
    }

    private func takeNext() -> (@Sendable () -> Void)? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    private static func randomBase64(bytes count: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        let variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING
        var text = [CChar](repeating: 0, count: 64)
        sodium_bin2base64(&text, text.count, bytes, count, Int32(variant))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
