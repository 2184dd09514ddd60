import Foundation
import Testing

/// A page under way shows the present, also what happened while nobody listened for it.
extension InTheBrowser {
    /// One call a minute: the first brief takes it, and to those that wait for the next nothing happens while a test looks.
    @Suite(.programWithOneCall) struct LivePages {
        @Test func `a page that begins to listen asks whether something has happened, and only that`() async throws {
            let client = try Program.shared.client
            for _ in 0..<2 { _ = try await client.askForScripts() }
            let task = try await client.askForScripts()
            try await Task.sleep(for: .seconds(1))
            try await Browser.open { browser in
                try await browser.go(to: Program.shared.url(task))
                try await expect([task, "/events", "/events/stand"], of: browser)
                // The stream stays the first tab's.
                try await browser.openTab()
                try await browser.go(to: Program.shared.url(task))
                try await expect([task, "/events/stand"], of: browser)
            }
            #expect(try await client.get(task).page.state == "queued")
        }

        @Test func `a page from before something happened is asked for again`() async throws {
            let client = try Program.shared.client
            // Whoever has the call, the last of three waits.
            for _ in 0..<2 { _ = try await client.askForScripts() }
            let task = try await client.askForScripts()
            try await Browser.open { browser in
                // Before any script of the page begins.
                let early: JSON = [
                    "source": """
                    document.addEventListener('readystatechange', () => {
                      if (document.readyState === 'interactive') document.body.dataset.stand = 'before';
                    });
                    """
                ]
                let _: [String: String] = try await browser.command("Page.addScriptToEvaluateOnNewDocument", early)
                try await browser.go(to: Program.shared.url(task))
                try await expect([task, "/events", "/events/stand", task], of: browser)
            }
        }

        /// The pages and streams that the browser asks for, in this order and no more.
        private func expect(
            _ requests: [String], of browser: Browser, sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            var seen: [String] = []
            _ = try await eventually("\(requests) are asked for") {
                for event in try await browser.networkEvents() {
                    if let path = try Self.path(askedFor: event) { seen.append(path) }
                }
                return seen.count >= requests.count ? true : nil
            }
            #expect(seen == requests, sourceLocation: sourceLocation)
        }

        /// Chromium DevTools Protocol, `Network.requestWillBeSent`.
        private static func path(askedFor event: String) throws -> String? {
            struct Event: Decodable {
                struct Message: Decodable {
                    struct Parameters: Decodable {
                        struct Request: Decodable {
                            let url: URL
                        }
                        let request: Request
                    }
                    let params: Parameters
                }
                let message: Message
            }
            guard event.contains(#""method":"Network.requestWillBeSent""#) else { return nil }
            let path = try JSONDecoder().decode(Event.self, from: Data(event.utf8)).message.params.request.url.path()
            return path.hasPrefix("/tasks/") || path.hasPrefix("/events") ? path : nil
        }
    }
}
