import Foundation
import Testing

/// `SCRIPTORIUM_PHOTOS=FOLDER` asks for a picture of every page, wide and narrow, light and dark; the README's is one of them.
extension InTheBrowser {
    @Suite(.enabled(if: Surroundings.photographs != nil, "SCRIPTORIUM_PHOTOS names no folder"), .program)
    struct Photographs {
        @Test func `every page is photographed`() async throws {
            let folder = try #require(Surroundings.photographs)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let client = try Program.shared.client
            try await client.upload(["https://cdn.example.com/first-lamp.mp4", "https://cdn.example.com/second-lamp.mp4"])
            let odd = TinyVideo.movie(brand: "isom", across: 8, up: 6, seconds: 90)
            try await client.upload([
                UploadedFile(name: "Lamp in the rain, second take.mp4", content: TinyVideo.mp4),
                UploadedFile(name: "odd-shape.mp4", content: odd),
            ])
            let video = try await client.video("Lamp in the rain").path
            let media = try await Program.shared.url(client.media(of: "odd-shape.mp4"))
            let done = try await client.askForScripts()
            let scripts = try await client.wait(for: "succeeded", at: done).scripts
            // One still under way, for the pages that tell of it.
            let running = try await client.askForScripts()

            let pages = [
                ("task-running", running), ("home", "/"), ("tasks", "/tasks"), ("task", done), ("brief", "/tasks/new"),
                ("videos", "/videos"), ("video-new", "/videos/new"), ("video", video), ("acknowledgements", "/acknowledgements"),
                ("scripts", "/scripts"), ("script", scripts[0]), ("activity", "/activity"), ("connection", "/connection"),
                ("team", "/members"),
            ]
            try await Browser.open { browser in
                for (name, path) in pages {
                    try await browser.go(to: Program.shared.url(path))
                    try await photograph(browser, as: name, in: folder)
                }
                try await browser.go(to: Program.shared.url("/videos/new"))
                try await browser.fill("video_url", "\(media)\nhttps://cdn.example.com/two words.mp4\nlamp.mp4\n\(media)none")
                _ = try await browser.one("[data-previews] [data-seen=no]")
                try await photograph(browser, as: "video-previews", in: folder)
                try await makeMistakes(in: browser)
                try await photograph(browser, as: "brief-mistakes", in: folder)
            }
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
                    let fits: Bool = try await browser.run("return document.documentElement.scrollWidth <= innerWidth")
                    #expect(fits, "\(name) is wider than \(width)")
                    try await browser.photograph().write(to: folder.appending(path: "\(name)-\(width)-\(scheme).png"))
                }
            }
        }
    }
}
