/// A phrase with gaps: `{name}` is a value from the brief, `[I|We]` differs by who speaks (consumer, then brand), `<for {price}>` is
/// left out when the brief lacks one of its values, `\n` is a line break. Only the phrase book's own text is read this way; values
/// are inserted as they are and never looked at again.
struct Template: Sendable {
    indirect enum Part: Sendable {
        case text(String)
        case value(Slot)
        case byView(consumer: [Part], brand: [Part])
        case optional([Part])
    }

    enum Slot: String, Sendable, CaseIterable {
        case name, brand, price, point, otherPoint
        /// A sentence of the description; its first clause as it begins a sentence, and as it goes on after a colon.
        case fact, idea, gist
        case setup, middle, turn, who
    }

    enum View: Sendable, CaseIterable {
        case consumer, brand
    }

    struct Malformed: Error {
        let reason: String
    }

    let parts: [Part]

    init(_ source: Substring) throws(Malformed) {
        var rest = source
        parts = try Self.parts(of: &rest, inside: nil)
    }

    /// By bytes, and text as a whole: every start reads some thousand phrases, and characters would take most of its time. All marks are
    /// ASCII, so none is part of another character.
    private static func parts(of rest: inout Substring, inside end: UInt8?) throws(Malformed) -> [Part] {
        var parts: [Part] = []
        var text = ""
        func flush() {
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
        }
        while let place = rest.utf8.firstIndex(where: { $0 == end || "{[<\\".utf8.contains($0) }) {
            text += rest[..<place]
            let mark = rest.utf8[place]
            rest = rest[rest.utf8.index(after: place)...]
            switch mark {
            case end:
                flush()
                return parts
            case UInt8(ascii: "{"):
                flush()
                let name = try upTo("}", in: &rest)
                guard let slot = Slot(rawValue: String(name)) else { throw Malformed(reason: "{\(name)} is no value") }
                parts.append(.value(slot))
            case UInt8(ascii: "["):
                flush()
                var choices = try upTo("]", in: &rest).split(separator: "|", omittingEmptySubsequences: false)
                guard choices.count == 2 else { throw Malformed(reason: "[…] holds two choices") }
                parts.append(
                    .byView(
                        consumer: try Self.parts(of: &choices[0], inside: nil), brand: try Self.parts(of: &choices[1], inside: nil)))
            case UInt8(ascii: "<"):
                flush()
                parts.append(.optional(try Self.parts(of: &rest, inside: UInt8(ascii: ">"))))
            default:
                guard rest.popFirst() == "n" else { throw Malformed(reason: "only \\n is known") }
                text.append("\n")
            }
        }
        guard end == nil else { throw Malformed(reason: "a < is not closed") }
        text += rest
        flush()
        return parts
    }

    private static func upTo(_ end: Unicode.Scalar, in rest: inout Substring) throws(Malformed) -> Substring {
        guard let place = rest.unicodeScalars.firstIndex(of: end) else { throw Malformed(reason: "a \(end) is missing") }
        defer { rest = rest[rest.unicodeScalars.index(after: place)...] }
        return rest[..<place]
    }

    /// The text with its values, or nil when one that is not optional is missing.
    func rendered(_ values: [Slot: String], _ view: View) -> String? {
        Self.rendered(parts, values, view)
    }

    private static func rendered(_ parts: [Part], _ values: [Slot: String], _ view: View) -> String? {
        var out = ""
        for part in parts {
            switch part {
            case .text(let text):
                out = joined(out, text)
            case .value(let slot):
                guard let value = values[slot] else { return nil }
                out += value
            case .byView(let consumer, let brand):
                guard let choice = rendered(view == .consumer ? consumer : brand, values, view) else { return nil }
                out = joined(out, choice)
            case .optional(let parts):
                out = joined(out, rendered(parts, values, view) ?? "")
            }
        }
        return out
    }

    /// A value that ends its own sentence ("Wow!") takes no second full stop.
    private static func joined(_ out: String, _ text: String) -> String {
        guard text.first == ".", let last = out.last, ".!?…".contains(last) else { return out + text }
        return out + text.dropFirst()
    }

    func mentions(_ slot: Slot) -> Bool {
        Self.mentions(slot, in: parts)
    }

    private static func mentions(_ slot: Slot, in parts: [Part]) -> Bool {
        parts.contains { part in
            switch part {
            case .value(let value): value == slot
            case .optional(let parts): mentions(slot, in: parts)
            case .byView(let consumer, let brand): mentions(slot, in: consumer) || mentions(slot, in: brand)
            case .text: false
            }
        }
    }
}
