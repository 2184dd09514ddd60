import Domain
import HTTP
import Secrets
import Store

/// What a person types to come in for the first time, checked.
struct JoinForm: Sendable {
    let name: String
    let email: String
    let password: String
    var mistakes: [(field: String, words: String)] = []
    private(set) var member: MemberName?

    /// - Parameter known: the member, where only a password is asked for.
    init(_ form: FormData, rule: PasswordRule, known: Account? = nil) {
        (name, email, password) = (form["name"] ?? "", form["email"] ?? "", form["password"] ?? "")
        if known == nil {
            do throws(MemberName.Mistake) {
                member = try MemberName(name: name, email: email)
            } catch {
                mistakes.append((error.field == .name ? "name" : "email", error.words))
            }
        }
        do throws(PasswordRule.Problem) {
            try rule.check(password, about: known.map { [$0.member.name, $0.email ?? ""] } ?? [name, email])
        } catch {
            mistakes.append(("password", error.words))
        }
    }

    fileprivate init() {
        (name, email, password) = ("", "", "")
    }
}

/// The page on which it is typed.
struct JoinDesk: Sendable {
    let title: String
    let words: String
    let button: String
    var asksForName = true

    static let setUp = JoinDesk(
        title: "Set up this app",
        words: "You become its first admin, and what was done on this computer so far becomes yours. You can then invite the others.",
        button: "Become the first admin")

    init(title: String, words: String, button: String) {
        (self.title, self.words, self.button) = (title, words, button)
    }

    init(_ invite: Invite) {
        switch invite.purpose {
        case .join(let role):
            self.init(
                title: "Join the team", words: "\(invite.by.name) invites you as \(role.withArticle): \(role.summary)",
                button: "Join the team")
        case .newPassword(let member):
            self.init(
                title: "Set a new password",
                words: "For \(member.name). Every browser that is signed in with the old one is signed out.", button: "Set the password")
            asksForName = false
        }
    }
}

extension Context {
    func joinView(_ desk: JoinDesk, at path: String, _ typed: JoinForm? = nil) -> JoinPage {
        var frame = frame(desk.title, .elsewhere, nil)
        frame.reader = nil
        let typed = typed ?? JoinForm()
        func field(_ name: String, _ value: String) -> FormField {
            FormField(name: name, value: value, errors: typed.mistakes.filter { $0.field == name }.map(\.words))
        }
        return JoinPage(
            frame: frame, title: desk.title, words: desk.words, form: postForm(path),
            mistakes: typed.mistakes.map { FormMistake(field: $0.field, message: $0.words) },
            name: desk.asksForName ? field("name", typed.name) : nil, email: desk.asksForName ? field("email", typed.email) : nil,
            password: field("password", ""), button: desk.button)
    }

    /// Hashes the password, has the member written, and lets them in under a session of their own.
    /// - Parameter write: gives the member's id, or why there is none.
    func join(
        _ typed: JoinForm, _ desk: JoinDesk, at path: String,
        write: @escaping @Sendable (inout Transaction, _ passwordHash: String) throws(StoreError) -> Result<Member.ID, MemberRefusal>
    ) -> Response {
        guard typed.mistakes.isEmpty else {
            return .html(.unprocessableContent, site.pages.join.render(joinView(desk, at: path, typed)))
        }
        let (busy, over) = (page(for: .busy), page(for: .notFound))
        let taken = joinView(desk, at: path, typed.with("email", "Somebody here has this e-mail address already: sign in instead."))
        let (site, now, address, isSecure) = (site, now, visitor.address, visitor.isSecure)
        let device = (request.headers["User-Agent"] ?? "").deviceName
        return .later { responder in
            let isTaken = site.passwords.hash(typed.password) { hash in
                guard let hash else { return responder.respond(busy) }
                let token = RandomID.make()
                site.writer.submit({ transaction throws(StoreError) in
                    let result = try write(&transaction, hash)
                    if case .success(let id) = result {
                        try transaction.beginSession(
                            of: id, hash: TokenHash.of(token), device: device, address: address, replacing: nil, now: now)
                    }
                    return result
                }) { result in
                    switch result {
                    case .success(.success):
                        var response = Response.seeOther("/")
                        response.headers.append(
                            "Set-Cookie", Cookie.session.header(token, for: Session.longestTime.wholeSeconds, isSecure: isSecure))
                        responder.respond(response)
                    case .success(.failure(.emailTaken)):
                        responder.respond(.html(.unprocessableContent, site.pages.join.render(taken)))
                    case .success(.failure): responder.respond(over)
                    case .failure: responder.respond(.unsaved)
                    }
                }
            }
            if !isTaken { responder.respond(busy) }
        }
    }
}

extension JoinForm {
    fileprivate func with(_ field: String, _ words: String) -> JoinForm {
        var form = self
        form.mistakes.append((field, words))
        return form
    }
}

extension Role {
    var withArticle: String { self == .admin ? "an admin" : "a \(rawValue)" }

    /// What it may do, beginning with a verb.
    var summary: String {
        switch self {
        case .viewer: "you read and export."
        case .writer: "you read and export, write briefs and upload."
        case .reviewer: "you read and export, write briefs, upload and approve."
        case .admin: "you may do everything here, and let others in."
        }
    }
}
