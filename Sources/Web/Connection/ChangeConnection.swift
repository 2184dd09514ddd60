import Dispatch
import Domain
import HTTP
import Secrets
import Store

/// `action=retry` after something was mended, `action=test` to find out whether it is, `action=same` or `action=new` as the answer to whose
/// token it is, `action=token` with another one, `action=sandbox` to take it back.
@Sendable func changeConnection(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let (now, actor) = (context.now, context.actor)
    let work: Writer.Work<Void>
    switch form["action"] {
    case "retry":
        work = { transaction throws(StoreError) in
            guard let id = try transaction.database.findCurrentConnection()?.connection?.id else { return }
            try transaction.apply(.mended, to: id, now: now)
            try transaction.noteConnectionChange("calls go on", by: actor, now: now)
        }
    case "test":
        work = { transaction throws(StoreError) in
            guard let id = try transaction.database.findCurrentConnection()?.connection?.id else { return }
            try transaction.requestConnectionTest(of: id, by: actor, now: now)
        }
    case "same":
        work = { transaction throws(StoreError) in
            try transaction.answerConnectionQuestion(isSameApp: true, newAppID: "", now: now)
            try transaction.noteConnectionChange("the new token is for the same developer app", by: actor, now: now)
        }
    case "new":
        let id = Connection.unnamedPrefix + RandomID.make()
        work = { transaction throws(StoreError) in
            try transaction.answerConnectionQuestion(isSameApp: false, newAppID: id, now: now)
            try transaction.noteConnectionChange("the new token is for a new developer app", by: actor, now: now)
        }
    case "token":
        return try context.giveToken(form)
    case "sandbox":
        return try context.give(nil, "back to the sandbox")
    default:
        return .html(.unprocessableContent, context.site.pages.connection.render(try context.connectionView()))
    }
    return context.write(work) { $0.returnToConnection }
}

extension Context {
    fileprivate func giveToken(_ form: FormData) throws(Problem) -> Response {
        let typed = TokenForm(form)
        guard typed.mistakes.isEmpty else {
            return .html(.unprocessableContent, site.pages.connection.render(try connectionView(typed)))
        }
        let given = SecretsFile.GivenToken(token: typed.token, appID: typed.appID.isEmpty ? nil : typed.appID)
        return try give(given, "an access token that ends with \(typed.token.secretEnding)")
    }

    /// The file of secrets is written and synced elsewhere: a disk may take its time.
    fileprivate func give(_ token: SecretsFile.GivenToken?, _ words: String) throws(Problem) -> Response {
        // What the environment says holds; the page offers no form then.
        guard site.settings.environmentToken == nil else { throw .notFound }
        let (site, actor, now) = (site, actor, now)
        return .later { responder in
            DispatchQueue.global().async {
                do throws(SecretsError) {
                    try site.secrets.give(token)
                } catch {
                    log("the access token could not be kept", at: site.now(), [("error", "\(error)")])
                    return responder.respond(.unsaved)
                }
                site.writer.submit({ transaction throws(StoreError) in
                    try transaction.noteConnectionChange(words, by: actor, now: now)
                }) { responder.respond($0.returnToConnection) }
            }
        }
    }
}

/// What an admin types to connect the app.
struct TokenForm: Sendable {
    let token: String
    let appID: String
    private(set) var mistakes: [(field: String, words: String)] = []

    init(_ form: FormData) {
        token = (form["access_token"] ?? "").trimmed
        appID = (form["app_id"] ?? "").trimmed
        let isVisible = token.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        if token.isEmpty {
            mistakes.append(("access_token", "Paste the access token that the authorisation gave you."))
        } else if !isVisible || !(16...1_000).contains(token.utf8.count) {
            mistakes.append(("access_token", "This is no access token: one is a single word of 16 characters or more. Paste it again."))
        }
        if !appID.utf8.allSatisfy({ (0x30...0x39).contains($0) }) || appID.utf8.count > 40 {
            mistakes.append(("app_id", "A developer app’s id is a number."))
        }
    }
}

extension String {
    /// `…1a2b`: enough for a person to tell two tokens apart. None of one so short that four characters tell too much.
    var secretEnding: String {
        utf8.count >= 16 ? "…\(suffix(4))" : "…"
    }
}

extension Result where Failure == StoreError {
    fileprivate var returnToConnection: Response {
        switch self {
        case .success: .seeOther("/connection")
        case .failure: .unsaved
        }
    }
}
