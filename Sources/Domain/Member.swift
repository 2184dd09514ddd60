/// Who does things here. Until a team signs in, everything is done by the built-in member.
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
