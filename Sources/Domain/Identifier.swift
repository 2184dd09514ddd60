/// A row's number, typed by what it names, so that a video's id cannot be taken for a task's.
package struct Identifier<Entity>: Hashable, Sendable, Codable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// As it stands in a path or a form: decimal digits, no sign, no leading zero.
    package init?(decimal text: String) {
        guard let number = Int64(text), number > 0, String(number) == text else { return nil }
        rawValue = number
    }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension Identifier: CustomStringConvertible {
    package var description: String { String(rawValue) }
}

/// What makes a second click the same as the first: made with the form, unique in its table.
package struct SubmissionID: Hashable, Sendable {
    package let rawValue: String

    /// 16 to 64 letters, digits, `-` and `_`; anything else was not made by a form of ours.
    package init?(_ text: String) {
        let fits = (16...64).contains(text.utf8.count)
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard fits, plain else { return nil }
        rawValue = text
    }

    /// - Parameter random: an id that was made for a new form.
    package init(random: String) {
        rawValue = random
    }
}
