/// A walk through the account's list of scripts, to bring in what was made elsewhere. A row before it is a call, as everything is that the
/// service is asked for.
package struct ScriptImport: Sendable, Hashable {
    package typealias ID = Identifier<ScriptImport>

    package enum State: String, Sendable, CaseIterable {
        case queued, sending, stopped, done, failed

        package var isUnderWay: Bool {
            switch self {
            case .queued, .sending: true
            case .stopped, .done, .failed: false
            }
        }
    }

    package static let pageSize = 100
    /// Calls of one run: 50,000 scripts. What is left is for the next run, which a person asks for.
    package static let mostCalls = 500
    /// How often a page is asked for before the walk is given up.
    package static let mostAttempts = 5
    /// Between two pages, so that a long list takes nothing of what briefs need.
    package static let pause = Duration.milliseconds(500)

    package let id: ID
    package let state: State
    /// The page that is next, 1 for the first.
    package let page: Int
    /// Nil before the first answer.
    package let pages: Int?
    package let seen: Int
    package let added: Int
    package let changed: Int
    /// Why it ended before its end; nil otherwise.
    package let trouble: String?
    package let member: String
    package let created: Timestamp
    package let ended: Timestamp?

    package init(
        id: ID, state: State, page: Int, pages: Int?, seen: Int, added: Int, changed: Int, trouble: String?, member: String,
        created: Timestamp, ended: Timestamp?
    ) {
        (self.id, self.state, self.page, self.pages) = (id, state, page, pages)
        (self.seen, self.added, self.changed, self.trouble) = (seen, added, changed, trouble)
        (self.member, self.created, self.ended) = (member, created, ended)
    }

    /// Whether the next run goes on where this one ended.
    package var canGoOn: Bool {
        switch state {
        case .stopped, .failed: page > 1
        case .queued, .sending, .done: false
        }
    }
}
