import Foundation
import Testing

/// The access token goes to the service and nowhere else.
@Suite(.timeLimit(.minutes(3)))
struct Secrecy {
    @Test(arguments: [Pair.token, "revoked-token-that-nobody-may-see-77"])
    func `no page, log, database or command line holds the token`(token: String) async throws {
        let pair = try await Pair(appToken: token)
        let app = pair.app
        let client = app.client
        let task = try await client.askForScripts()
        var paths = ["/", "/tasks", "/tasks/new", task, "/videos", "/videos/new", "/scripts", "/no-such-page"]
        if token == Pair.token {
            paths += try await client.wait(for: "succeeded", at: task).scripts
        } else {
            paths.append("/connection")
            _ = try await eventually("the refused call was made and is told") {
                try await client.get("/connection").text.contains(/4010[2-6]/) ? true : nil
            }
        }
        for path in paths {
            let answer = try await client.get(path)
            #expect(!answer.text.contains(token), "\(path)")
            #expect(!answer.headers.contains { $0.value.contains(token) }, "\(path)")
        }
        let command = try Data(contentsOf: URL(filePath: "/proc/\(app.process.id)/cmdline"))
        #expect(command.range(of: Data(token.utf8)) == nil)
        try expectSecret(token, in: app.data)
        #expect(try await app.terminate() == .exited(0))
        try expectSecret(token, in: app.data)
        #expect(!(app.process.output + app.process.errors).contains(token))
    }

    /// At most one file may know it, and that one is for nobody else to read.
    private func expectSecret(_ token: String, in folder: URL) throws {
        let manager = FileManager.default
        #expect(try manager.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int == 0o700)
        let names = try manager.subpathsOfDirectory(atPath: folder.path)
        let databases = names.filter { name in
            (try? Data(contentsOf: folder.appending(path: name)))?.starts(with: "SQLite format 3\0".utf8) == true
        }
        #expect(!databases.isEmpty)
        let knowing = names.filter { name in
            (try? Data(contentsOf: folder.appending(path: name)))?.range(of: Data(token.utf8)) != nil
        }
        #expect(knowing.count <= 1)
        for name in knowing {
            #expect(!databases.contains { name.hasPrefix($0) }, "\(name)")
            #expect(try manager.attributesOfItem(atPath: folder.appending(path: name).path)[.posixPermissions] as? Int == 0o600)
        }
    }
}
