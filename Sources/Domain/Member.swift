/// Who does things here. Until a team signs in, everything is done by the built-in member, whose work the first admin takes over.
package struct Member: Sendable, Hashable {
    package typealias ID = Identifier<Member>

    package static let thisComputer = Member(id: ID(1), name: "this computer")

    package let id: ID
    package let name: String

    package init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}

/// A member as the team knows them: who may come in, and as what.
package struct Account: Sendable, Hashable {
    package let member: Member
    /// What is typed to sign in, in lower case; nil for one who comes by single sign-on under a name that is no address.
    package let email: String?
    package let role: Role
    /// May no longer come in; all that they did stays.
    package let isDisabled: Bool
    /// Nil for who comes by single sign-on only. An Argon2id text, never the password.
    package let passwordHash: String?
    package let created: Timestamp

    package var id: Member.ID { member.id }

    package init(member: Member, email: String?, role: Role, isDisabled: Bool, passwordHash: String?, created: Timestamp) {
        self.member = member
        self.email = email
        self.role = role
        self.isDisabled = isDisabled
        self.passwordHash = passwordHash
        self.created = created
    }
}

/// A name and an e-mail address that a person typed.
package struct MemberName: Sendable, Hashable {
    package let name: String
    /// In lower case.
    package let email: String

    package enum Field: Sendable {
        case name, email
    }

    package struct Mistake: Error, Sendable {
        package let field: Field
        package let words: String
    }

    package init(name: String, email: String) throws(Mistake) {
        let name = name.trimmed
        guard !name.isEmpty else { throw Mistake(field: .name, words: "Say the name by which the team knows this person.") }
        guard name.utf16.count <= 100, !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Mistake(field: .name, words: "A name is one line of at most 100 characters.")
        }
        guard let email = Self.address(email) else {
            throw Mistake(field: .email, words: "This is not an e-mail address: it looks like ada@example.com.")
        }
        self.name = name
        self.email = email
    }

    /// As it is compared and kept; nil for what is no address. Only what RFC 5321 §4.5.3.1 bounds is asked for: a strict grammar refuses
    /// addresses that exist.
    package static func address(_ text: String) -> String? {
        let text = text.trimmed.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 254,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f && !$0.properties.isWhitespace })
        else { return nil }
        return text
    }
}
