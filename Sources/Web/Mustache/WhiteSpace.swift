extension [UInt8] {
    /// Elements that always stand on lines of their own, so that a line end beside them shows nothing (CSS 2.2 §9.2.2.1). Not the ones
    /// that a style sheet sets in a row, such as list items.
    private static let blocks: Set<String> = [
        "!doctype", "aside", "body", "datalist", "details", "div", "dl", "fieldset", "footer", "h1", "h2", "h3", "head", "header",
        "legend", "link", "main", "meta", "nav", "ol", "script", "section", "summary", "title", "ul",
    ]

    /// A template's text, which goes no further than the end of its line, without that where it comes after the tag of a block.
    var withoutIdleLineEnd: [UInt8] {
        guard last == UInt8(ascii: "\n"), let start = lastIndex(of: UInt8(ascii: "<")),
            self[start...].firstIndex(of: UInt8(ascii: ">")) == count - 2
        else { return self }
        let name = self[(start + 1)...].drop { $0 == UInt8(ascii: "/") }.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
        return Self.blocks.contains(String(decoding: name, as: UTF8.self)) ? Array(dropLast()) : self
    }
}
