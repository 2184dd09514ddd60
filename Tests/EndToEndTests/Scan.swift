import Foundation
import Testing

/// A scanner of web apps (wapiti) walks the app as an admin and attacks every page, form and parameter that it finds.
@Suite(.enabled(if: Surroundings.wapiti != nil, "wapiti is for .ci/run --long"), .timeLimit(.minutes(20)))
struct Scan {
    private struct Report: Decodable {
        struct Finding: Decodable {
            let level: Int
            let method: String
            let path: String
            let info: String
        }

        struct Infos: Decodable {
            let crawled_pages_nbr: Int
        }

        let vulnerabilities: [String: [Finding]]
        let anomalies: [String: [Finding]]
        let additionals: [String: [Finding]]
        let infos: Infos
    }

    @Test func `a scan of the app finds nothing`() async throws {
        let wapiti = try #require(Surroundings.wapiti)
        let app = try await Program(try await .team())
        let ada = try await app.client.signedIn()
        let task = try await ada.askForScripts()
        try await ada.wait(for: "succeeded", at: task)
        try await ada.upload(["https://cdn.example.com/first-lamp.mp4"])

        let folder = try ScratchFolder()
        let (report, address) = (folder.url.appending(path: "report.json"), "http://127.0.0.1:\(app.port)")
        // What would end the scanner's own session, or never ends by itself.
        let left = ["/sign-out", "/account/*", "/members/*", "/events"].flatMap { ["-x", address + $0] }
        let session = try #require(ada.cookies["scriptorium"])
        let scan = try ChildProcess(
            wapiti,
            [
                "-u", "\(address)/", "--scope", "domain", "-H", "Cookie: scriptorium=\(session)", "-H", "Origin: \(address)",
                "-m", "cookieflags,csp,http_headers,crlf,csrf,exec,file,permanentxss,redirect,sql,xss,htaccess,methods",
                "--store-session", folder.url.path, "--flush-session", "--max-scan-time", "300", "--max-attack-time", "40",
                "-f", "json", "-o", report.path, "--no-bugreport",
            ] + left, environment: ProcessInfo.processInfo.environment.merging(["HOME": folder.url.path]) { $1 }, output: folder.url)
        #expect(try await scan.end(within: .seconds(960)) == .exited(0), "\(scan.errors)")

        let found = try JSONDecoder().decode(Report.self, from: Data(contentsOf: report))
        #expect(found.infos.crawled_pages_nbr >= 12)
        for (name, findings) in found.vulnerabilities.merging(found.anomalies, uniquingKeysWith: +) {
            for finding in findings {
                // Buttons that download take the form's content along by GET; the scanner overlooks that, and posts where nothing is taken.
                if finding.method == "POST", try await ada.get(finding.path, method: "POST").status == 405 { continue }
                Issue.record("\(name): \(finding.method) \(finding.path): \(finding.info)")
            }
        }
        for (name, findings) in found.additionals {
            for finding in findings where finding.level > 0 { Issue.record("\(name): \(finding.path): \(finding.info)") }
        }
        // The scanner was let in to the end, and the app is as it was.
        #expect(try await ada.get("/members").status == 200)
    }
}
