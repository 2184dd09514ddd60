/// Whom the app talks to: an API base and a developer app there. Every video, task and script belongs to one, and each has its own
/// limit and its own state.
package struct Connection: Sendable, Hashable {
    package typealias ID = Identifier<Connection>

    package enum Kind: String, Sendable, CaseIterable {
        case sandbox, live
    }

    package let id: ID
    package let kind: Kind
    /// For the sandbox an empty text: its port differs with each start.
    package let base: String
    /// `TIKTOK_APP_ID`, else an id of our own making.
    package let appID: String
    package let state: ConnectionState

    /// Whether a person named the developer app.
    package var isNamed: Bool { !appID.hasPrefix(Self.unnamedPrefix) }

    /// Begins an id of our own making; TikTok's are digits.
    package static let unnamedPrefix = "unnamed-"

    package init(id: ID, kind: Kind, base: String, appID: String, state: ConnectionState) {
        self.id = id
        self.kind = kind
        self.base = base
        self.appID = appID
        self.state = state
    }
}
