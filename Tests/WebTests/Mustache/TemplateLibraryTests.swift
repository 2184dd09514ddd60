import FoundationEssentials
import Glibc
import Testing

@testable import Web

@Suite struct `A folder of templates` {
    @Test func `templates are named by their path`() throws {
        try withFolder(["layout.html": "<{{$main}}{{/main}}>\n", "tasks/show.html": "{{<layout}}{{$main}}é{{/main}}{{/layout}}\n"]) {
            folder in
            let page = try TemplateLibrary(folder: folder).page("tasks/show", for: Blank.self)
            #expect(page.render(Blank()) == Array("<é>\n".utf8))
            #expect(page.render(Blank()) == Array("<é>\n".utf8))
        }
    }

    @Test func `other files are left alone`() throws {
        try withFolder(["a.html": "a", "b.txt": "{{", ".#a.html": "{{", ".old/a.html": "{{"]) { folder in
            #expect(throws: Never.self) { try TemplateLibrary(folder: folder) }
        }
    }

    @Test func `the folder may be a link`() throws {
        try withFolder(["a.html": "a"]) { folder in
            let link = folder + "-link"
            #expect(symlink(folder, link) == 0)
            defer { unlink(link) }
            let page = try TemplateLibrary(folder: link).page("a", for: Blank.self)
            #expect(page.render(Blank()) == Array("a".utf8))
        }
    }

    @Test func `pages come without the indentation of their templates`() throws {
        try withFolder(["a.html": "<ul>\n  <li>\n    a  b\n  </li>\n</ul>\n", "b.html": "<i>\n  {{>a}}"]) { folder in
            let library = try TemplateLibrary(folder: folder)
            let page = "<ul>\n<li>\na  b\n</li>\n</ul>\n"
            #expect(try library.page("a", for: Blank.self).render(Blank()) == Array(page.utf8))
            #expect(try library.page("b", for: Blank.self).render(Blank()) == Array("<i>\n\(page)".utf8))
        }
    }

    @Test func `an error names the file as it is found`() throws {
        try withFolder(["tasks/show.html": "\n{{>nope}}"]) { folder in
            #expect(throws: TemplateError(file: "\(folder)/tasks/show.html", line: 2, "there is no template 'nope'")) {
                try TemplateLibrary(folder: folder)
            }
        }
    }

    @Test func `a page without a template is an error`() throws {
        try withFolder([:]) { folder in
            let library = try TemplateLibrary(folder: folder)
            #expect(throws: TemplateError(file: "\(folder)/home.html", "there is no such template")) {
                try library.page("home", for: Blank.self)
            }
        }
    }

    @Test func `a folder that does not exist is an error in one line`() {
        let error = #expect(throws: TemplateError.self) { try TemplateLibrary(folder: "/nowhere/templates") }
        #expect(error?.description == "/nowhere/templates: the folder of templates cannot be read")
    }

    @Test func `a file that is not UTF-8 is an error`() throws {
        try withFolder([:]) { folder in
            try Data([0x61, 0xFF]).write(to: URL(filePath: "\(folder)/a.html"))
            let error = #expect(throws: TemplateError.self) { try TemplateLibrary(folder: folder) }
            #expect(error?.description == "\(folder)/a.html: is not UTF-8")
        }
    }

    @Test func `the fingerprint changes with a file's content, time, name and number`() throws {
        try withFolder(["a.html": "a", "tasks/b.html": "b"]) { folder in
            var seen = [try TemplateLibrary.fingerprint(folder: folder)]
            #expect(try TemplateLibrary.fingerprint(folder: folder) == seen[0])

            try Data("longer".utf8).write(to: URL(filePath: "\(folder)/tasks/b.html"))
            seen.append(try TemplateLibrary.fingerprint(folder: folder))
            let yesterday = [timespec(tv_sec: 1000, tv_nsec: 5), timespec(tv_sec: 1000, tv_nsec: 5)]
            #expect(utimensat(AT_FDCWD, "\(folder)/a.html", yesterday, 0) == 0)
            seen.append(try TemplateLibrary.fingerprint(folder: folder))
            #expect(rename("\(folder)/a.html", "\(folder)/c.html") == 0)
            seen.append(try TemplateLibrary.fingerprint(folder: folder))
            #expect(unlink("\(folder)/c.html") == 0)
            seen.append(try TemplateLibrary.fingerprint(folder: folder))

            #expect(Set(seen).count == 5)
        }
    }

    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(folder.path)
    }
}
