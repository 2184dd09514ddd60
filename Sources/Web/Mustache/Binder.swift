/// Makes programs of templates: includes become part of what includes them, blocks are replaced, names are resolved.
struct Binder: Sendable {
    let templates: [String: Template]

    /// Far more than a site needs; what goes deeper includes itself.
    private static let maximumDepth = 64

    func program<S>(_ nodes: [Node], within names: Names<S>, _ inclusion: Inclusion) throws(TemplateError) -> Program<S> {
        var program = Program<S>()
        try add(nodes, to: &program, names, inclusion)
        return program
    }

    /// The op that shows `nodes` once for each of what `each` finds in a scope.
    func nested<S, E>(
        _ nodes: [Node], in names: Names<Scope<E, S>>, _ each: @escaping @Sendable (S, (E) -> Void) -> Void, _ inclusion: Inclusion
    ) throws(TemplateError) -> Op<S> {
        let body = try program(nodes, within: names, inclusion)
        return .nested { scope, output in
            withUnsafePointer(to: scope) { outer in
                each(scope) { element in
                    withUnsafePointer(to: element) { body.run(Scope(own: $0, outer: outer), into: &output) }
                }
            }
        }
    }

    private func add<S>(
        _ nodes: some Sequence<Node>, to program: inout Program<S>, _ names: Names<S>, _ inclusion: Inclusion
    ) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .line(let indent): program.append(literal: inclusion.indented(indent))
            case .text(let bytes): program.append(literal: bytes)
            case .variable(let name): program.append(try variable(name, names))
            case .section(let name, let inverted, let nodes):
                try add(section: nodes, of: name, inverted: inverted, to: &program, names, inclusion)
            case .block(let block): try add(block, to: &program, names, inclusion)
            case .include(let include): try add(include, to: &program, names, inclusion)
            }
        }
    }

    private func variable<S>(_ reference: Reference, _ names: Names<S>) throws(TemplateError) -> Op<S> {
        switch try value(of: reference, names) {
        case .text(let read): return .text(read)
        case .html(let read): return .html(read)
        case .flag: throw TemplateError(reference.place, "'\(reference.name)' is a flag, which is not a text")
        case .texts: throw TemplateError(reference.place, "'\(reference.name)' is a list of texts, to be shown by a section")
        case .views: throw TemplateError(reference.place, "'\(reference.name)' is a view or a list of views, to be shown by a section")
        }
    }

    private func add<S>(
        section nodes: [Node], of reference: Reference, inverted: Bool, to program: inout Program<S>, _ names: Names<S>,
        _ inclusion: Inclusion
    ) throws(TemplateError) {
        let value = try value(of: reference, names)
        if inverted {
            return program.append(try self.program(nodes, within: names, inclusion), if: value.isTrue, is: false)
        }
        switch value {
        case .flag(let read):
            program.append(try self.program(nodes, within: names.inside(flag: value), inclusion), if: read, is: true)
        case .text(let read):
            let each: @Sendable (S, (String) -> Void) -> Void = { scope, show in
                let text = read(scope)
                if !text.isEmpty { show(text) }
            }
            program.append(try nested(nodes, in: names.inside(.text { $0 }), each, inclusion))
        case .html(let read):
            let each: @Sendable (S, (HTML) -> Void) -> Void = { scope, show in
                let html = read(scope)
                if !html.markup.isEmpty { show(html) }
            }
            program.append(try nested(nodes, in: names.inside(.html { $0 }), each, inclusion))
        case .texts(let read):
            program.append(try nested(nodes, in: names.inside(.text { $0 }), { read($0).forEach($1) }, inclusion))
        case .views(let views):
            program.append(try views.section(nodes, by: self, within: names, inclusion))
        }
    }

    private func value<S>(of reference: Reference, _ names: Names<S>) throws(TemplateError) -> Value<S> {
        do {
            return try names.value(reference.name)
        } catch {
            throw TemplateError(reference.place, error.message)
        }
    }

    private func add<S>(_ include: Include, to program: inout Program<S>, _ names: Names<S>, _ inclusion: Inclusion) throws(TemplateError) {
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

    private func add<S>(_ block: Block, to program: inout Program<S>, _ names: Names<S>, _ inclusion: Inclusion) throws(TemplateError) {
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
        case (true, false): program.append(literal: inner.indent)
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
