import Domain
import HTTP
import Secrets
import Store

/// Whom the app talks to, and what keeps it from doing so.
@Sendable func showConnection(_ context: Context) throws(Problem) -> Response {
    .html(.ok, context.site.pages.connection.render(try context.connectionView()))
}

extension Context {
    /// - Parameter typed: a token that was not taken, for its mistakes; what was typed as a token is not shown again.
    func connectionView(_ typed: TokenForm? = nil) throws(Problem) -> ConnectionPage {
        let (desk, test) = try read { database throws(StoreError) in
            let desk = try self.desk(database)
            return (
                desk, try desk.connection.map { connection throws(StoreError) in try database.findConnectionTest(of: connection.id) } ?? nil
            )
        }
        var page: ConnectionPage
        switch desk.current {
        case .none: throw .notFound
        case .question(let candidate): page = questionView(desk, candidate)
        case .connection(let connection): page = stateView(desk, connection, test)
        }
        let token = site.settings.environmentToken ?? site.secrets.given?.token
        page.tokenEnding = token?.secretEnding ?? ""
        page.isFromEnvironment = site.settings.environmentToken != nil
        page.tokenForm = page.isFromEnvironment ? nil : postForm("/connection")
        if let typed {
            func field(_ name: String, _ value: String) -> FormField {
                FormField(name: name, value: value, errors: typed.mistakes.filter { $0.field == name }.map(\.words))
            }
            page.tokenFields = ConnectionPage.TokenFields(
                token: field("access_token", ""), appID: field("app_id", typed.appID),
                mistakes: typed.mistakes.map { FormMistake(field: $0.field, message: $0.words) })
        }
        return page
    }

    private func questionView(_ desk: Desk, _ candidate: Connection) -> ConnectionPage {
        ConnectionPage(
            frame: frame("Connection", .elsewhere, desk), live: "connection", name: candidate.name, isSandbox: false,
            host: candidate.host, stateWords: "Stopped",
            stateReason: "A new access token was given. Nothing is sent until you have said whose it is.", isTrouble: true,
            limit: "\(desk.limit.perMinute.of("brief")) a minute", question: postForm("/connection"),
            steps: AccessStep.all(isLive: true, works: false, refusal: nil))
    }

    private func stateView(_ desk: Desk, _ connection: Connection, _ test: ConnectionTest?) -> ConnectionPage {
        let badge = desk.badge
        var page = ConnectionPage(
            frame: frame("Connection", .elsewhere, desk), live: "connection", name: connection.name,
            isSandbox: connection.kind == .sandbox, host: connection.host,
            appID: connection.kind == .live && connection.isNamed ? connection.appID : "", stateWords: "Working",
            limit: "\(desk.limit.perMinute.of("brief")) a minute; \(badge?.calls ?? "")",
            queue: desk.queued == 0
                ? "" : desk.queued == 1 ? "1 brief waits in the queue" : "\(desk.queued.counted) briefs wait in the queue",
            test: postForm("/connection"), tested: test.map { ConnectionPage.TestedView($0) })
        var trouble: Refusal?
        if case .done(.refused(let refusal), _) = test?.state { trouble = refusal }
        switch connection.state {
        case .throttled(let until) where until > now:
            page.stateWords = "Waiting"
            page.stateReason = "The service asks us to wait \((until - now).rough). The queue goes on by itself."
        case .needsAttention(let refusal):
            page.stateWords = "Stopped"
            page.stateReason = refusal.meaning.words
            page.isTrouble = true
            page.code = String(refusal.code)
            page.message = refusal.message
            page.requestID = refusal.requestID ?? ""
            page.retry = postForm("/connection")
            trouble = trouble ?? refusal
        case .throttled, .working: break
        }
        let isLive = connection.kind == .live
        page.steps = AccessStep.all(
            isLive: isLive, works: isLive && trouble == nil && page.tested?.isGood == true, refusal: isLive ? trouble : nil)
        return page
    }
}

extension ConnectionPage.TestedView {
    fileprivate init(_ test: ConnectionTest) {
        switch test.state {
        case .queued, .sending: self.init(words: "The service is being asked…")
        case .done(let result, let time):
            switch result {
            case .done(let receipt, _):
                self.init(
                    words: "The service answered: the token, the permission and the account are in order.", at: Moment(time), isGood: true,
                    code: String(receipt.code), message: receipt.message, requestID: receipt.requestID ?? "")
            case .refused(let refusal):
                self.init(
                    words: refusal.meaning.words, at: Moment(time), code: String(refusal.code), message: refusal.message,
                    requestID: refusal.requestID ?? "")
            case .notSent(let reason), .unknown(let reason):
                self.init(
                    words: "The service could not be reached, or did not answer. Check this computer’s way to the internet.",
                    at: Moment(time), message: reason)
            }
        }
    }
}

extension Connection {
    /// `business-api.tiktok.com`
    fileprivate var host: String {
        switch kind {
        case .sandbox: "inside this app"
        case .live: String(base.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" })
        }
    }
}
