import Foundation
import Testing

/// What cannot work ends before anything is served: one line on standard error that says why, and exit code 1.
@Suite(.timeLimit(.minutes(2)))
struct StartErrors {
    @Test func `a port in use`() async throws {
        let first = try await Program(.serve())
        try await expectRefusal(of: .serve().replacing("--port", with: String(first.port)), naming: String(first.port))
    }

    @Test func `a data folder that cannot be written`() async throws {
        let launch = try Program.Launch.serve()
        let file = launch.folder.url.appending(path: "file")
        try Data().write(to: file)
        // Root may write anywhere but below a file.
        try await expectRefusal(of: launch.replacing("--data", with: file.appending(path: "data").path), naming: "data")
    }

    @Test func `a data folder that another Scriptorium works on`() async throws {
        let first = try await Program(.serve())
        try await expectRefusal(of: first.launch, naming: "in use by another Scriptorium")
        #expect(try await first.client.get("/").status == 200)
    }

    @Test(arguments: ["nonsense", "{}", #"{"kind":"fire"}"#])
    func `a fault that the sandbox does not know`(fault: String) async throws {
        try await expectRefusal(of: .sandbox(token: Pair.token, ["--fault", fault]), naming: "a fault cannot be set")
    }

    @Test func `a database from a newer version`() async throws {
        let app = try await Program(.serve())
        #expect(try await app.terminate() == .exited(0))
        let files = try FileManager.default.contentsOfDirectory(at: app.data, includingPropertiesForKeys: nil)
        let database = try #require(files.first { (try? Data(contentsOf: $0))?.starts(with: "SQLite format 3\0".utf8) == true })
        // PRAGMA user_version: four big-endian bytes at 60 (SQLite file format §1.3.13).
        let handle = try FileHandle(forWritingTo: database)
        try handle.seek(toOffset: 60)
        try handle.write(contentsOf: [0, 0, 0x27, 0x0f])
        try handle.close()
        try await expectRefusal(of: app.launch, naming: "newer")
    }

    @Test func `a missing template`() async throws {
        let launch = try Program.Launch.serve().withOwnResources()
        // Whole, the copy serves; without any one of its templates it does not.
        let whole = try await Program(launch)
        #expect(try await whole.terminate() == .exited(0))
        let templates = launch.resources.appending(path: "Templates")
        let names = try FileManager.default.subpathsOfDirectory(atPath: templates.path).filter { $0.hasSuffix(".html") }.sorted()
        #expect(!names.isEmpty)
        for name in names {
            let file = templates.appending(path: name)
            let content = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: file)
            try await expectRefusal(of: launch, naming: file.deletingPathExtension().lastPathComponent)
            try content.write(to: file)
        }
    }

    @Test func `an address of the service that no token may go to, before there is a token`() async throws {
        try await expectRefusal(of: .serve(environment: ["TIKTOK_API_BASE": "http://api.example.com"]), naming: "TIKTOK_API_BASE")
    }

    @Test(arguments: [
        (["--trusted-proxy", "nginx"], "nginx"), (["--trusted-proxy", "10.0.0.0/33"], "10.0.0.0/33"),
        (["--proxy-user-header", "Remote-User"], "--trusted-proxy"),
        (["--trusted-proxy", "127.0.0.1", "--proxy-user-header", "Remote User"], "Remote User"),
    ]) func `a proxy that cannot be told apart`(options: [String], cause: String) async throws {
        try await expectRefusal(of: .serve(options), naming: cause)
    }

    private func expectRefusal(
        of launch: Program.Launch, naming cause: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let (end, errors, output) = try await launch.run()
        #expect(end == .exited(1), sourceLocation: sourceLocation)
        #expect(errors.split(separator: "\n").count == 1, "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.contains(cause), "\(errors)", sourceLocation: sourceLocation)
        #expect(!output.contains("is open at"), sourceLocation: sourceLocation)
    }
}

extension Program.Launch {
    fileprivate func replacing(_ option: String, with value: String) -> Self {
        var copy = self
        if let index = arguments.firstIndex(of: option) { copy.arguments[index + 1] = value }
        return copy
    }
}
