/// A video on its way to the service's stock library.
package struct Video: Sendable, Hashable {
    package typealias ID = Identifier<Video>

    /// An upload whose answer was lost is made again, since a duplicate in the stock library does no harm; after so many it has failed.
    package static let answersThatMayBeLost = 3

    package let id: ID
    package let connection: Connection.ID
    package let url: AssetURL
    package let state: VideoState
    package let member: Member
    package let created: Timestamp

    package init(id: ID, connection: Connection.ID, url: AssetURL, state: VideoState, member: Member, created: Timestamp) {
        self.id = id
        self.connection = connection
        self.url = url
        self.state = state
        self.member = member
        self.created = created
    }
}

/// Where an upload stands. `rejected` follows `ready`: the service gave the video an id and later would not have it in a brief.
package enum VideoState: Sendable, Hashable {
    case queued
    case sending
    case ready(remoteID: String)
    case failed(Failure)
    case rejected(remoteID: String, Refusal)

    package enum Name: String, Sendable, CaseIterable {
        case queued, sending, ready, failed, rejected
    }

    package var name: Name {
        switch self {
        case .queued: .queued
        case .sending: .sending
        case .ready: .ready
        case .failed: .failed
        case .rejected: .rejected
        }
    }

    package var isFinal: Bool {
        switch self {
        case .queued, .sending: false
        case .ready, .failed, .rejected: true
        }
    }

    package var remoteID: String? {
        switch self {
        case .ready(let remoteID), .rejected(let remoteID, _): remoteID
        case .queued, .sending, .failed: nil
        }
    }
}
