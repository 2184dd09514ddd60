import FoundationEssentials

/// Style sheets and scripts as they are served: whole, and without what only a reader of the source needs, comments and indentation.
enum ServedText {
    /// - Parameter name: below `folder`.
    /// - Returns: nil for a file that is served as it is.
    static func bytes(of name: String, in folder: String) throws(SiteError) -> [UInt8]? {
        if name.hasSuffix(".css") { return Array(compact(try styleSheet(name, in: folder, above: []), line: nil).utf8) }
        if name.hasSuffix(".js") { return Array(compact(try text(of: name, in: folder), line: "//").utf8) }
        return nil
    }

    /// Each `@import "FILE";` that stands on a line of its own is replaced by what that file holds, so that a page needs one request for
    /// all components.
    private static func styleSheet(_ name: String, in folder: String, above: [String]) throws(SiteError) -> String {
        if above.count > 4 { throw SiteError("the style sheet \(above[0]) imports too deep: \(name)") }
        let directory = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
        var lines: [String] = []
        for line in try text(of: name, in: folder).split(separator: "\n") {
            if line.hasPrefix("@import \""), line.hasSuffix("\";") {
                let part = directory + line.dropFirst("@import \"".count).dropLast("\";".count)
                lines.append(try styleSheet(part, in: folder, above: above + [name]))
            } else {
                lines.append(String(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func text(of name: String, in folder: String) throws(SiteError) -> String {
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
            throw SiteError("the file \(folder)/\(name) cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Comments here begin a line, and no text runs over several.
    /// - Parameter line: how a comment begins that ends with its line; nil for none.
    private static func compact(_ text: String, line mark: String?) -> String {
        var isComment = false
        return text.split(separator: "\n").compactMap { line -> Substring? in
            let line = line.drop { $0 == " " }
            if line.hasPrefix("/*") { isComment = true }
            defer { if isComment, line.hasSuffix("*/") { isComment = false } }
            return isComment || line.isEmpty || mark.map(line.hasPrefix) == true ? nil : line
        }
        .joined(separator: "\n")
    }
}
