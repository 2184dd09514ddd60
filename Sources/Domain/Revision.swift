/// Which version of a script one reads, in the film trade's order of colours: white as delivered, then blue, pink, yellow, green and
/// goldenrod, and round again.
package struct Revision: Sendable, Hashable {
    package enum Color: String, Sendable, CaseIterable {
        case white, blue, pink, yellow, green, goldenrod
    }

    /// 1 as delivered.
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    package var color: Color {
        if number == 1 { return .white }
        return Self.round[(number - 2) % Self.round.count]
    }

    /// White is for what was delivered, and comes once.
    private static let round: [Color] = [.blue, .pink, .yellow, .green, .goldenrod]

    /// `white, as delivered`, `blue`, `second blue`.
    package var name: String {
        if number == 1 { return "white, as delivered" }
        let round = (number - 2) / Self.round.count
        if round == 0 { return color.rawValue }
        let ordinals = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
        return "\(round <= ordinals.count ? ordinals[round - 1] : "\(round + 1)th") \(color.rawValue)"
    }
}

/// How a version came to be.
package enum VersionOrigin: String, Sendable, CaseIterable {
    /// By a task of ours.
    case delivered
    /// Found in the account's list.
    case imported
    case edited
    /// An older version, made the current one again.
    case restored
    /// The service's list had another text than the one it had delivered.
    case service
}

/// One version of a script.
package struct ScriptVersion: Sendable, Hashable {
    package let number: Int
    package let title: String
    package let text: String
    package let origin: VersionOrigin
    /// Why it was changed, in the words of whoever did; empty for none.
    package let reason: String
    /// Nil where the service wrote it.
    package let member: String?
    package let created: Timestamp

    package init(
        number: Int, title: String, text: String, origin: VersionOrigin, reason: String, member: String?, created: Timestamp
    ) {
        self.number = number
        self.title = title
        self.text = text
        self.origin = origin
        self.reason = reason
        self.member = member
        self.created = created
    }

    package var revision: Revision { Revision(number: number) }
}
