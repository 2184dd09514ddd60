import FoundationEssentials
import Testing

@testable import Web

@Suite struct `What is served of a source` {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/scriptorium-style-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder + "/styles", withIntermediateDirectories: true)
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }

    private func served(_ name: String) throws -> String {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return String(decoding: try ServedText.bytes(of: name, in: folder), as: UTF8.self)
    }

    @Test func `is a style sheet with what it imports in its place, without comments and indentation`() throws {
        try write("all.css", "/* All. */\n@import \"styles/a.css\";\n@import \"styles/b.css\";\np { color: red; }\n")
        try write("styles/a.css", "/* A\n   comment. */\na {\n  color: blue;\n}\n")
        try write("styles/b.css", "/* Why. */\nb { content: \"x\"; }\n")
        #expect(try served("all.css") == "a {\ncolor: blue;\n}\nb { content: \"x\"; }\np { color: red; }")
    }

    @Test func `is a script without comments and indentation`() throws {
        try write("a.js", "// All.\n\n/** Says\n * so. */\nfunction a() {\n  // Why.\n  return 'https://a.example'; // Kept.\n}\n")
        #expect(try served("a.js") == "function a() {\nreturn 'https://a.example'; // Kept.\n}")
    }

    @Test func `is everything else as it is`() throws {
        try write("a.svg", "<!-- A. -->\n  <svg/>\n\n")
        #expect(try served("a.svg") == "<!-- A. -->\n  <svg/>\n\n")
    }

    @Test func `stops the start where a style sheet names a part that is not there`() throws {
        try write("all.css", "@import \"styles/none.css\";\n")
        #expect(throws: SiteError.self) { try served("all.css") }
    }

    @Test func `stops the start where a style sheet imports itself`() throws {
        try write("all.css", "@import \"styles/a.css\";\n")
        try write("styles/a.css", "@import \"../all.css\";\n")
        #expect(throws: SiteError.self) { try served("all.css") }
    }

    @Test func `leaves no component out`() throws {
        let parts = try FileManager.default.contentsOfDirectory(atPath: Bound.root + "/Public/styles").filter { $0.hasSuffix(".css") }
        let sheets = ["scriptorium.css", "library.css", "papers.css", "office.css"].compactMap {
            FileManager.default.contents(atPath: Bound.root + "/Public/" + $0)
        }
        let imports = sheets.map { String(decoding: $0, as: UTF8.self) }.joined()
        for part in parts { #expect(imports.contains("@import \"styles/\(part)\";"), "\(part)") }
    }
}
