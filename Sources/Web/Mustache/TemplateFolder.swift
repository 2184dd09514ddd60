import FoundationEssentials
import Glibc

/// Where the templates are kept.
struct TemplateFolder {
    static let ending = ".html"

    let path: String

    /// Each template's bytes, by its name.
    func sources() throws(TemplateError) -> [String: [UInt8]] {
        var sources: [String: [UInt8]] = [:]
        for file in try files() {
            let path = "\(path)/\(file)"
            guard let data = FileManager.default.contents(atPath: path) else { throw TemplateError(file: path, "cannot be read") }
            let bytes = [UInt8](data)
            guard String(validating: bytes, as: UTF8.self) != nil else { throw TemplateError(file: path, "is not UTF-8") }
            sources[String(file.dropLast(Self.ending.count))] = Self.withoutIndentation(bytes)
        }
        return sources
    }

    /// Indentation is for who reads the template: it means nothing to a browser, and is an eighth of a page.
    private static func withoutIndentation(_ bytes: [UInt8]) -> [UInt8] {
        var beginsLine = true
        return bytes.filter { byte in
            if beginsLine, byte == UInt8(ascii: " ") { return false }
            beginsLine = byte == UInt8(ascii: "\n")
            return true
        }
    }

    /// The paths of all templates, relative to the folder, in order. Hidden files are an editor's.
    private func files() throws(TemplateError) -> [String] {
        do {
            // The slash makes it follow a link.
            return try FileManager.default.subpathsOfDirectory(atPath: path + "/")
                .filter { $0.hasSuffix(Self.ending) && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
                .sorted()
        } catch {
            throw TemplateError(file: path, "the folder of templates cannot be read")
        }
    }

    /// Sizes and times of all templates: equal as long as no file changes.
    func fingerprint() throws(TemplateError) -> TemplateLibrary.Fingerprint {
        TemplateLibrary.Fingerprint(
            files: try files().map { file in
                var status = stat()
                // A file that went away meanwhile counts as an empty one: the next look finds it missing.
                _ = stat("\(path)/\(file)", &status)
                return .init(
                    path: file, size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
            })
    }
}

extension TemplateLibrary {
    /// Tells whether templates changed since it was last taken, at the price of one `stat` a file.
    package struct Fingerprint: Sendable, Hashable {
        struct File: Sendable, Hashable {
            let path: String
            let size: Int
            let seconds: Int
            let nanoseconds: Int
        }

        let files: [File]
    }

    /// For `--reload-templates`: a library made after this was taken is as new as it says, or newer.
    package static func fingerprint(folder: String) throws(TemplateError) -> Fingerprint {
        try TemplateFolder(path: folder).fingerprint()
    }
}
