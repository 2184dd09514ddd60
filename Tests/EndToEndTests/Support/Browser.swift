import Foundation

/// One window of headless Chromium.
struct Browser: Sendable {
    /// An element of the page as it stood; a page that loads again makes it stale.
    struct Found: Sendable {
        fileprivate let target: String
    }

    private struct Session: Decodable {
        let sessionId: String
    }

    private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

    private let driver: ChromeDriver
    private let session: String

    /// Opens a window for `work` and closes it again, whatever comes of it.
    static func open<Value>(javaScript: Bool = true, _ work: (Browser) async throws -> Value) async throws -> Value {
        let driver = try ChromeDriver.shared
        var options: [String: JSON] = [
            "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"]
        ]
        if !javaScript { options["prefs"] = ["profile.managed_default_content_settings.javascript": 2] }
        let capabilities: JSON = [
            "capabilities": [
                "alwaysMatch": [
                    "browserName": "chrome", "goog:chromeOptions": .object(options),
                    "goog:loggingPrefs": ["performance": "ALL", "browser": "WARNING"],
                ]
            ]
        ]
        let session = try await driver.call("POST", "/session", capabilities, as: Session.self)
        let browser = Browser(driver: driver, session: "/session/\(session.sessionId)")
        let result: Result<Value, any Error>
        do {
            result = .success(try await work(browser))
        } catch {
            result = .failure(error)
        }
        _ = try? await driver.call("DELETE", browser.session, as: Nothing?.self)
        return try result.get()
    }

    // MARK: The page

    func go(to url: String) async throws {
        try await post("/url", ["url": .text(url)])
    }

    /// Opens an empty tab and goes on in it.
    func openTab() async throws {
        struct Tab: Decodable {
            let handle: String
        }
        let tab = try await driver.call("POST", session + "/window/new", ["type": "tab"], as: Tab.self)
        try await post("/window", ["handle": .text(tab.handle)])
    }

    /// The path now in the address bar.
    var path: String {
        get async throws {
            let address: String = try await driver.call("GET", session + "/url")
            return URL(string: address)?.path() ?? address
        }
    }

    /// The document as it stands now, changes by scripts included.
    var page: Page {
        get async throws { Page(try await driver.call("GET", session + "/source")) }
    }

    /// Every element that matches, maybe none.
    func all(_ css: String) async throws -> [Found] {
        try await find(["using": "css selector", "value": .text(css)])
    }

    func all(xpath: String) async throws -> [Found] {
        try await find(["using": "xpath", "value": .text(xpath)])
    }

    /// Waits for the first element that matches.
    func one(_ css: String) async throws -> Found {
        try await eventually("an element \(css) on the page", within: .seconds(20)) { try await all(css).first }
    }

    func link(_ text: String) async throws -> Found {
        try await eventually("a link “\(text)”", within: .seconds(20)) {
            try await find(["using": "link text", "value": .text(text)]).first
        }
    }

    func text(_ found: Found) async throws -> String {
        try await driver.call("GET", found.target + "/text")
    }

    func isSelected(_ found: Found) async throws -> Bool {
        try await driver.call("GET", found.target + "/selected")
    }

    func property(_ name: String, of found: Found) async throws -> String? {
        try await driver.call("GET", found.target + "/property/\(name)", as: String?.self)
    }

    func click(_ found: Found) async throws {
        try await driver.call("POST", found.target + "/click", [:], as: Nothing?.self)
    }

    func type(_ text: String, into found: Found) async throws {
        try await driver.call("POST", found.target + "/clear", [:], as: Nothing?.self)
        try await driver.call("POST", found.target + "/value", ["text": .text(text)], as: Nothing?.self)
    }

    func run<Value: Decodable>(_ script: String, as: Value.Type = Value.self) async throws -> Value {
        try await driver.call("POST", session + "/execute/sync", ["script": .text(script), "args": []])
    }

    /// A script that calls `done` with its value when it has one.
    func runAsync<Value: Decodable>(_ script: String, as: Value.Type = Value.self) async throws -> Value {
        let script = "const done = arguments[arguments.length - 1]; \(script)"
        return try await driver.call("POST", session + "/execute/async", ["script": .text(script), "args": []])
    }

    /// Presses a key where the focus is, as a keyboard does: `Tab`, `Enter`, `?`.
    func press(_ key: String) async throws {
        // WebDriver §17.4.2: keys that write nothing have a code point of their own.
        let codes = ["Tab": "\u{E004}", "Enter": "\u{E007}", "Escape": "\u{E00C}", "ArrowRight": "\u{E014}", "ArrowLeft": "\u{E012}"]
        let value = JSON.text(codes[key] ?? key)
        let actions: JSON = [
            "actions": [
                [
                    "type": "key", "id": "keyboard",
                    "actions": [["type": "keyDown", "value": value], ["type": "keyUp", "value": value]],
                ]
            ]
        ]
        try await driver.call("POST", session + "/actions", actions, as: Nothing?.self)
    }

    /// What the console was told since the last call: errors and warnings, of scripts and of the policy for content.
    func complaints() async throws -> [String] {
        struct Entry: Decodable {
            let message: String
        }
        return try await driver.call("POST", session + "/se/log", ["type": "browser"], as: [Entry].self).map(\.message)
    }

    /// Chromium's own protocol, for what WebDriver has no word for.
    func command<Value: Decodable>(_ name: String, _ parameters: JSON = [:], as: Value.Type = Value.self) async throws -> Value {
        try await driver.call("POST", session + "/goog/cdp/execute", ["cmd": .text(name), "params": parameters])
    }

    /// What the network did since the last call, one event of Chromium's protocol a string.
    func networkEvents() async throws -> [String] {
        struct Entry: Decodable {
            let message: String
        }
        let log = try await driver.call("POST", session + "/se/log", ["type": "performance"], as: [Entry].self)
        return log.map(\.message).filter { $0.contains("\"Network.") }
    }

    private func find(_ locator: JSON) async throws -> [Found] {
        let found = try await driver.call("POST", session + "/elements", locator, as: [[String: String]].self)
        return found.compactMap { $0[Self.elementKey] }.map { Found(target: session + "/element/\($0)") }
    }

    private func post(_ command: String, _ body: JSON) async throws {
        try await driver.call("POST", session + command, body, as: Nothing?.self)
    }

    /// The answer of commands that have none.
    struct Nothing: Decodable {}
}

extension ChromeDriver {
    fileprivate func call(_ method: String, _ target: String, _ body: JSON, as: Browser.Nothing?.Type) async throws {
        let _: Browser.Nothing? = try await call(method, target, body)
    }
}
