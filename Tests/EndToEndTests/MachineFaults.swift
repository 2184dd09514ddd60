import CSQLite
import Foundation
import Glibc
import Testing

/// The machine may fail: the person is told, what was accepted before stays, and it goes on once the cause is gone.
@Suite(.timeLimit(.minutes(4)))
struct MachineFaults {
    @Test(.enabled(if: Namespace.isAvailable, "needs a mount namespace"))
    func `a full disk is said with 507, and it goes on when there is room`() async throws {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "7"]))
        var launch = try Pair.app(base: sandbox.address)
        let data = launch.folder.url.appending(path: "data").path
        launch.mounts = "mkdir -p \(data) && mount -t tmpfs -o size=12m tmpfs \(data)"
        let app = try await Program(launch)
        var accepted = [try await app.client.askForScripts()]
        try await app.client.wait(for: "running", at: accepted[0])
        try app.fillDisk()

        let refused: Answer = try await eventually("a brief is refused") {
            let answer = try await app.client.submit(app.client.productBrief())
            if answer.status == 303 { accepted.append(try answer.destination) }
            return answer.status == 303 ? nil : answer
        }
        #expect(refused.status == 507)
        #expect(refused.page.main?.mentions("The disk is full") == true)
        #expect(try refused.page.form(action: "/tasks/new", at: "/tasks/new").values("product_info.name") == ["Trail Lamp 300"])
        var form = try await app.client.form(at: "/videos/new")
        try form.fill("video_url", "https://cdn.example.com/run.mp4")
        try form.tick("notice_acknowledged")
        #expect(try await app.client.submit(form).status == 507)
        for path in accepted + ["/", "/tasks"] { #expect(try await app.client.get(path).status == 200) }
        _ = try await eventually("it says that it is not well") { try await app.client.get("/healthz").status == 503 ? true : nil }
        #expect(try await app.client.get("/healthz").text.contains(#""store_writable":false"#))

        app.emptyDisk()
        _ = try await eventually("it is well again") { try await app.client.get("/healthz").status == 200 ? true : nil }
        accepted.append(try await app.client.askForScripts())
        for task in accepted { #expect(try await app.client.wait(for: "succeeded", at: task).scripts.count == 3) }
        #expect(try await sandbox.client.get("/control/creates").text.matches(of: /"script_source"/).count == accepted.count)
    }

    @Test(.enabled(if: Namespace.isAvailable, "needs a mount namespace"))
    func `a read-only data folder is said at the start in one line`() async throws {
        var launch = try Program.Launch.serve()
        let data = launch.folder.url.appending(path: "data").path
        let app = try await Program(launch)
        #expect(try await app.terminate() == .exited(0))
        launch.mounts = "mount --bind \(data) \(data) && mount -o remount,bind,ro \(data)"
        let (end, errors, _) = try await launch.run()
        #expect(end == .exited(1))
        #expect(errors.contains("cannot be written: Read-only file system"))
        #expect(errors.split(separator: "\n").count == 1)
        launch.mounts = nil
        _ = try await Program(launch)
    }

    @Test func `a database that another program locks is said with 503, and it goes on when it is free`() async throws {
        let pair = try await Pair(pace: 3)
        let client = pair.app.client
        let task = try await client.askForScripts()
        try await client.wait(for: "running", at: task)
        do {
            let other = try DatabaseFile(pair.app.database)
            try other.execute("BEGIN EXCLUSIVE")
            let answer = try await client.submit(client.productBrief())
            #expect(answer.status == 503)
            #expect(answer.page.main?.mentions("Another program holds the database") == true)
            #expect(try answer.page.form(action: "/tasks/new", at: "/tasks/new").values("product_info.name") == ["Trail Lamp 300"])
            #expect(try await client.get(task).status == 200)
            _ = try await eventually("it says that it is not well") { try await client.get("/healthz").status == 503 ? true : nil }
            try other.execute("ROLLBACK")
        }
        #expect(try await client.wait(for: "succeeded", at: task).scripts.count == 3)
        let second = try await client.askForScripts()
        try await client.wait(for: "succeeded", at: second)
        #expect(try await pair.stats.creates == 2)
    }

    @Test func `a database that is locked whole keeps pages waiting for a moment only`() async throws {
        let app = try await Program(.serve())
        let file = try DatabaseFile(app.database)
        try file.execute("BEGIN IMMEDIATE")
        let start = ContinuousClock.now
        for path in ["/", "/tasks", "/scripts"] { #expect(try await app.client.get(path).status == 200) }
        #expect(ContinuousClock.now - start < .seconds(3))
    }

    @Test(.enabled(if: Namespace.isAvailable && getuid() == 0, "needs a mount namespace and port 53"))
    func `a name server that hangs keeps no page waiting, and what was not sent goes out later`() async throws {
        let deaf = try DeafNameServer()
        var launch = try Pair.app(base: try #require(URL(string: "https://service.example/open_api/v1.3")))
        let settings = launch.folder.url.appending(path: "resolv.conf").path
        try Data("nameserver \(deaf.address)\noptions timeout:30 attempts:5\n".utf8).write(to: URL(filePath: settings))
        launch.mounts = "mount --bind \(settings) /etc/resolv.conf"
        let app = try await Program(launch)
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "sending", at: task)
        for _ in 0..<20 {
            let start = ContinuousClock.now
            for path in ["/", task, "/healthz"] { #expect(try await app.client.get(path).status == 200) }
            #expect(ContinuousClock.now - start < .seconds(2))
        }
        // Nothing has left, so it is no case for a person.
        let page = try await app.client.wait(for: "queued", "unconfirmed", at: task, within: .seconds(60))
        #expect(page.state == "queued")
        #expect(page.main?.mentions("the service can't be reached") == true)
        try await app.client.wait(for: "sending", at: task)
        let start = ContinuousClock.now
        #expect(try await app.terminate(within: .seconds(40)) == .exited(0))
        let stop = ContinuousClock.now - start
        #expect(stop < .seconds(5))
        print("a clean stop while the name server hangs took \(stop)")
        let again = try await Program(launch)
        #expect(try await ["queued", "sending"].contains(again.client.get(task).page.state))
    }

    @Test func `a clean stop while a create hangs waits for its answer, and for a poll's it does not`() async throws {
        let pair = try await Pair(pace: 1)
        try await pair.sandbox.inject(#"{"endpoint":"get","kind":"never","times":1000}"#)
        let task = try await pair.app.client.askForScripts()
        try await pair.app.client.wait(for: "running", at: task)
        _ = try await eventually("a poll hangs") { try await pair.app.client.get(task).text.contains("on its way") ? true : nil }
        var start = ContinuousClock.now
        #expect(try await pair.app.terminate(within: .seconds(30)) == .exited(0))
        let poll = ContinuousClock.now - start
        #expect(poll < .seconds(5))

        try await pair.sandbox.endFaults()
        try await pair.sandbox.inject(#"{"endpoint":"create","kind":"late","milliseconds":6000}"#)
        let app = try await Program(pair.app.launch)
        try await app.client.wait(for: "succeeded", at: task)
        let second = try await app.client.askForScripts()
        try await app.client.wait(for: "sending", at: second)
        start = ContinuousClock.now
        #expect(try await app.terminate(within: .seconds(40)) == .exited(0))
        print("a clean stop took \(poll) while a poll hung, \(ContinuousClock.now - start) while a create was answered after 6 s")
        // Its answer was waited for: it is known to have arrived.
        let again = try await Program(app.launch)
        try await again.client.wait(for: "succeeded", at: second)
        #expect(try await pair.stats.creates == 2)
    }

    @Test func `behind a proxy, this computer is asked directly`() async throws {
        let sandbox = try await Program(.sandbox(token: Pair.token, ["--pace", "1"]))
        var launch = try Pair.app(base: sandbox.address)
        for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] { launch.environment[name] = "http://127.0.0.1:1" }
        let app = try await Program(launch)
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: task)
    }
}

/// Port 53 of an address of this computer's, where questions arrive and are never answered.
final class DeafNameServer: Sendable {
    let address = "127.0.0.99"
    private let socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(53).bigEndian
        name.sin_addr.s_addr = inet_addr(address)
        let fd = socket
        let bound = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard bound == 0 else { throw Failure("port 53: \(errno)") }
    }

    deinit { close(socket) }
}
