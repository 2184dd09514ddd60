import Foundation
import Glibc
import Testing

/// Debian's chromedriver, spoken to as the W3C WebDriver recommendation says.
final class ChromeDriver: Sendable {
    /// What the driver refused, by its W3C error code: `no such element`, `element click intercepted`.
    struct Refusal: Error, Decodable, CustomStringConvertible {
        let error: String
        let message: String

        var description: String { "\(error): \(message)" }
    }

    private struct Envelope<Value: Decodable>: Decodable {
        let value: Value
    }

    private let process: ChildProcess
    private let folder: ScratchFolder
    private let port: Int

    init() async throws {
        let folder = try ScratchFolder()
        // Chromium leaves its profiles behind when it is killed: they go with the folder.
        let environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.url.path]) { $1 }
        let process = try ChildProcess(
            URL(filePath: "/usr/bin/chromedriver"), ["--port=0"], environment: environment, output: folder.url)
        port = try await eventually("chromedriver is open", within: .seconds(30)) {
            if let end = process.end() { throw Failure("chromedriver ended: \(end)\n\(process.output)\(process.errors)") }
            return process.output.firstMatch(of: /started successfully on port ([0-9]+)/).flatMap { Int($0.output.1) }
        }
        self.process = process
        self.folder = folder
    }

    func call<Value: Decodable>(_ method: String, _ target: String, _ body: JSON? = nil, as: Value.Type = Value.self) async throws -> Value
    {
        let bytes = try body.map { Array(try JSONEncoder().encode($0)) } ?? []
        let headers = [("Host", "127.0.0.1:\(port)"), ("Content-Type", "application/json")]
        let answer = try await Exchange(method: method, target: target, headers: headers, body: bytes).perform(port: port)
        guard answer.status == 200 else {
            throw try JSONDecoder().decode(Envelope<Refusal>.self, from: Data(answer.body)).value
        }
        return try JSONDecoder().decode(Envelope<Value>.self, from: Data(answer.body)).value
    }

    /// Ends what sessions are left, then the driver.
    func quit() async {
        _ = try? await Exchange(method: "GET", target: "/shutdown", headers: [("Host", "127.0.0.1:\(port)")]).perform(port: port, within: 5)
        process.signal(SIGTERM)
        _ = try? await process.end(within: .seconds(5))
        process.kill()
    }
}

/// One chromedriver for all tests of a suite.
struct RunningChromeDriver: SuiteTrait, TestScoping {
    @TaskLocal fileprivate static var current: ChromeDriver?

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
        let driver = try await ChromeDriver()
        let result: Result<Void, any Error>
        do {
            result = .success(try await Self.$current.withValue(driver) { try await function() })
        } catch {
            result = .failure(error)
        }
        await driver.quit()
        try result.get()
    }
}

extension Trait where Self == RunningChromeDriver {
    static var chromeDriver: Self { RunningChromeDriver() }
}

extension ChromeDriver {
    /// The suite's.
    static var shared: ChromeDriver {
        get throws {
            guard let driver = RunningChromeDriver.current else { throw Failure("the suite lacks the trait .chromeDriver") }
            return driver
        }
    }
}
