import Foundation
import Testing

/// A backup can be made while the app works, and stands alone.
@Suite(.timeLimit(.minutes(3)))
struct Backups {
    @Test func `a backup that was taken under load holds all that was accepted before it, and restores without doubling anything`()
        async throws
    {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1"]))
        var launch = try Pair.app(base: sandbox.address)
        launch.arguments += ["--creates-per-minute", "4"]
        let app = try await Program(launch)
        var accepted = [try await app.client.askForScripts()]
        let load = Task {
            var paths: [String] = []
            while !Task.isCancelled { paths.append(try await app.client.askForScripts()) }
            return paths
        }
        try await Task.sleep(for: .milliseconds(500))
        accepted.append(try await app.client.askForScripts())
        let file = launch.folder.url.appending(path: "backup.sqlite").path
        let (end, errors, output) = try await command("backup", file, launch)
        load.cancel()
        let later = try await load.value
        #expect(end == .exited(0) && errors == "")
        #expect(output.contains(file))
        #expect(try DatabaseFile(file).column("PRAGMA integrity_check") == ["ok"])
        let (again, refusal, _) = try await command("backup", file, launch)
        #expect(again == .exited(1) && refusal.contains("there is a file of that name already"))

        // A live one is not overwritten.
        let (live, inUse, _) = try await command("restore", file, launch)
        #expect(live == .exited(1) && inUse.contains("is in use by another Scriptorium"))
        try await app.client.wait(for: "succeeded", at: accepted[0])
        #expect(try await app.client.get(try #require(later.last)).status == 200)
        #expect(try await app.terminate() == .exited(0))
        let sent = try await creates(sandbox)

        let (restored, _, said) = try await command("restore", file, launch)
        #expect(restored == .exited(0))
        #expect(said.contains(".before-"))
        let second = try await Program(launch)
        for path in accepted { #expect(try await second.client.get(path).status == 200) }
        // What the backup holds unsent may have been sent since.
        #expect(try await second.client.get(accepted[1]).page.state == "unconfirmed")
        try await second.client.wait(for: "succeeded", at: accepted[0])
        #expect(try await creates(sandbox) == sent)
        let fresh = try await second.client.askForScripts()
        try await second.client.wait(for: "succeeded", at: fresh, within: .seconds(90))
        #expect(try await creates(sandbox) == sent + 1)
    }

    @Test func `a file that is no backup is refused, and the database stays`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        let task = try await app.client.askForScripts()
        #expect(try await app.terminate() == .exited(0))
        let file = app.launch.folder.url.appending(path: "nonsense")
        try Data("This is no database, but long enough to be looked at as one.".utf8).write(to: file)
        let (end, errors, _) = try await command("restore", file.path, app.launch)
        #expect(end == .exited(1) && errors.contains("cannot be restored"))
        let again = try await Program(app.launch)
        #expect(try await again.client.get(task).status == 200)
    }

    private func command(_ name: String, _ file: String, _ launch: Program.Launch) async throws -> (ChildProcess.End, String, String) {
        let data = launch.folder.url.appending(path: "data").path
        let command = Program.Launch(arguments: [name, file, "--data", data], folder: try ScratchFolder())
        let (end, errors, output) = try await command.run()
        return (end, errors, output)
    }

    private func creates(_ sandbox: Program) async throws -> Int {
        try await sandbox.client.get("/control/creates").text.matches(of: /"script_source"/).count
    }
}
