/// One script as the service wrote it.
package struct Script: Sendable, Hashable {
    package typealias ID = Identifier<Script>

    package let id: ID
    package let task: GenerationTask.ID
    /// 1 for the first of its task.
    package let position: Int
    package let remoteID: String
    package let title: String
    package let text: String
    package let created: Timestamp

    package init(id: ID, task: GenerationTask.ID, position: Int, remoteID: String, title: String, text: String, created: Timestamp) {
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

extension String {
    package var wordCount: Int {
        split(whereSeparator: \.isWhitespace).count { word in word.contains { $0.isLetter || $0.isNumber } }
    }
}
