/// Makes programs of templates: includes become part of what includes them, blocks are replaced, names are resolved.
struct Binder: Sendable {
    let templates: [String: Template]
    /// As the specification has it. HTML has no use for most of it, and it is an eighth of a page.
    let keepsWhiteSpace: Bool

    /// Far more than a site needs; what goes deeper includes itself.
    private static let maximumDepth = 64

    func program(_ nodes: [Node], within names: Names, _ inclusion: Inclusion) throws(TemplateError) -> Program {
        var program = Program()
        try add(nodes, to: &program, names, inclusion)
        return program
    }

    /// The op that shows `nodes` once for each of what `each` finds in the frame of the level.
    private func nested(
        _ nodes: [Node], in names: Names, at level: Int, _ inclusion: Inclusion, _ each: @escaping Each
    ) throws(TemplateError) -> Op {
        .nested(Nested(level: level, each: each, body: try program(nodes, within: names, inclusion)))
    }

    private func add(
        _ nodes: some Sequence<Node>, to program: inout Program, _ names: Names, _ inclusion: Inclusion
    ) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .line(let indent): if keepsWhiteSpace { program.append(literal: inclusion.indented(indent)) }
            case .text(let bytes): program.append(literal: keepsWhiteSpace ? bytes : bytes.withoutIdleLineEnd)
            case .variable(let name): program.append(try variable(name, names))
            case .section(let name, let inverted, let nodes):
                try add(section: nodes, of: name, inverted: inverted, to: &program, names, inclusion)
            case .block(let block): try add(block, to: &program, names, inclusion)
            case .include(let include): try add(include, to: &program, names, inclusion)
            }
        }
    }

    private func variable(_ reference: Reference, _ names: Names) throws(TemplateError) -> Op {
        let found = try find(reference, names)
        switch found.value {
        case .text(let read): return .text(found.level, read)
        case .html(let read): return .html(found.level, read)
        case .written(let write): return .written(found.level, write)
        case .flag: throw TemplateError(reference.place, "'\(reference.name)' is a flag, which is not a text")
        case .texts: throw TemplateError(reference.place, "'\(reference.name)' is a list of texts, to be shown by a section")
        case .views: throw TemplateError(reference.place, "'\(reference.name)' is a view or a list of views, to be shown by a section")
        }
    }

    private func add(
        section nodes: [Node], of reference: Reference, inverted: Bool, to program: inout Program, _ names: Names, _ inclusion: Inclusion
    ) throws(TemplateError) {
        let found = try find(reference, names)
        let level = found.level
        guard let isTrue = found.value.isTrue else {
            throw TemplateError(reference.place, "'\(reference.name)' is only to be shown, and makes no section")
        }
        if inverted {
            let body = try self.program(nodes, within: names, inclusion)
            return program.append(body, at: level, if: isTrue, is: false)
        }
        switch found.value {
        case .flag:
            let body = try self.program(nodes, within: names.inside(flag: found), inclusion)
            program.append(body, at: level, if: isTrue, is: true)
        case .text(let read):
            program.append(
                try nested(nodes, in: names.inside(Self.text), at: level, inclusion) { frame, show in
                    let text = read(frame)
                    if !text.isEmpty { StackFrame.with(text, show) }
                })
        case .html(let read):
            program.append(
                try nested(nodes, in: names.inside(Self.html), at: level, inclusion) { frame, show in
                    let html = read(frame)
                    if !html.markup.isEmpty { StackFrame.with(html, show) }
                })
        case .texts(let read):
            program.append(
                try nested(nodes, in: names.inside(Self.text), at: level, inclusion) { StackFrame.forEach(in: read($0), $1) })
        case .views(let views):
            program.append(try nested(nodes, in: views.names(in: names), at: level, inclusion, views.each))
        case .written: break
        }
    }

    /// The text that a frame holds, and the markup.
    private static let text = Value.text { $0.read { (text: String) in text } }
    private static let html = Value.html { $0.read { (html: HTML) in html } }

    private func find(_ reference: Reference, _ names: Names) throws(TemplateError) -> Names.Found {
        do {
            return try names.find(reference.name)
        } catch {
            throw TemplateError(reference.place, error.message)
        }
    }

    private func add(_ include: Include, to program: inout Program, _ names: Names, _ inclusion: Inclusion) throws(TemplateError) {
        let reference = include.reference
        guard let template = templates[reference.name] else {
            throw TemplateError(reference.place, "there is no template '\(reference.name)'")
        }
        guard inclusion.depth < Self.maximumDepth else {
            throw TemplateError(reference.place, "'\(reference.name)' is included without end: it leads back to itself")
        }
        var inner = Inclusion(depth: inclusion.depth + 1)
        inner.indent = include.indent.map(inclusion.indented) ?? []
        // What was replaced further out goes before what is replaced here.
        inner.replacements = inclusion.replacements
        for block in include.arguments where inner.replacements[block.reference.name] == nil {
            inner.replacements[block.reference.name] = Replacement(block: block, replacements: inclusion.replacements)
        }
        try add(template.nodes, to: &program, names, inner)
    }

    private func add(_ block: Block, to program: inout Program, _ names: Names, _ inclusion: Inclusion) throws(TemplateError) {
        guard let replacement = inclusion.replacements[block.reference.name] else {
            return try add(block.nodes, to: &program, names, inclusion)
        }
        guard inclusion.depth < Self.maximumDepth else {
            throw TemplateError(replacement.block.reference.place, "block '\(block.reference.name)' is nested without end")
        }
        var inner = Inclusion(depth: inclusion.depth + 1)
        inner.indent = inclusion.indented(block.indent)
        inner.dropped = replacement.block.startsLine ? replacement.block.indent.count : 0
        inner.replacements = replacement.replacements

        var nodes = replacement.block.nodes[...]
        switch (block.startsLine, replacement.block.startsLine) {
        case (true, false): if keepsWhiteSpace { program.append(literal: inner.indent) }
        case (false, true): if case .line? = nodes.first { nodes.removeFirst() }
        case (true, true), (false, false): break
        }
        try add(nodes, to: &program, names, inner)
    }
}

/// How a template is included where it is being added.
struct Inclusion: Sendable {
    /// What each line begins with.
    var indent: [UInt8] = []
    /// How much of its own indentation each line loses.
    var dropped = 0
    var replacements: [String: Replacement] = [:]
    let depth: Int

    func indented(_ own: [UInt8]) -> [UInt8] {
        indent + own.dropFirst(dropped)
    }
}

/// What is shown instead of a block, and what replaces the blocks within it: those belong to the template that wrote it, not to
/// the one whose block it fills.
struct Replacement: Sendable {
    let block: Block
    let replacements: [String: Replacement]
}
