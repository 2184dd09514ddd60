/// A file of markup with tags in double braces, parsed and not yet bound to a view.
struct Template: Sendable {
    let file: String
    let nodes: [Node]
}

enum Node: Sendable {
    /// The start of a line that stays in the output, with the white space it begins with. It is kept apart from the text because
    /// an indented partial adds to it and a moved block loses it.
    case line(indent: [UInt8])
    /// Within one line; the line break belongs to it.
    case text([UInt8])
    case variable(Reference)
    case section(Reference, inverted: Bool, [Node])
    case block(Block)
    case include(Include)
}

/// A name in a tag and where it stands.
struct Reference: Sendable {
    let name: String
    let place: Place
}

/// `{{$name}}…{{/name}}`: a part that can be replaced, or between the tags of a parent, what replaces it.
struct Block: Sendable {
    let reference: Reference
    let nodes: [Node]
    /// Whether the content begins on a line of its own.
    let startsLine: Bool
    /// The indentation that the content has as written and that a replacement takes over.
    let indent: [UInt8]
}

/// `{{>name}}`, or `{{<name}}…{{/name}}`: a partial is a parent whose blocks all stay as they are.
struct Include: Sendable {
    let reference: Reference
    let arguments: [Block]
    /// The white space before a tag that has its line to itself, for each line of the included template; nil within a line.
    let indent: [UInt8]?
}
