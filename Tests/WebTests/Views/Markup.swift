/// A page as a list of tags: enough to ask what stands where. It trusts that the page is well formed, which `problems` checks.
struct Markup {
    struct Tag {
        let name: String
        let attributes: [String: String]
        /// The indices of the tags around it, outermost first.
        let path: [Int]
        let offset: Int
    }

    let text: String
    private(set) var tags: [Tag] = []
    /// Tags that do not close, or close what is not open.
    private(set) var problems: [String] = []

    private static let void: Set = ["!doctype", "meta", "link", "input", "option", "use", "br"]

    init(_ bytes: [UInt8]) {
        text = String(decoding: bytes, as: UTF8.self)
        var open: [Int] = []
        for match in text.matches(of: /<(\/?)([!a-zA-Z0-9]+)((?:\s+[a-zA-Z0-9-]+(?:="[^"]*")?)*)\s*(\/?)>/) {
            let name = String(match.2)
            if !match.1.isEmpty {
                if let last = open.last, tags[last].name == name {
                    open.removeLast()
                } else if name != "option" {
                    problems.append("</\(name)>")
                }
                continue
            }
            var attributes: [String: String] = [:]
            for attribute in match.3.matches(of: /([a-zA-Z0-9-]+)(?:="([^"]*)")?/) {
                if attributes.updateValue(String(attribute.2 ?? ""), forKey: String(attribute.1)) != nil {
                    problems.append("\(attribute.1) twice in <\(name)>")
                }
            }
            let offset = text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)
            tags.append(Tag(name: name, attributes: attributes, path: open, offset: offset))
            if match.4.isEmpty, !Self.void.contains(name) { open.append(tags.count - 1) }
        }
        problems += open.map { "<\(tags[$0].name)> is not closed" }
    }

    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name } }

    func find(id: String) -> Int? { tags.firstIndex { $0.attributes["id"] == id } }

    func inside(_ index: Int) -> [Tag] { tags.filter { $0.path.contains(index) } }

    var main: Tag? { all("main").first }

    /// Each attribute's values, without the empty ones.
    func values(_ attribute: String) -> [String] { tags.compactMap { $0.attributes[attribute] }.filter { !$0.isEmpty } }
}
