/// What the team thinks of a script.
///
///     draft ▶ in review ▶ approved | changes wanted ▶ in review …
package enum Approval: String, Sendable, CaseIterable {
    case draft
    case review
    case approved
    case changes

    package var name: String {
        switch self {
        case .draft: "Draft"
        case .review: "In review"
        case .approved: "Approved"
        case .changes: "Changes wanted"
        }
    }

    /// Whoever may better a script may ask for an opinion; having one is a reviewer's.
    package var role: Role {
        switch self {
        case .draft, .review: .writer
        case .approved, .changes: .reviewer
        }
    }

    /// What a person may say next. Whatever was said can be taken back to a draft, and a change of the text makes it one.
    package var next: [Approval] {
        switch self {
        case .draft: [.review]
        case .review: [.approved, .changes, .draft]
        case .approved: [.changes, .draft]
        case .changes: [.review, .draft]
        }
    }
}
