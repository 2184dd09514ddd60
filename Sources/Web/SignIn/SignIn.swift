import Domain
import HTTP
import Secrets
import Store

@Sendable func showSignIn(_ context: Context) throws(Problem) -> Response {
    let next = LocalPath(context.request.queryItems["next"])
    // Who is in already, as after Back, goes on.
    if context.caller != nil { return .seeOther(next.text) }
    return .html(.ok, context.site.pages.signIn.render(context.signInView(email: "", next: next)))
}

/// A name and a password become a session. Whatever is wrong with them, the answer is the same and takes the same time: the attempt is
/// counted first, then a password is checked, be it against nobody's, then it is written down.
@Sendable func signIn(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (typed, password) = (form["email"] ?? "", form["password"] ?? "")
    let email = MemberName.address(typed)
    let found = try context.ask { database throws(StoreError) in try database.findAccount(email: email ?? "") }
    let attempt = SignInAttempt(context, email: email ?? typed, account: found.flatMap { $0.isDisabled ? nil : $0 })
    let site = context.site
    let view = context.signInView(email: typed, next: LocalPath(form["next"]))
    // What is needed on other threads is made here.
    let token = RandomID.make()
    let welcome = attempt.account.map { context.welcome(to: view.next, token: token, $0) }
    let busy = context.page(for: .busy)
    return .later { responder in
        site.writer.submit(attempt.begin) { result in
            switch result {
            case .failure: return responder.respond(.unsaved)
            case .success(let wait?): return responder.respond(site.tooManyAttempts(view, wait))
            case .success(nil): break
            }
            let isChecked = site.passwords.check(password, against: attempt.account?.passwordHash) { fits in
                guard fits, let account = attempt.account, let welcome else {
                    site.writer.submit(attempt.recordFailure) { _ in responder.respond(site.refusedAttempt(view)) }
                    return
                }
                site.writer.submit(attempt.succeed(token: token, account)) { result in
                    switch result {
                    case .success(true): responder.respond(welcome)
                    case .success(false): responder.respond(site.refusedAttempt(view))
                    case .failure: responder.respond(.unsaved)
                    }
                }
            }
            if !isChecked { responder.respond(busy) }
        }
    }
}

/// One try to sign in, and what it writes.
struct SignInAttempt: Sendable {
    /// Whom the name belongs to; nil for nobody, or nobody who may come in.
    let account: Account?
    private let person: AttemptKey
    private let address: AttemptKey?
    private let actor: Actor
    private let device: String
    private let replaced: Session.ID?
    private let now: Timestamp

    init(_ context: Context, email: String, account: Account?) {
        func key(_ delay: SignInDelay, _ text: String) -> AttemptKey {
            AttemptKey(delay, hash: TokenHash.keyed(text, purpose: "attempt by \(delay)", key: context.site.formKey))
        }
        self.account = account
        if let device = account.flatMap({ context.knownDevice(of: $0) }) {
            (person, address) = (key(.device, device), nil)
        } else {
            (person, address) = (key(.account, email.lowercased()), key(.address, AddressRange.network(of: context.visitor.address)))
        }
        actor = Actor(member: account?.id, address: context.visitor.address)
        device = (context.request.headers["User-Agent"] ?? "").deviceName
        if case .session(let session) = context.caller?.means { replaced = session.id } else { replaced = nil }
        now = context.now
    }

    var begin: Writer.Work<Duration?> {
        { [keys = [person] + (address.map { [$0] } ?? []), now] transaction throws(StoreError) in
            try transaction.beginAttempt(keys, now: now)
        }
    }

    var recordFailure: Writer.Work<Void> {
        { [actor, now] transaction throws(StoreError) in
            try transaction.audit(.signInFailed, actor.member == nil ? "an unknown name" : "a wrong password", by: actor, now: now)
        }
    }

    /// - Returns: false when the member was disabled or got a new password meanwhile.
    func succeed(token: String, _ account: Account) -> Writer.Work<Bool> {
        { [self] transaction throws(StoreError) in
            guard let current = try transaction.database.findAccount(account.id), !current.isDisabled,
                current.passwordHash == account.passwordHash
            else { return false }
            try forget(&transaction)
            try transaction.beginSession(
                of: account.id, hash: TokenHash.of(token), device: device, address: actor.address, replacing: replaced, now: now)
            return true
        }
    }

    /// The password was right.
    func forget(_ transaction: inout Transaction) throws(StoreError) {
        try transaction.forgetAttempts([person])
        if let address { try transaction.forgiveAttempt(address) }
    }
}

extension Context {
    fileprivate func signInView(email: String, next: LocalPath) -> SignInPage {
        var frame = frame("Sign in", .elsewhere, nil)
        frame.reader = nil
        return SignInPage(
            frame: frame, form: postForm("/sign-in"), next: next.text, email: FormField(name: "email", value: email))
    }

    /// On with a session of its own.
    fileprivate func welcome(to path: String, token: String, _ account: Account) -> Response {
        var response = Response.seeOther(path)
        setCookies(&response, session: token, of: account)
        return response
    }
}

extension Site {
    fileprivate func refusedAttempt(_ view: SignInPage) -> Response {
        var view = view
        view.mistakes = [FormMistake(field: "email", message: "This e-mail address and password do not belong together.")]
        return .html(.unprocessableContent, pages.signIn.render(view))
    }

    fileprivate func tooManyAttempts(_ view: SignInPage, _ wait: Duration) -> Response {
        var view = view
        view.mistakes = [
            FormMistake(field: "", message: "Too many attempts have failed. Try again in \(wait.rough); this one was not looked at.")
        ]
        var response = Response.html(.tooManyRequests, pages.signIn.render(view))
        response.headers["Retry-After"] = String(wait.wholeSeconds)
        return response
    }
}

extension Response {
    /// What a change that could not be committed is answered with.
    static var unsaved: Response {
        .text(.serviceUnavailable, "This could not be saved: the disk may be full. Nothing has changed; try again.\n")
    }
}
