/// Reads a template. A tag other than a variable that has a line to itself takes the whole line with it (`standalone` in the
/// Mustache specification); a parent counts as one tag from `{{<name}}` to `{{/name}}`, since nothing between them is shown in place.
struct TemplateParser {
    private let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineCountedTo = 0
    /// Where the last closing tag began.
    private var closedAt = 0

    static func parse(_ bytes: [UInt8], file: String) throws(TemplateError) -> Template {
        var parser = TemplateParser(file: file, bytes: bytes)
        return Template(file: file, nodes: try parser.nodes(in: nil))
    }

    private init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    /// The nodes up to the tag that closes `opening`, or to the end of the file. What follows an `argument` is not shown, so
    /// its closing tag needs no line of its own to lose the white space before it.
    private mutating func nodes(in opening: Tag?, argument: Bool = false) throws(TemplateError) -> [Node] {
        var nodes: [Node] = []
        while position < bytes.count {
            let indent = startsLine(position) ? takeBlanks() : nil
            guard isOpeningBrace(position) else {
                if let indent { nodes.append(.line(indent: indent)) }
                takeText(into: &nodes)
                continue
            }

            let tag = try takeTag()
            // Read before the lines are judged, for its own line ends where its closing tag does.
            let arguments = tag.kind == .parent ? try self.arguments(of: tag) : []
            var standalone = false
            if let indent {
                if tag.kind != .variable, let next = endOfBlankLine(position) {
                    standalone = true
                    position = next
                } else if !(argument && tag.kind == .close) {
                    nodes.append(.line(indent: indent))
                }
            }

            switch tag.kind {
            case .comment: break
            case .variable: nodes.append(.variable(tag.reference))
            case .section: nodes.append(.section(tag.reference, inverted: false, try self.nodes(in: tag)))
            case .inverted: nodes.append(.section(tag.reference, inverted: true, try self.nodes(in: tag)))
            case .block: nodes.append(.block(try block(tag, startsLine: standalone, argument: false)))
            case .partial, .parent:
                nodes.append(.include(Include(reference: tag.reference, arguments: arguments, indent: standalone ? indent : nil)))
            case .close:
                try check(tag, closes: opening)
                closedAt = tag.start
                return nodes
            }
        }
        if let opening { throw TemplateError(opening.reference.place, "\(opening) is not closed") }
        return nodes
    }

    /// What stands between a parent's tags: blocks. Text among them is not shown, as the specification has it; a tag is a mistake.
    private mutating func arguments(of parent: Tag) throws(TemplateError) -> [Block] {
        var blocks: [Block] = []
        while position < bytes.count {
            guard isOpeningBrace(position) else {
                position += 1
                continue
            }
            let tag = try takeTag()
            switch tag.kind {
            case .comment: break
            case .block:
                if blocks.contains(where: { $0.reference.name == tag.reference.name }) {
                    throw TemplateError(tag.reference.place, "\(tag) is given twice to \(parent)")
                }
                let next = endOfBlankLine(position)
                position = next ?? position
                blocks.append(try block(tag, startsLine: next != nil, argument: true))
            case .close:
                try check(tag, closes: parent)
                return blocks
            case .variable, .section, .inverted, .partial, .parent:
                throw TemplateError(tag.reference.place, "\(tag) is not shown here: only blocks belong in \(parent)")
            }
        }
        throw TemplateError(parent.reference.place, "\(parent) is not closed")
    }

    private mutating func block(_ tag: Tag, startsLine: Bool, argument: Bool) throws(TemplateError) -> Block {
        let start = position
        let nodes = try nodes(in: tag, argument: argument)
        let ownIndent = startsLine ? commonIndent(of: start..<closedAt) : nil
        return Block(reference: tag.reference, nodes: nodes, startsLine: startsLine, indent: ownIndent ?? indent(around: tag.start))
    }

    private func check(_ close: Tag, closes opening: Tag?) throws(TemplateError) {
        guard let opening else { throw TemplateError(close.reference.place, "\(close) closes nothing") }
        guard close.reference.name == opening.reference.name else {
            throw TemplateError(
                close.reference.place, "\(close) stands where \(opening) of line \(opening.reference.place.line) is still open")
        }
    }
}

