import Foundation
import Glibc
import Testing

/// The README's configuration of nginx, as it stands there, in front of the program: TLS, events, large bodies, single sign-on.
@Suite(.timeLimit(.minutes(3)))
struct BehindNginx {
    @Test func `TLS, cookies, events and large forms come through`() async throws {
        let app = try await Program(try await .team(["--trusted-proxy", "127.0.0.1", "--allowed-host", Nginx.host]))
        let nginx = try await Nginx(before: app)
        // The way in: the cookie is for TLS alone, and the client's address is not the proxy's invention.
        let page = try await nginx.get("/sign-in", ["-H", "X-Forwarded-For: 6.6.6.6", "-H", "Forwarded: for=6.6.6.6"])
        #expect(page.status == 200 && page["Strict-Transport-Security"] != nil)
        var form = try page.page.form(action: "/sign-in", at: "/sign-in")
        try form.fill(["email": Team.admin, "password": Team.password])
        let signedIn = try await nginx.post(form, ["-H", "X-Forwarded-For: 6.6.6.6"])
        let cookie = try #require(signedIn.headers.first { $0.value.hasPrefix("__Host-scriptorium=") }?.value)
        #expect(signedIn.status == 303 && cookie.contains("Secure") && cookie.contains("HttpOnly"))
        let own = ["-H", "Cookie: \(cookie.prefix { $0 != ";" })"]
        #expect(try await nginx.get("/", own).status == 200)
        let audit = try await nginx.get("/audit", own)
        #expect(audit.text.contains("127.0.0.1") && !audit.text.contains("6.6.6.6"))

        // An event reaches the page while the stream is open.
        let stream = try nginx.curl(["-N", "--max-time", "60"] + own, "/events")
        var brief = try await nginx.get("/tasks/new", own).page.form(action: "/tasks/new", at: "/tasks/new")
        try brief.fill(Sample.product)
        try brief.tick("notice_acknowledged")
        // Opened before the brief is sent: curl writes the head at once.
        _ = try await eventually("the stream is open") { stream.output.contains("text/event-stream") ? true : nil }
        #expect(try await nginx.post(brief, own).status == 303)
        _ = try await eventually("an event") { stream.output.contains("event: task") ? true : nil }
        stream.kill()

        // Above nginx's usual megabyte it is the app that answers.
        try brief.fill("product_info.description", String(repeating: "x", count: 3_000_000))
        let large = try await nginx.post(brief, own)
        #expect(large.status == 413 && large.text.contains("Scriptorium"))
    }

    @Test func `whom nginx has signed in is a member, and a client cannot say so itself`() async throws {
        let options = ["--trusted-proxy", "127.0.0.1", "--proxy-user-header", "Remote-User", "--allowed-host", Nginx.host]
        let app = try await Program(try await .team(options))
        let plain = try await Nginx(before: app)
        #expect(try await plain.get("/", ["-H", "Remote-User: \(Team.admin)"]).status == 303)
        let signing = try await Nginx(before: app, users: [Team.admin, "carl"])
        #expect(try await signing.get("/").status == 401)
        let ada = try await signing.get("/members", ["-u", "\(Team.admin):\(Team.password)", "-H", "Remote-User: carl"])
        #expect(ada.status == 200 && ada.text.contains("Team"))
        #expect(try await signing.get("/", ["-u", "carl:\(Team.password)"]).status == 303)
        #expect(try await signing.get("/", ["-u", "carl:\(Team.password)"]).status == 200)
        #expect(try await signing.get("/members", ["-u", "carl:\(Team.password)"]).status == 403)
    }
}

/// nginx on a port of its own, with the README's server block.
private final class Nginx: Sendable {
    static let host = "scripts.example.com"

    private let folder: ScratchFolder
    private let process: ChildProcess
    private let port: Int

    /// - Parameter users: whom nginx asks for `Team.password`; empty for nobody.
    init(before app: Program, users: [String] = []) async throws {
        folder = try ScratchFolder()
        port = try Self.freePort()
        let path = folder.url.path
        let certificate = try ChildProcess(
            URL(filePath: "/usr/bin/openssl"),
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(Self.host)", "-addext",
                "subjectAltName=DNS:\(Self.host)", "-keyout", "\(path)/tls.key", "-out", "\(path)/tls.pem",
            ], environment: ProcessInfo.processInfo.environment, output: folder.url)
        guard try await certificate.end(within: .seconds(30)) == .exited(0) else { throw Failure("no certificate: \(certificate.errors)") }

