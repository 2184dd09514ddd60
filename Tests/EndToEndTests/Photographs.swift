import Foundation
import Testing

/// `SCRIPTORIUM_PHOTOS=FOLDER` asks for a picture of every page, wide and narrow, light and dark; the README's are two of them.
extension InTheBrowser {
    @Suite(.enabled(if: Surroundings.photographs != nil, "SCRIPTORIUM_PHOTOS names no folder"), .programWithStyle)
    struct Photographs {
        @Test func `every page is photographed`() async throws {
            let folder = try #require(Surroundings.photographs)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let client = try Program.shared.client
            try await Browser.open { browser in
                // Before anything is there.
                for (name, path) in [("first-run", "/"), ("no-scripts", "/scripts"), ("no-videos", "/videos")] {
                    try await browser.go(to: Program.shared.url(path))
                    try await photograph(browser, as: name, in: folder)
                }
                let tour = try await Tour.shared
                for (name, path) in tour.pages + [("style", "/style")] {
                    try await browser.go(to: Program.shared.url(path))
                    if name == "search" {
                        _ = try await browser.run(
                            "document.querySelectorAll('details').forEach((part) => part.open = true)", as: Bool?.self)
                    }
                    try await photograph(browser, as: name, in: folder)
                }
                try await browser.go(to: Program.shared.url(tour.script + "/edit"))
                try await overtake(tour.script, in: browser, with: client)
                try await photograph(browser, as: "edit-overtaken", in: folder)
                let media = try Program.shared.url(tour.media)
                try await browser.go(to: Program.shared.url("/videos/new"))
                try await browser.fill("video_url", "\(media)\nhttps://cdn.example.com/two words.mp4\nlamp.mp4\n\(media)none")
                _ = try await browser.one("[data-previews] [data-seen=no]")
                try await photograph(browser, as: "video-previews", in: folder)
                try await makeMistakes(in: browser)
                try await photograph(browser, as: "brief-mistakes", in: folder)
            }
        }

        private func overtake(_ script: String, in browser: Browser, with client: Client) async throws {
            var theirs = try await client.form(at: script + "/edit")
            try theirs.fill(["text": "Stop fumbling in the dark.\n\nTrail Lamp 300: only 58 grams. Walk on.", "reason": "fits 15 s"])
            _ = try await client.submit(theirs).destination
            try await browser.fill("text", "Stop guessing in the dark.\n\nTrail Lamp 300: 58 grams, 30 hours. Walk on.")
            try await browser.submit(formOf: "text")
            _ = try await eventually("the other version is shown") { try await browser.page.root.first { $0.name == "del" } }
        }

        private func makeMistakes(in browser: Browser) async throws {
            try await browser.go(to: Program.shared.url("/tasks/new"))
            try await browser.choose("script_source", "PRODUCT")
            try await browser.fill("product_info.name", "Trail Lamp 300")
            try await browser.fill("product_info.price", "a lot")
            try await browser.fill("media_list.image_url_list", "lamp.jpg")
            // The server's answer is what is wanted, not the browser's own hints.
            _ = try await browser.run("document.querySelectorAll('form').forEach(form => form.noValidate = true)", as: Bool?.self)
            try await browser.submit(formOf: "script_source")
            _ = try await eventually("the mistakes are shown") {
                try await browser.page.root.first { $0["aria-invalid"] == "true" } != nil ? true : nil
            }
        }

        private func photograph(_ browser: Browser, as name: String, in folder: URL) async throws {
            for width in [1280, 390] {
                for scheme in Browser.Scheme.allCases {
                    try await browser.show(width: width, scheme: scheme)
                    try await browser.photograph().write(to: folder.appending(path: "\(name)-\(width)-\(scheme).png"))
                }
            }
        }
    }
}
