/// What is wanted of the service beyond tasks and uploads; like those, a row before it is a call. So far it is one thing: a walk through
/// the list of the account's scripts, whoever made them, to know what is there before a brief is sent, and what has appeared after one
/// whose answer was lost.
package enum RemoteCommand {
    package typealias ID = Identifier<RemoteCommand>

    /// How many pages of a hundred are asked for at most.
    package static let mostPages = 100
    package static let pageSize = 100
    /// How often a page is asked for before the walk is given up.
    package static let mostAttempts = 5
    /// How old the last walk may be when nothing has happened.
    package static let keepsFor = Duration.seconds(60 * 60)

    /// How long after the last walk for an unconfirmed task the next one comes; nil when a person has to ask for it.
    package static func pause(afterWalks walks: Int) -> Duration? {
        let pauses: [Duration] = [.seconds(2 * 60), .seconds(10 * 60), .seconds(60 * 60)]
        return pauses.indices.contains(walks - 1) ? pauses[walks - 1] : nil
    }

    /// The time from a create to its last script that tasks of late have needed, with room for a slow one.
    /// - Parameter times: of those that succeeded, in any order.
    package static func usualTime(_ times: [Duration]) -> Duration {
        guard !times.isEmpty else { return .seconds(60) }
        return min(max(times.sorted()[times.count / 2] * 2, .seconds(10)), .seconds(10 * 60))
    }
}

/// A script of the account that no task of ours knows.
package struct CandidateScript: Sendable, Hashable {
    package let remoteID: String
    package let title: String
    package let text: String

    package init(remoteID: String, title: String, text: String) {
        self.remoteID = remoteID
        self.title = title
        self.text = text
    }
}

/// How far the search for the scripts of an unconfirmed task is.
package struct ScriptSearch: Sendable, Hashable {
    /// When the next walk begins; nil when none is planned.
    package let next: Timestamp?
    /// When the last one ended; nil before the first.
    package let last: Timestamp?
    /// Why the last one came to nothing; nil otherwise.
    package let trouble: String?
    /// Those that appeared after the brief was sent.
    package let candidates: [CandidateScript]
    /// Other briefs are being written: what has appeared since they were sent may be theirs, and is not offered yet.
    package let waitsForOthers: Bool

    package init(next: Timestamp?, last: Timestamp?, trouble: String?, candidates: [CandidateScript], waitsForOthers: Bool) {
        self.next = next
        self.last = last
        self.trouble = trouble
        self.candidates = candidates
        self.waitsForOthers = waitsForOthers
    }
}
