/// All templates, parsed. Whatever includes a template that does not exist, or replaces a block that its parent lacks, is found
/// here, whether or not a page shows it.
package struct TemplateLibrary: Sendable {
    private let binder: Binder
    private let folder: String?

    /// All `*.html` below the folder, for pages without the white space that shows nothing. A template is named by its path there
    /// without the ending: `tasks/show`.
    package init(folder: String) throws(TemplateError) {
        try self.init(sources: try TemplateFolder(path: folder).sources(), folder: folder)
    }

    /// Templates by their names.
    package init(_ sources: [String: String]) throws(TemplateError) {
        try self.init(sources: sources.mapValues { Array($0.utf8) }, folder: nil)
    }

    private init(sources: [String: [UInt8]], folder: String?) throws(TemplateError) {
        var templates: [String: Template] = [:]
        for (name, bytes) in sources.sorted(by: { $0.key < $1.key }) {
            templates[name] = try TemplateParser.parse(bytes, file: Self.file(name, folder))
        }
        for (_, template) in templates.sorted(by: { $0.key < $1.key }) {
            try Includes(templates).check(template.nodes)
        }
        binder = Binder(templates: templates, keepsWhiteSpace: folder == nil)
        self.folder = folder
    }

    /// Binds a template to its view: every name in it is resolved now, also where it will never be shown.
    package func page<V: View>(_ name: String, for view: V.Type) throws(TemplateError) -> Page<V> {
        guard let template = binder.templates[name] else {
            throw TemplateError(file: Self.file(name, folder), "there is no such template")
        }
        return Page(try binder.program(template.nodes, within: Names(page: V.self), Inclusion(depth: 0)))
    }

    private static func file(_ name: String, _ folder: String?) -> String {
        let file = name + TemplateFolder.ending
        return folder.map { "\($0)/\(file)" } ?? file
    }
}

/// Whether what templates say of each other is true.
private struct Includes {
    private let templates: [String: Template]

    init(_ templates: [String: Template]) {
        self.templates = templates
    }

    func check(_ nodes: [Node]) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .line, .text, .variable: break
            case .section(_, _, let nodes): try check(nodes)
            case .block(let block): try check(block.nodes)
            case .include(let include): try check(include)
            }
        }
    }

    private func check(_ include: Include) throws(TemplateError) {
        let name = include.reference.name
        guard let template = templates[name] else {
            throw TemplateError(include.reference.place, "there is no template '\(name)'")
        }
        if include.arguments.isEmpty { return }
        var visited: Set = [name]
        let blocks = blocks(in: template.nodes, &visited)
        for block in include.arguments {
            if !blocks.contains(block.reference.name) {
                let known = blocks.isEmpty ? "it has none" : "it has \(blocks.sorted().joined(separator: ", "))"
                throw TemplateError(block.reference.place, "'\(name)' has no block '\(block.reference.name)': \(known)")
            }
            try check(block.nodes)
        }
    }

    /// The blocks that can be replaced from outside: the template's own and those of all that it includes.
    private func blocks(in nodes: [Node], _ visited: inout Set<String>) -> Set<String> {
        var blocks: Set<String> = []
        for node in nodes {
            switch node {
            case .line, .text, .variable: break
            case .section(_, _, let nodes): blocks.formUnion(self.blocks(in: nodes, &visited))
            case .block(let block): blocks.formUnion(self.blocks(of: block, &visited))
            case .include(let include):
                for block in include.arguments { blocks.formUnion(self.blocks(of: block, &visited)) }
                if visited.insert(include.reference.name).inserted, let template = templates[include.reference.name] {
                    blocks.formUnion(self.blocks(in: template.nodes, &visited))
                }
            }
        }
        return blocks
    }

    private func blocks(of block: Block, _ visited: inout Set<String>) -> Set<String> {
        blocks(in: block.nodes, &visited).union([block.reference.name])
    }
}