        var server = try Self.readme()
        for (text, replacement) in [
            ("listen 443 ssl", "listen 127.0.0.1:\(port) ssl"), ("http://127.0.0.1:8080", "http://127.0.0.1:\(app.port)"),
            ("/etc/ssl/scripts.example.com.pem", "\(path)/tls.pem"), ("/etc/ssl/scripts.example.com.key", "\(path)/tls.key"),
        ] {
            guard server.contains(text) else { throw Failure("the README's configuration has no \(text)") }
            server = server.replacing(text, with: replacement)
        }
        if !users.isEmpty {
            try Data(users.map { "\($0):{PLAIN}\(Team.password)\n" }.joined().utf8).write(to: folder.url.appending(path: "users"))
            let basic = "auth_basic staff;\n    auth_basic_user_file \(path)/users;\n    proxy_set_header Remote-User $remote_user;"
            server = server.replacing("proxy_set_header Remote-User \"\";", with: basic)
        }
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(path)/\($0);" }.joined(
            separator: "\n")
        // Started by root, its workers would have a user of their own, who may not read the folder.
        let user = geteuid() == 0 ? "user root;" : ""
        let configuration = """
            daemon off; \(user) worker_processes 1; pid \(path)/pid; error_log stderr;
            events { worker_connections 64; }
            http { access_log off; \(temporary)
            \(server) }
            """
        try Data(configuration.utf8).write(to: folder.url.appending(path: "nginx.conf"))
        process = try ChildProcess(
            URL(filePath: "/usr/sbin/nginx"), ["-p", path, "-c", "\(path)/nginx.conf", "-e", "stderr"],
            environment: ProcessInfo.processInfo.environment, output: folder.url)
        _ = try await eventually("nginx answers", within: .seconds(20)) {
            if let end = process.end() { throw Failure("nginx ended: \(end)\n\(process.errors)") }
            return try? await get("/healthz").status
        }
    }

    deinit {
        // Its worker goes with it only when it is asked.
        process.signal(SIGTERM)
        for _ in 0..<100 where process.end() == nil { usleep(20_000) }
    }

    func get(_ path: String, _ options: [String] = []) async throws -> Answer {
        try await answer(["-i"] + options, path)
    }

    func post(_ form: Form, _ options: [String] = []) async throws -> Answer {
        let body = folder.url.appending(path: "body-\(UUID().uuidString)")
        try Data(form.encoded.utf8).write(to: body)
        let origin = "https://\(Self.host):\(port)"
        return try await answer(
            ["-i", "-H", "Origin: \(origin)", "-H", "Expect:", "--data-binary", "@\(body.path)"] + options, form.action)
    }

    /// What curl writes, as it comes.
    func curl(_ options: [String], _ path: String) throws -> ChildProcess {
        try ChildProcess(
            URL(filePath: "/usr/bin/curl"),
            ["-sS", "-i", "--http1.1", "--cacert", "\(folder.url.path)/tls.pem", "--resolve", "\(Self.host):\(port):127.0.0.1"] + options
                + ["https://\(Self.host):\(port)\(path)"],
            environment: ProcessInfo.processInfo.environment, output: folder.url)
    }

    private func answer(_ options: [String], _ path: String) async throws -> Answer {
        let curl = try curl(options, path)
        guard try await curl.end(within: .seconds(30)) == .exited(0) else { throw Failure("curl: \(curl.errors)") }
        let parts = curl.output.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure("no status: \(curl.output.prefix(200))")
        }
        let headers = lines.dropFirst().map { line in
            let pair = line.split(separator: ":", maxSplits: 1)
            return (name: String(pair[0]), value: pair.count > 1 ? String(pair[1].drop { $0 == " " }) : "")
        }
        return Answer(status: status, headers: headers, body: parts.count > 1 ? Array(parts[1].utf8) : [])
    }

    private static func readme() throws -> String {
        let text = try String(contentsOf: Surroundings.root.appending(path: "README.md"), encoding: .utf8)
        guard let block = text.firstMatch(of: /```nginx\n([^`]*)```/) else { throw Failure("the README has no configuration of nginx") }
        return String(block.output.1)
    }

    /// Free a moment ago.
    private static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0 }
        }
        guard isBound else { throw Failure("no port is free: \(errno)") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }
}
