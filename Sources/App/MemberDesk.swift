import Domain
import Glibc
import Secrets
import Store
import Worker

/// The members, changed from the shell. The program may run meanwhile: SQLite keeps the two writers apart, and a signal tells it to look
/// again who may listen.
struct MemberDesk {
    private let store: Writer
    private let lock: Int32
    private let isRunning: Bool
    private let actor = Actor(member: nil, address: "shell")
    private let now = Time.system.now()

    /// - Parameter isNew: makes the folder when it is not there.
    init(path: String, isNew: Bool) throws(StartError) {
        if isNew { try DataFolder.make(path) }
        lock = open(path + "/lock", O_RDWR | O_CLOEXEC | (isNew ? O_CREAT : 0), 0o600)
        guard lock >= 0 else { throw StartError("there is no data folder of Scriptorium at \(path); name it with --data") }
        // Held to the end of this command: nothing starts while it works.
        isRunning = flock(lock, LOCK_EX | LOCK_NB) != 0
        // A number that an earlier run left is perhaps another program's by now.
        if !isRunning { ftruncate(lock, 0) }
        do throws(StoreError) {
            let file = path + "/scriptorium.sqlite"
            store = try isRunning ? Writer(sharing: file) : Writer(path: file) { _ in }
        } catch {
            throw StartError("the database in \(path) cannot be used: \(error.message)")
        }
    }

    func accounts() async throws -> [Account] {
        try await store.write { transaction throws(StoreError) in try transaction.database.findAccounts() }
    }

    func account(_ email: String) async throws -> Account {
        // Or what a proxy calls them, for who has no address.
        let account = try await store.write { transaction throws(StoreError) in try transaction.database.findAccount(proxyName: email) }
        guard let account else { throw StartError("no member has the address \(email)") }
        return account
    }

    /// - Returns: the role that the member has.
    func add(_ name: MemberName, role: Role, password: String) async throws -> Role {
        let hash = try Self.hash(password)
        let (actor, now) = (actor, now)
        let result = try await store.write { transaction throws(StoreError) in
            if try transaction.database.hasMembers() {
                return try transaction.addMember(name, role: role, passwordHash: hash, from: actor.address, now: now).map { _ in role }
            }
            return try transaction.addFirstAdmin(name, passwordHash: hash, from: actor.address, now: now).map { _ in Role.admin }
        }
        tellProgram()
        switch result {
        case .success(let role): return role
        case .failure(let refusal): throw StartError(refusal)
        }
    }

    func reset(_ account: Account, password: String) async throws {
        let hash = try Self.hash(password)
        let (actor, now) = (actor, now)
        _ = try await store.write { transaction throws(StoreError) in
            try transaction.setPassword(of: account.id, to: hash, by: actor, now: now)
            try transaction.forgetAllAttempts()
            return try transaction.enableMember(account.id, by: actor, now: now)
        }
        tellProgram()
    }

    func disable(_ account: Account) async throws {
        let (actor, now) = (actor, now)
        let refusal = try await store.write { transaction throws(StoreError) in
            try transaction.disableMember(account.id, by: actor, now: now)
        }
        tellProgram()
        if let refusal { throw StartError(refusal) }
    }

    private static func hash(_ password: String) throws(StartError) -> String {
        guard let hash = Passwords().hash(password) else { throw StartError("there is not enough memory to hash a password") }
        return hash
    }

    /// The number in the lock file is the running program's as long as it holds the lock.
    private func tellProgram() {
        guard isRunning else { return }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(lock, &bytes, bytes.count, 0)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        guard let number = pid_t(text.prefix { $0.isNumber }), number > 1 else { return }
        kill(number, SIGUSR1)
    }
}

extension StartError {
    fileprivate init(_ refusal: MemberRefusal) {
        switch refusal {
        case .emailTaken: self.init("a member has this address already")
        case .lastAdmin: self.init("this is the last admin: nobody could let anyone in any more; make another one first")
        case .unknown: self.init("there is no such member")
        case .notFirst: self.init("there are members already")
        }
    }
}

extension Terminal {
    /// Asked for twice on a terminal, without showing it; else the first line of standard input.
    static func newPassword(about: [String]) throws(StartError) -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        let password = try read("New password: ", hidden: isTerminal)
        do throws(PasswordRule.Problem) {
            try PasswordRule().check(password, about: about)
        } catch {
            throw StartError(error.words)
        }
        if isTerminal, try read("Once more: ", hidden: true) != password { throw StartError("these are two different passwords") }
        return password
    }

    private static func read(_ prompt: String, hidden: Bool) throws(StartError) -> String {
        var before = termios()
        if hidden {
            ask(prompt)
            tcgetattr(STDIN_FILENO, &before)
            var silent = before
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        }
        let line = readLine()
        if hidden {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            ask("\n")
        }
        guard let line else { throw StartError("no password was given") }
        return line
    }
}
