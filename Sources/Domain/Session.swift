/// A browser in which a member has signed in.
package struct Session: Sendable, Hashable {
    package typealias ID = Identifier<Session>

    /// Without a request for so long, it is over.
    package static let idleTime = Duration.seconds(12 * 3_600)
    /// After so long it is over in any case.
    package static let longestTime = Duration.seconds(14 * 86_400)
    /// How exactly its last use is known: each use would else be a write.
    package static let seenTime = Duration.seconds(60)

    package let id: ID
    /// `Chromium on Linux`
    package let device: String
    package let address: String
    package let created: Timestamp
    package let seen: Timestamp

    package init(id: ID, device: String, address: String, created: Timestamp, seen: Timestamp) {
        self.id = id
        self.device = device
        self.address = address
        self.created = created
        self.seen = seen
    }

    package func isOver(at now: Timestamp) -> Bool {
        now - seen >= Self.idleTime || now - created >= Self.longestTime
    }
}

/// A link by which a person comes in: a new member, or one who needs a new password.
package struct Invite: Sendable, Hashable {
    package typealias ID = Identifier<Invite>

    package static let lifetime = Duration.seconds(7 * 86_400)

    package enum Purpose: Sendable, Hashable {
        case join(Role)
        case newPassword(Member)
    }

    package let id: ID
    package let purpose: Purpose
    /// Who made it.
    package let by: Member
    package let expires: Timestamp

    package init(id: ID, purpose: Purpose, by: Member, expires: Timestamp) {
        self.id = id
        self.purpose = purpose
        self.by = by
        self.expires = expires
    }
}

/// What a program of a member's signs in with instead of a password.
package struct APIToken: Sendable, Hashable {
    package typealias ID = Identifier<APIToken>

    package enum Scope: String, Sendable, CaseIterable {
        /// Only what changes nothing.
        case read
        /// All that the member's role allows, but nothing that only a person should do.
        case write
    }

    package let id: ID
    package let name: String
    package let scope: Scope
    /// The last four characters, by which its owner tells it from others.
    package let ending: String
    package let created: Timestamp
    /// Nil: never.
    package let used: Timestamp?

    package init(id: ID, name: String, scope: Scope, ending: String, created: Timestamp, used: Timestamp?) {
        self.id = id
        self.name = name
        self.scope = scope
        self.ending = ending
        self.created = created
        self.used = used
    }
}
