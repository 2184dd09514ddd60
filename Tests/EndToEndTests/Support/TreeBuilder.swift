/// From markup to elements. An end tag closes up to its start tag; one without a start tag is nothing.
struct TreeBuilder {
    private static let void: Set = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]
    /// Inside these, `<` is text.
    private static let raw: Set = ["script", "style", "textarea", "title"]
    /// The end tags of these may be left out before the next of their kind.
    private static let implied: Set = ["li", "option", "dt", "dd", "tr", "td", "th"]

    private let source: [Character]
    private var position = 0
    private var open = [Element(name: "#document", attributes: [])]

    init(_ html: String) {
        source = Array(html.replacing("\r\n", with: "\n"))
    }

    mutating func tree() -> Element {
        while position < source.count { step() }
        while open.count > 1 { closeLast() }
        return open[0]
    }

    private mutating func step() {
        guard source[position] == "<" else { return text(upTo: "<") }
        if follows("<!--") {
            skip(past: "-->")
        } else if follows("<!") {
            skip(past: ">")
        } else if follows("</") {
            position += 2
            let name = word()
            skip(past: ">")
            if open.dropFirst().contains(where: { $0.name == name }) {
                while open[open.count - 1].name != name { closeLast() }
                closeLast()
            }
        } else {
            position += 1
            startTag()
        }
    }

    private mutating func startTag() {
        let name = word()
        guard !name.isEmpty else { return append("<") }
        var attributes: [(name: String, value: String)] = []
        while position < source.count && source[position] != ">" {
            if source[position].isWhitespace || source[position] == "/" {
                position += 1
            } else {
                attributes.append(attribute())
            }
        }
        position += 1
        if Self.implied.contains(name) && open[open.count - 1].name == name { closeLast() }
        open.append(Element(name: name, attributes: attributes))
        if Self.void.contains(name) {
            closeLast()
        } else if Self.raw.contains(name) {
            // HTML §13.2.6.4.7: the line break that follows the start tag is not part of the text.
            if name == "textarea" && position < source.count && source[position] == "\n" { position += 1 }
            text(upTo: "</\(name)")
        }
    }

    private mutating func attribute() -> (name: String, value: String) {
        let start = position
        while position < source.count && !source[position].isWhitespace && !"=>/".contains(source[position]) { position += 1 }
        // A stray character that is no name still has to be passed.
        if position == start { position += 1 }
        let name = String(source[start..<position]).lowercased()
        guard position < source.count && source[position] == "=" else { return (name, "") }
        position += 1
        var value: [Character] = []
        if position < source.count, let quote = ["\"", "'"].first(where: { $0 == source[position] }) {
            position += 1
            while position < source.count && source[position] != quote { value.append(take()) }
            position += 1
        } else {
            while position < source.count && !source[position].isWhitespace && source[position] != ">" { value.append(take()) }
        }
        return (name, String(value).unescaped)
    }

    private mutating func text(upTo end: String) {
        var text: [Character] = []
        while position < source.count && !follows(end) { text.append(take()) }
        append(String(text).unescaped)
    }

    private mutating func append(_ text: String) {
        if !text.isEmpty { open[open.count - 1].children.append(.text(text)) }
    }

    private mutating func closeLast() {
        let element = open.removeLast()
        open[open.count - 1].children.append(.element(element))
    }

    private mutating func word() -> String {
        var word: [Character] = []
        while position < source.count && (source[position].isLetter || source[position].isNumber || source[position] == "-") {
            word.append(take())
        }
        return String(word).lowercased()
    }

    private mutating func take() -> Character {
        defer { position += 1 }
        return source[position]
    }

    private func follows(_ text: String) -> Bool {
        source[position...].starts(with: text)
    }

    private mutating func skip(past end: String) {
        while position < source.count && !follows(end) { position += 1 }
        position = min(position + end.count, source.count)
    }
}

extension String {
    /// With its character references resolved: the numeric ones, and the few names that our pages use.
    fileprivate var unescaped: String {
        guard contains("&") else { return self }
        let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{a0}", "hellip": "…", "middot": "·"]
        return replacing(/&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);/) { match in
            let reference = match.output.1
            if let name = names[String(reference)] { return name }
            let code = reference.hasPrefix("#x") ? UInt32(reference.dropFirst(2), radix: 16) : UInt32(reference.dropFirst())
            return code.flatMap { Unicode.Scalar($0) }.map { String($0) } ?? String(match.output.0)
        }
    }
}
