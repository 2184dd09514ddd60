/// One script, in its current version.
package struct Script: Sendable, Hashable {
    package typealias ID = Identifier<Script>

    package let id: ID
    /// Nil for one that was made elsewhere and imported from the account.
    package let task: GenerationTask.ID?
    /// 1 for the first of its task; 0 without one.
    package let position: Int
    package let remoteID: String
    package let title: String
    package let text: String
    package let created: Timestamp

    package init(id: ID, task: GenerationTask.ID?, position: Int, remoteID: String, title: String, text: String, created: Timestamp) {
        self.id = id
        self.task = task
        self.position = position
        self.remoteID = remoteID
        self.title = title
        self.text = text
        self.created = created
    }
}

/// A script as an answer of the service carries it.
package struct RemoteScript: Sendable, Hashable {
    package let id: String
    package let title: String
    package let text: String

    package init(id: String, title: String, text: String) {
        self.id = id
        self.title = title
        self.text = text
    }
}

extension Script {
    /// In UTF-16 code units.
    package enum Limits {
        package static let title = 300
        package static let text = 20_000
        package static let note = 4_000
        package static let reason = 500
        package static let tag = 60
        /// Scripts that one action may sort at once: more than a page shows.
        package static let sorted = 500
        /// What a digital-avatar video takes as its script.
        package static let avatarScript = 2_000
        /// What a video task takes as its description.
        package static let videoDescription = 500
        /// How long the trash keeps.
        package static let trash = Duration.seconds(30 * 24 * 60 * 60)
    }
}

extension String {
    package var wordCount: Int {
        split(whereSeparator: \.isWhitespace).count { word in word.contains { $0.isLetter || $0.isNumber } }
    }
}
