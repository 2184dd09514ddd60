import Foundation
import Testing

/// `--reload-templates`, for whoever works on the pages.
@Suite(.timeLimit(.minutes(2)))
struct Reloading {
    @Test func `a changed template is on the next page, and a broken one leaves the last good one in place`() async throws {
        let launch = try Program.Launch.serve(["--reload-templates"]).withOwnResources()
        let program = try await Program(launch)
        defer { program.process.kill() }
        let file = launch.resources.appending(path: "Templates/home.html")
        let before = try String(contentsOf: file, encoding: .utf8)
        #expect(try await program.client.get("/").page.main?.text.contains("Hello") == false)

        try before.replacing("<h1>", with: "<h1>Hello ").write(to: file, atomically: true, encoding: .utf8)
        #expect(try await program.client.get("/").page.main?.text.contains("Hello") == true)

        try before.replacing("<h1>", with: "<h1>{{no_such_name}}").write(to: file, atomically: true, encoding: .utf8)
        let page = try await program.client.get("/")
        #expect(page.status == 200)
        #expect(page.page.main?.text.contains("Hello") == true)
        #expect(program.process.errors.contains("no_such_name"))
    }

    @Test func `without the option, templates are as they were at the start`() async throws {
        let launch = try Program.Launch.serve().withOwnResources()
        let program = try await Program(launch)
        defer { program.process.kill() }
        let file = launch.resources.appending(path: "Templates/home.html")
        try String(contentsOf: file, encoding: .utf8).replacing("<h1>", with: "<h1>Hello ")
            .write(to: file, atomically: true, encoding: .utf8)
        #expect(try await program.client.get("/").page.main?.text.contains("Hello") == false)
    }
}
