import FoundationEssentials

/// Files of `Public` as they are served: style sheets and scripts whole, and without what only a reader of the source needs, comments and
/// indentation; everything else as it is.
enum ServedText {
    /// - Parameter name: below `folder`.
    static func bytes(of name: String, in folder: String) throws(SiteError) -> [UInt8] {
        if name.hasSuffix(".css") { return compact(try styleSheet(name, in: folder, above: []), line: nil) }
        let bytes = try contents(of: name, in: folder)
        return name.hasSuffix(".js") ? compact(bytes, line: "//") : bytes
    }

    /// Each `@import "FILE";` that stands on a line of its own is replaced by what that file holds, so that a page needs one request for
    /// all components.
    private static func styleSheet(_ name: String, in folder: String, above: [String]) throws(SiteError) -> [UInt8] {
        if above.count > 4 { throw SiteError("the style sheet \(above[0]) imports too deep: \(name)") }
        let directory = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
        let (begin, end) = ("@import \"".utf8, "\";".utf8)
        var sheet: [UInt8] = []
        for line in try contents(of: name, in: folder).split(separator: newline) {
            if line.starts(with: begin), line.ends(with: end) {
                let part = directory + String(decoding: line.dropFirst(begin.count).dropLast(end.count), as: UTF8.self)
                sheet += try styleSheet(part, in: folder, above: above + [name])
            } else {
                sheet += line
            }
            sheet.append(newline)
        }
        return sheet
    }

    private static func contents(of name: String, in folder: String) throws(SiteError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
            throw SiteError("the file \(folder)/\(name) cannot be read")
        }
        return Array(data)
    }

    /// Comments here begin a line, and no text runs over several.
    /// - Parameter line: how a comment begins that ends with its line; nil for none.
    private static func compact(_ text: [UInt8], line mark: String?) -> [UInt8] {
        var compact: [UInt8] = []
        compact.reserveCapacity(text.count)
        var isComment = false
        for line in text.split(separator: newline) {
            let line = line.drop { $0 == UInt8(ascii: " ") }
            if line.starts(with: "/*".utf8) { isComment = true }
            defer { if isComment, line.ends(with: "*/".utf8) { isComment = false } }
            if isComment || line.isEmpty || mark.map({ line.starts(with: $0.utf8) }) == true { continue }
            if !compact.isEmpty { compact.append(newline) }
            compact += line
        }
        return compact
    }

    private static let newline = UInt8(ascii: "\n")
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with end: String.UTF8View) -> Bool {
        suffix(end.count).elementsEqual(end)
    }
}
