/// What a member may do; each may all that the ones before may.
package enum Role: String, Sendable, CaseIterable, Comparable {
    /// Reads and exports.
    case viewer
    /// Also briefs, uploads and edits.
    case writer
    /// Also approves.
    case reviewer
    /// Also looks after the connection, the members, the acknowledgements and the activity.
    case admin

    package static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .writer: 1
        case .reviewer: 2
        case .admin: 3
        }
    }
}