// MARK: - Tags

extension TemplateParser {
    struct Tag: CustomStringConvertible {
        enum Kind: String {
            case variable = ""
            case comment = "!"
            case section = "#"
            case inverted = "^"
            case close = "/"
            case partial = ">"
            case parent = "<"
            case block = "$"
        }

        let kind: Kind
        let reference: Reference
        let start: Int

        var description: String { "{{\(kind.rawValue)\(reference.name)}}" }
    }

    private mutating func takeTag() throws(TemplateError) -> Tag {
        let start = position
        let place = Place(file: file, line: countLines(to: start))
        var end = start + 2
        while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "}") && bytes[end + 1] == UInt8(ascii: "}")) { end += 1 }
        guard end + 1 < bytes.count else { throw TemplateError(place, "{{ has no }}") }
        position = end + 2

        let text = bytes[(start + 2)..<end].trimmingBlanks()
        let sign = text.first.map { String(UnicodeScalar($0)) } ?? ""
        switch sign {
        case "{": throw TemplateError(place, "{{{ }}} does not exist here: a value of type HTML is inserted as it is, by {{ }}")
        case "&": throw TemplateError(place, "{{& }} does not exist here: a value of type HTML is inserted as it is, by {{ }}")
        case "=": throw TemplateError(place, "the delimiters cannot be changed")
        default: break
        }
        let kind = Tag.Kind(rawValue: sign) ?? .variable
        let name = kind == .variable ? text : text.dropFirst().trimmingBlanks()
        if kind != .comment, name.isEmpty || name.contains(where: \.isWhiteSpace) {
            throw TemplateError(place, "a tag needs one name, without white space in it")
        }
        return Tag(kind: kind, reference: Reference(name: String(decoding: name, as: UTF8.self), place: place), start: start)
    }
}

// MARK: - Lines

extension TemplateParser {
    private func startsLine(_ index: Int) -> Bool { index == 0 || bytes[index - 1] == UInt8(ascii: "\n") }

    private func isOpeningBrace(_ index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index] == UInt8(ascii: "{") && bytes[index + 1] == UInt8(ascii: "{")
    }

    private mutating func takeBlanks() -> [UInt8] {
        let start = position
        while position < bytes.count, bytes[position].isBlank { position += 1 }
        return Array(bytes[start..<position])
    }

    private mutating func takeText(into nodes: inout [Node]) {
        let start = position
        while position < bytes.count, !isOpeningBrace(position) {
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\n") { break }
        }
        if position > start { nodes.append(.text(Array(bytes[start..<position]))) }
    }

    /// Where the next line begins, if nothing but white space is left of this one.
    private func endOfBlankLine(_ start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\r") { index += 1 }
        if index == bytes.count { return index }
        return bytes[index] == UInt8(ascii: "\n") ? index + 1 : nil
    }

    /// The white space that all lines of the range begin with, blank ones aside; nil when there are no others.
    private func commonIndent(of range: Range<Int>) -> [UInt8]? {
        bytes[range].split(separator: UInt8(ascii: "\n"))
            .filter { line in line.contains { !$0.isWhiteSpace } }
            .map { line in Array(line.prefix(while: \.isBlank)) }
            .min { $0.count < $1.count }
    }

    /// The white space that the line of a tag begins with.
    private func indent(around index: Int) -> [UInt8] {
        let line = bytes[..<index].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Array(bytes[line..<index].prefix(while: \.isBlank))
    }

    private mutating func countLines(to index: Int) -> Int {
        line += bytes[lineCountedTo..<index].count { $0 == UInt8(ascii: "\n") }
        lineCountedTo = index
        return line
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    fileprivate var isWhiteSpace: Bool { isBlank || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

extension ArraySlice<UInt8> {
    fileprivate func trimmingBlanks() -> ArraySlice<UInt8> {
        let head = drop(while: \.isWhiteSpace)
        guard let last = head.lastIndex(where: { !$0.isWhiteSpace }) else { return [] }
        return head[...last]
    }
}
