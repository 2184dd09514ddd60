import Foundation
import Testing

/// What is too much: for the memory, for the limit, for the disk.
@Suite(.timeLimit(.minutes(3)))
struct VideoLimits {
    private static let megabyte = 1_048_576

    @Test func `300 MB go to the disk and not through the memory`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        defer { app.process.kill() }
        // What every upload needs once is there before it is measured.
        try await app.client.upload([UploadedFile(name: "first.mp4", content: TinyVideo.mp4)])
        let before = try app.anonymousMemory
        let peak = Task {
            var peak = 0
            while !Task.isCancelled {
                peak = max(peak, try app.anonymousMemory)
                try? await Task.sleep(for: .milliseconds(10))
            }
            return peak
        }
        // An mdat of 300 MB behind a movie that is whole.
        let zeros = 300 * Self.megabyte
        let content = TinyVideo.mp4 + TinyVideo.be(zeros + 8, 4) + Array("mdat".utf8)
        try await app.client.upload([UploadedFile(name: "large.mp4", content: content, zeros: zeros)])
        peak.cancel()
        let rise = try await peak.value - before
        #expect(rise < 5 * Self.megabyte, "rose by \(rise / 1024) kB")
        let head = try await app.client.get(app.client.media(of: "large.mp4"), method: "HEAD")
        #expect(head["Content-Length"] == "\(content.count + zeros)")
        let row = try #require(try await app.client.get("/videos").page.rows.first { $0.mentions("large.mp4") })
        #expect(row.text.contains("300 MB") && row.text.contains("more than 10 MB"))
        #expect(try app.files(in: "spool").isEmpty)
    }

    @Test func `more than 512 MB is refused before it comes`() async throws {
        let app = try await Program(.serve())
        defer { app.process.kill() }
        let form = try await app.client.videoForm()
        let answer = try await app.client.submit(
            form, [UploadedFile(name: "huge.mp4", content: TinyVideo.mp4, zeros: 600 * Self.megabyte)])
        #expect(answer.status == 413 && answer.text.contains("512 MB"))
        #expect(try app.files(in: "spool").isEmpty && app.files(in: "media").isEmpty)
        // Any other form of that size is none.
        let other = try await Exchange(
            method: "POST", target: "/tasks/new",
            headers: [("Host", app.client.host), ("Content-Type", "application/x-www-form-urlencoded")],
            zeros: 2 * Self.megabyte
        ).perform(port: app.port)
        #expect(other.status == 413)
        // Nor is one from somebody else's page read at all.
        let foreign = try await Exchange(
            method: "POST", target: "/videos/new", headers: [("Host", app.client.host), ("Origin", "https://evil.example.com")],
            zeros: 2 * Self.megabyte
        ).perform(port: app.port)
        #expect(foreign.status == 403)
    }

    @Test func `a disk that is full in the middle costs the upload and nothing else`() async throws {
        let app = try await Program(.serve(["--pace", "1"]))
        defer { app.process.kill() }
        try app.limitFiles(to: 8 * Self.megabyte)
        let form = try await app.client.videoForm()
        let answer = try await app.client.submit(
            form, [UploadedFile(name: "middle.mp4", content: TinyVideo.mp4, zeros: 20 * Self.megabyte)])
        #expect(answer.status == 507 && answer.text.contains("disk"))
        #expect(try app.files(in: "spool").isEmpty && app.files(in: "media").isEmpty)
        #expect(try await app.client.get("/videos").page.rows.isEmpty)
        // The same form, once there is room.
        try app.limitFiles(to: nil)
        #expect(try await app.client.submit(form, [UploadedFile(name: "middle.mp4", content: TinyVideo.mp4)]).status == 303)
        _ = try await eventually("it is ready") { try await app.client.states(of: "middle.mp4") == ["ready"] ? true : nil }
    }

    @Test func `what an upload that broke off has left is removed at the next start`() async throws {
        var app = try await Program(.serve(["--pace", "1"]))
        defer { app.process.kill() }
        try await app.client.upload([UploadedFile(name: "kept.mp4", content: TinyVideo.mp4)])
        let path = try await app.client.media(of: "kept.mp4")
        app.process.kill()
        for name in ["media/incoming-00000000000000000000000000", "media/zzzzzzzzzzzzzzzzzzzzzzzzzz", "spool/body-1-1"] {
            try Data("left".utf8).write(to: app.data.appending(path: name))
        }
        app = try await app.restarted()
        #expect(try app.files(in: "media") == [String(path.split(separator: "/")[1])])
        #expect(try app.files(in: "spool").isEmpty)
        #expect(try await app.client.get(path).body == TinyVideo.mp4)
    }
}

extension Program {
    /// Memory of its own, in bytes: what is not a page of some file (proc_pid_status(5), RssAnon).
    fileprivate var anonymousMemory: Int {
        get throws {
            let status = try String(contentsOf: URL(filePath: "/proc/\(process.id)/status"), encoding: .utf8)
            guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") }),
                let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
            else { throw Failure("no RssAnon") }
            return kilobytes * 1_024
        }
    }

    /// As a disk would be that has room for no more than this in one file; nil for as much as there is.
    fileprivate func limitFiles(to size: Int?) throws {
        let limit = Process()
        limit.executableURL = URL(filePath: "/usr/bin/prlimit")
        limit.arguments = ["--pid", "\(process.id)", "--fsize=\(size.map(String.init) ?? ""):unlimited"]
        if size == nil { limit.arguments = ["--pid", "\(process.id)", "--fsize=unlimited:unlimited"] }
        try limit.run()
        limit.waitUntilExit()
        guard limit.terminationStatus == 0 else { throw Failure("prlimit: \(limit.terminationStatus)") }
    }
}
