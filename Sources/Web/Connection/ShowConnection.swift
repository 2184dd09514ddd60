import Domain
import HTTP
import Store

/// Whom the app talks to, and what keeps it from doing so.
@Sendable func showConnection(_ context: Context) throws(Problem) -> Response {
    let desk = try context.desk()
    let page: ConnectionPage
    switch desk.current {
    case .none:
        throw .notFound
    case .question(let candidate):
        page = ConnectionPage(
            frame: context.frame("Connection", .elsewhere, desk), live: "connection", name: candidate.name, isSandbox: false,
            host: candidate.host, stateWords: "Stopped",
            stateReason: "A new access token was given. Nothing is sent until you have said whose it is.", isTrouble: true,
            limit: "\(desk.limit.perMinute.of("brief")) a minute", question: context.postForm("/connection"))
    case .connection(let connection):
        let badge = desk.badge
        var stopped = ConnectionPage(
            frame: context.frame("Connection", .elsewhere, desk), live: "connection", name: connection.name,
            isSandbox: connection.kind == .sandbox, host: connection.host,
            appID: connection.kind == .live && connection.isNamed ? connection.appID : "", stateWords: "Working",
            limit: "\(desk.limit.perMinute.of("brief")) a minute; \(badge?.calls ?? "")",
            queue: desk.queued == 0
                ? "" : desk.queued == 1 ? "1 brief waits in the queue" : "\(desk.queued.counted) briefs wait in the queue")
        switch connection.state {
        case .throttled(let until) where until > context.now:
            stopped.stateWords = "Waiting"
            stopped.stateReason = "The service asks us to wait \((until - context.now).rough). The queue goes on by itself."
        case .needsAttention(let refusal):
            stopped.stateWords = "Stopped"
            stopped.stateReason = refusal.meaning.words
            stopped.isTrouble = true
            stopped.code = String(refusal.code)
            stopped.message = refusal.message
            stopped.requestID = refusal.requestID ?? ""
            stopped.retry = context.postForm("/connection")
        case .throttled, .working: break
        }
        page = stopped
    }
    return .html(.ok, context.site.pages.connection.render(page))
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
