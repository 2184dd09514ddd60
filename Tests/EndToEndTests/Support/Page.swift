/// An HTML page as a tree. It reads what our own templates write, and forgives no more than that needs.
struct Page: Sendable {
    let root: Element

    init(_ html: String) {
        var builder = TreeBuilder(html)
        root = builder.tree()
    }

    var main: Element? { root.first { $0.name == "main" } }
    /// Of a task or a video.
    var state: String? { main?["data-state"] }
    var title: String? { root.first { $0.name == "title" }?.text }

    func element(id: String) -> Element? {
        root.first { $0["id"] == id }
    }

    /// The paths of the task's scripts, each once, in order.
    var scripts: [String] {
        let links = element(id: "scripts")?.all { $0.name == "a" }.compactMap { $0["href"] } ?? []
        return links.reduce(into: []) { paths, link in
            if link.hasPrefix("/scripts/") && !paths.contains(link) { paths.append(link) }
        }
    }

    /// Whether a browser without JavaScript would load this page again by itself.
    var refreshes: Bool {
        root.first { $0.name == "meta" && $0["http-equiv"]?.lowercased() == "refresh" } != nil
    }
}

struct Element: Sendable {
    enum Node: Sendable {
        case element(Element)
        case text(String)
    }

    let name: String
    /// In lower case; a value-less attribute has the empty value.
    let attributes: [(name: String, value: String)]
    var children: [Node] = []

    subscript(_ attribute: String) -> String? {
        attributes.first { $0.name == attribute }?.value
    }

    /// All text inside, as it stands.
    var text: String {
        children.map { child in
            switch child {
            case .element(let element): element.text
            case .text(let text): text
            }
        }.joined()
    }

    /// This element and all inside, in document order.
    var all: [Element] {
        [self]
            + children.flatMap { child in
                switch child {
                case .element(let element): element.all
                case .text: [Element]()
                }
            }
    }

    func all(_ matches: (Element) -> Bool) -> [Element] {
        all.filter(matches)
    }

    func first(_ matches: (Element) -> Bool) -> Element? {
        all.first(where: matches)
    }
}
