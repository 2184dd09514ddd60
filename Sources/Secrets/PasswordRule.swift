/// What a password must be before it is taken: long, and none that is tried first. `Data/common-passwords.txt` holds the most common ones of
/// twelve characters or more, and the most common words that people put digits behind; it was drawn from the list that Django refuses.
package struct PasswordRule: Sendable {
    package static let shortest = 12
    /// More is no safer, and somebody would send a megabyte.
    package static let longest = 256

    package enum Problem: Error, Sendable {
        case tooShort, tooLong, common, personal

        package var words: String {
            switch self {
            case .tooShort: "A password has at least \(PasswordRule.shortest) characters. A few words in a row are easy to keep in mind."
            case .tooLong: "A password has at most \(PasswordRule.longest) characters."
            case .common: "This password is one of those that are tried first. A few words that nobody would put together are better."
            case .personal: "This password can be guessed from the name or the e-mail address."
            }
        }
    }

    private let common: Set<String>

    package init() {
        common = Set(String(decoding: PackageResources.common_passwords_txt, as: UTF8.self).split(separator: "\n").map(String.init))
    }

    /// - Parameter about: the member's name and e-mail address.
    package func check(_ password: String, about: [String]) throws(Problem) {
        guard password.count >= Self.shortest else { throw .tooShort }
        guard password.count <= Self.longest else { throw .tooLong }
        let lower = password.lowercased()
        let core = Self.core(of: lower)
        guard Set(lower).count >= 5, !core.isEmpty, !common.contains(lower), !common.contains(Self.once(core)), !Self.isRow(lower) else {
            throw .common
        }
        let words = about.map { $0.lowercased() }.flatMap { [$0] + $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        guard !words.contains(where: { $0 == lower || $0 == Self.once(core) }), Self.once(core) != "scriptorium" else { throw .personal }
    }

    /// Without the digits and marks that people put around a word.
    private static func core(of text: String) -> String {
        let letters = text.drop { !$0.isLetter }
        guard let last = letters.lastIndex(where: \.isLetter) else { return "" }
        return String(letters[...last])
    }

    /// `password` for `passwordpassword`.
    private static func once(_ text: String) -> String {
        let characters = Array(text)
        for length in 1...max(1, characters.count / 2) where characters.count.isMultiple(of: length) {
            if characters.indices.allSatisfy({ characters[$0] == characters[$0 % length] }) { return String(characters[..<length]) }
        }
        return text
    }

    /// Whether each character follows the one before it, as in `abcdefghijkl`.
    private static func isRow(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map { Int($0.value) }
        let steps = Set(zip(scalars, scalars.dropFirst()).map { $1 - $0 })
        return steps.count == 1
    }
}
