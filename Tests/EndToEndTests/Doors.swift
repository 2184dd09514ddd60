import Foundation
import Testing

/// What every answer carries, and who gets none.
@Suite(.program, .timeLimit(.minutes(2)))
struct Doors {
    private static let pages = ["/", "/tasks", "/tasks/new", "/videos", "/videos/new", "/scripts"]

    @Test(arguments: pages + ["/no-such-page", "/tasks/999999", "/scripts/999999", "/tasks/abc"])
    func `a page allows no code but the program's own`(path: String) async throws {
        let answer = try await Program.shared.client.get(path)
        #expect(answer.status == (Self.pages.contains(path) ? 200 : 404))
        let policy = try #require(answer["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'") || policy.contains("default-src 'self'"))
        for part in ["frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] { #expect(policy.contains(part)) }
        // Forms, and they alone, show pictures from anywhere.
        let mayShow = ["img-src", "media-src"].filter { _ in path.hasSuffix("/new") }
        for rule in policy.split(separator: ";").map({ $0.split(separator: " ") }) where !mayShow.contains(String(rule[0])) {
            for hole in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "blob:", "data:"] {
                #expect(!rule.contains(Substring(hole)), "\(rule)")
            }
        }
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["Referrer-Policy"] == "same-origin")
        #expect(answer["Permissions-Policy"]?.contains("camera=()") == true)
        // Nothing here is under TLS.
        #expect(answer["Strict-Transport-Security"] == nil)
        #expect(answer["Content-Type"]?.lowercased() == "text/html; charset=utf-8")
        for element in answer.page.root.all {
            #expect(element.name != "style" && element["style"] == nil)
            #expect(element.name != "script" || (element["src"] != nil && element.text.isEmpty))
            #expect(!element.attributes.contains { $0.name.hasPrefix("on") })
        }
        // A person has to find the way on from any page, and to know where they are.
        #expect(answer.page.main != nil)
        #expect(answer.page.title?.isEmpty == false)
        #expect(answer.page.root.text.localizedCaseInsensitiveContains("sandbox"))
    }

    @Test func `the files of a page are named by their content and kept for ever`() async throws {
        let client = try Program.shared.client
        let page = try await client.get("/").page
        let files = page.root.all.compactMap { element in
            switch element.name {
            case "script": element["src"]
            case "link" where ["stylesheet", "icon"].contains(element["rel"]): element["href"]
            case _: nil
            }
        }
        #expect(files.contains { $0.contains(".css") })
        #expect(files.contains { $0.contains(".js") })
        for file in files {
            let answer = try await client.get(file)
            #expect(answer.status == 200, "\(file)")
            #expect(answer["Cache-Control"]?.contains("immutable") == true, "\(file)")
            #expect(answer["X-Content-Type-Options"] == "nosniff", "\(file)")
            try await expectSameHead(as: answer, at: file)
        }
    }

    @Test(arguments: pages) func `HEAD answers as GET does, without the page`(path: String) async throws {
        try await expectSameHead(as: Program.shared.client.get(path), at: path)
    }

    @Test func `only names of this machine are served`() async throws {
        let program = try Program.shared
        for host in ["localhost", "127.0.0.1:\(program.port)", "[::1]:\(program.port)", "LOCALHOST:\(program.port)"] {
            #expect(try await program.client.get("/", host: host).status == 200, "\(host)")
        }
        for host in ["evil.example", "evil.example:\(program.port)", "127.0.0.1.evil.example", "localhost.evil.example"] {
            let answer = try await program.client.get("/", host: host)
            #expect((400..<500).contains(answer.status), "\(host)")
            #expect(answer.page.root.first { $0.name == "form" } == nil)
        }
    }

    @Test func `a further name is known when it was allowed, and asks for more than this computer does`() async throws {
        let program = try await Program(.serve(["--allowed-host", "scripts.example"]))
        #expect(try await program.client.get("/", host: "scripts.example").status == 403)
        #expect(try await program.client.get("/", host: "other.example").status == 421)
        #expect(try await program.client.get("/").status == 200)
    }

    private func expectSameHead(as get: Answer, at path: String) async throws {
        let head = try await Program.shared.client.get(path, method: "HEAD")
        #expect(head.status == get.status, "\(path)")
        #expect(head.body.isEmpty, "\(path)")
        #expect(head["Content-Type"] == get["Content-Type"], "\(path)")
        #expect(head["Content-Length"] == String(get.body.count), "\(path)")
    }
}
