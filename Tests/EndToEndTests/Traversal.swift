import Foundation
import Testing

/// No address leads out of the folder of files.
@Suite(.program, .timeLimit(.minutes(2)))
struct Traversal {
    private static let climbs = [
        "..", "%2e%2e", "%2E%2E", ".%2e", "..%2f..", "..%5c..", "..\\..", "%252e%252e", "....", "..;", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
        "%u002e%u002e", ".\u{2025}", "..%00", "%00..", "...//..", "/..", "./..", "~", "..%c0%af..", "..%ef%bc%8f..",
    ]

    @Test(arguments: climbs) func `a path that climbs is not found`(climb: String) async throws {
        let program = try Program.shared
        for depth in 1...6 {
            let way = Array(repeating: climb, count: depth).joined(separator: "/")
            for target in ["/public/\(way)/Package.swift", "/public/\(way)/etc/passwd", "/public/scriptorium.css/\(way)/Package.swift"] {
                let answer = try await program.client.get(target)
                #expect((400..<500).contains(answer.status), "\(target)")
                #expect(!answer.text.contains("PackageDescription") && !answer.text.contains("root:"), "\(target)")
            }
        }
    }

    @Test(arguments: [
        "/public", "/public/", "/public/.", "/public/scriptorium.css%00.png", "/public/scriptorium.css/", "/public//scriptorium.css",
        "/public/%73criptorium.css%2f", "/public/SCRIPTORIUM.CSS", "/public/../Package.swift", "/Package.swift", "/public/etc/passwd",
    ])
    func `only the name itself is found`(target: String) async throws {
        #expect((400..<500).contains(try await Program.shared.client.get(target).status))
    }

    @Test func `a part of a file is sent to whoever asks for it`() async throws {
        let client = try Program.shared.client
        let whole = try await client.get("/public/scriptorium.css")
        #expect(whole["Accept-Ranges"] == "bytes")
        let modified = try #require(whole["Last-Modified"])
        func ask(_ headers: (String, String)...) async throws -> Answer {
            try await Exchange(method: "GET", target: "/public/scriptorium.css", headers: [("Host", client.host)] + headers)
                .perform(port: client.port)
        }
        let part = try await ask(("Range", "bytes=10-19"))
        #expect(part.status == 206 && part.body == Array(whole.body[10...19]))
        #expect(part["Content-Range"] == "bytes 10-19/\(whole.body.count)")
        #expect(try await ask(("Range", "bytes=99999999-")).status == 416)
        #expect(try await ask(("If-Modified-Since", modified)).status == 304)
    }
}
