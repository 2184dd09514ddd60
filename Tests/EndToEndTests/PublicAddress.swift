import Foundation
import Testing

/// How the service reaches the app, and what else may not.
@Suite(.timeLimit(.minutes(2)))
struct PublicAddress {
    private static let origin = "https://media.example.com"

    @Test func `under the public name there is nothing but media`() async throws {
        let app = try await Program(.serve(["--pace", "1", "--public-url", Self.origin + "/"]))
        defer { app.process.kill() }
        try await app.client.upload([UploadedFile(name: "outside.mp4", content: TinyVideo.mp4)])
        let path = try await app.client.media(of: "outside.mp4")
        for host in ["media.example.com", "MEDIA.example.com:443"] {
            #expect(try await app.client.get(path, host: host).body == TinyVideo.mp4)
            for other in [
                "/", "/videos", "/videos/new", "/videos/1", "/videos/1/file", "/tasks/new", "/acknowledgements.csv", "/events", "/healthz",
                "/public/scriptorium.css", "/media/x/y", "/media/../videos",
            ] {
                let answer = try await app.client.get(other, host: host)
                #expect(answer.status == 404 && answer.text == "Not Found\n", "\(other)")
            }
            let post = try await Exchange(method: "POST", target: "/videos/new", headers: [("Host", host)], zeros: 200_000)
                .perform(port: app.port)
            #expect(post.status == 404)
        }
        #expect(try await app.client.get(path).status == 200)
    }

    @Test func `live, a file goes out under the public address, and without one there is no control for files`() async throws {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1"]))
        defer { sandbox.process.kill() }
        var launch = try Pair.app(base: sandbox.address)
        var app = try await Program(launch)
        let page = try await app.client.get("/videos/new").page
        #expect(page.root.first { $0["name"] == "video_file" } == nil)
        #expect(page.root.first { $0["name"] == "video_url" } != nil)
        #expect(page.main?.text.contains("--public-url") == true)
        let answer = try await app.client.submit(app.client.videoForm(), [UploadedFile(name: "early.mp4", content: TinyVideo.mp4)])
        #expect(answer.status == 422)
        #expect(try app.files(in: "media").isEmpty)
        app.process.kill()

        launch.environment["SCRIPTORIUM_PUBLIC_URL"] = Self.origin
        app = try await Program(launch)
        defer { app.process.kill() }
        // The stand-in for the service goes by the name of any address that is not its own app's.
        try await app.client.upload([UploadedFile(name: "on-time.mp4", content: TinyVideo.mp4)])
        #expect(try await app.client.get("/videos/new").page.root.first { $0["name"] == "video_file" } != nil)
    }

    @Test func `a file that waits when the public address is gone is kept and says what it waits for`() async throws {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1"]))
        var launch = try Pair.app(base: sandbox.address)
        launch.environment["SCRIPTORIUM_PUBLIC_URL"] = Self.origin
        var app = try await Program(launch)
        #expect(try await sandbox.terminate() == .exited(0))
        _ = try await app.client.submit(app.client.videoForm(), [UploadedFile(name: "stays.mp4", content: TinyVideo.mp4)]).destination
        #expect(try await app.terminate() == .exited(0))
        launch.environment["SCRIPTORIUM_PUBLIC_URL"] = nil
        let again = try await Program(.sandbox(token: Pair.token, port: sandbox.port, ["--pace", "1"]))
        defer { again.process.kill() }
        app = try await Program(launch)
        defer { app.process.kill() }
        // Addresses go out meanwhile.
        try await app.client.upload(["https://cdn.example.com/passes.mp4"])
        let row = try #require(try await app.client.get("/videos").page.rows.first { $0.mentions("stays.mp4") })
        #expect(row["data-state"] == "queued" && row.text.contains("--public-url"))
    }

    @Test(arguments: [
        "media.example.com", "ftp://media.example.com", "https://", "https:///media", "https://user@media.example.com",
        "https://a.example/path",
        "https://media.example.com?x", "https://media.example.com:0", "https://media.example.com:port", "https://med ia.example.com",
        "http://localhost:8080", "https://127.0.0.1", "https://[::1]:80", "https://app.example.com",
    ])
    func `an address that cannot be is said at the start`(address: String) async throws {
        let (end, errors, output) = try await Program.Launch.serve(["--public-url", address, "--allowed-host", "app.example.com"]).run()
        #expect(end == .exited(1) && !output.contains("is open at"))
        #expect(errors.split(separator: "\n").count == 1 && errors.contains("--public-url") && errors.contains("https://media.example.com"))
    }
}
