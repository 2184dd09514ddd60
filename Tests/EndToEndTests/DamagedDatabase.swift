import Foundation
import Testing

/// A database file that is not whole is found, named on every page, and not written to any more.
@Suite(.timeLimit(.minutes(2)))
struct DamagedDatabase {
    @Test(arguments: [false, true])
    func `damage is named on every page, and nothing is written any more`(wasClean: Bool) async throws {
        let pair = try await Pair(pace: 1)
        let task = try await pair.app.client.askForScripts()
        try await pair.app.client.wait(for: "succeeded", at: task)
        #expect(try await pair.app.terminate() == .exited(0))
        try damage(pair.app)
        // After an unclean stop it is found before anything is served, else soon after.
        let mark = pair.app.data.appending(path: "running")
        if !wasClean { try Data().write(to: mark) }

        let app = try await Program(pair.app.launch)
        if wasClean {
            _ = try await eventually("the damage is found") {
                try await app.client.get("/").text.contains("The database is damaged.") ? true : nil
            }
        }
        let before = try contents(app)
        for path in ["/", "/tasks", "/tasks/new", task, "/scripts", "/videos", "/connection", "/nowhere"] {
            let page = try await app.client.get(path).page
            #expect(page.element(id: "attention")?.mentions("The database is damaged.") == true, "\(path)")
            #expect(page.element(id: "attention")?.mentions("scriptorium restore FILE") == true, "\(path)")
        }
        let refused = try await app.client.submit(app.client.productBrief())
        #expect(refused.status == 503)
        #expect(try refused.page.form(action: "/tasks/new", at: "/tasks/new").values("product_info.name") == ["Trail Lamp 300"])
        _ = try await eventually("it says that it is not well") { try await app.client.get("/healthz").status == 503 ? true : nil }
        #expect(try await app.terminate() == .exited(0))
        if !wasClean { #expect(try contents(app) == before) }
        #expect(try await pair.stats.creates == 1)
    }

    @Test func `a file that is no database is refused at the start, with what to do`() async throws {
        let app = try await Program(.serve())
        #expect(try await app.terminate() == .exited(0))
        try Data(repeating: 0x2A, count: 40_000).write(to: URL(filePath: app.database))
        for mark in [false, true] {
            if mark { try Data().write(to: app.data.appending(path: "running")) }
            let (end, errors, _) = try await app.launch.run()
            #expect(end == .exited(1))
            #expect(errors.contains("scriptorium restore FILE"))
        }
    }

    private func contents(_ app: Program) throws -> Data {
        try Data(contentsOf: URL(filePath: app.database))
    }

    /// Writes over a page that no page of the app reads.
    private func damage(_ app: Program) throws {
        let (size, root): (Int, Int)
        do {
            let file = try DatabaseFile(app.database)
            let name = "acknowledgement"
            guard let page = try file.column("SELECT rootpage FROM sqlite_master WHERE name = '\(name)'").first.flatMap({ Int($0) }),
                let bytes = try file.column("PRAGMA page_size").first.flatMap({ Int($0) })
            else { throw Failure("no table \(name)") }
            (size, root) = (bytes, page)
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: app.database))
        try handle.seek(toOffset: UInt64((root - 1) * size))
        try handle.write(contentsOf: Data(repeating: 0x5A, count: size))
        try handle.close()
    }
}
