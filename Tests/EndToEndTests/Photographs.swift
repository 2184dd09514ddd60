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
                ("search", "/scripts?q=lamp+trail&language=en&tag=night+run"), ("script-bettered", scripts[1]),
                ("edit", scripts[1] + "/edit"),
                ("edit-overtaken", scripts[1] + "/edit"), ("versions", scripts[1] + "/versions"), ("tags", "/scripts/tags"),
                ("trash", "/scripts/trash"), ("import", "/scripts/import"), ("prompter", scripts[1] + "/prompter"),
                ("shooting-sheet", "/scripts/print?script=\(scripts[1].dropFirst("/scripts/".count))"),
            ]
            try await sortOut(scripts, with: client)
            try await Browser.open { browser in
                for (name, path) in pages {
                    try await browser.go(to: Program.shared.url(path))
                    if name == "search" {
                        _ = try await browser.run(
                            "document.querySelectorAll('details').forEach((part) => part.open = true)", as: Bool?.self)
                    }
                    if name == "edit-overtaken" { try await overtake(scripts[1], in: browser, with: client) }
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

        /// A script with versions, tags, notes and a state, and another in the trash.
        private func sortOut(_ scripts: [String], with client: Client) async throws {
            for text in [
                "Stop walking in the dark.\n\n[Close-up of the lamp]\n\nTrail Lamp 300: 58 grams, 30 hours.",
                "Stop fumbling in the dark.\n\nTrail Lamp 300: 58 grams, 30 hours on one charge. Walk on.",
            ] {
                var edit = try await client.form(at: scripts[1] + "/edit")
                try edit.fill(["text": text, "reason": "shorter, and it names the weight"])
                _ = try await client.submit(edit).destination
            }
            var note = try await client.form(at: scripts[1], action: scripts[1] + "/notes")
            try note.fill("note", "The second sentence is the hook: start with it in the fifteen-second cut.")
            _ = try await client.submit(note).destination
            let all = scripts.map { String($0.dropFirst("/scripts/".count)) }
            for (chosen, fields) in [
                (all, [("action", "tag"), ("tag", "night run")]), ([all[1]], [("action", "tag"), ("tag", "autumn")]),
                ([all[1]], [("star", all[1])]),
                ([all[1]], [("action", "approval"), ("approval", "review"), ("comment", "ready for the client")]),
                ([all[2]], [("action", "trash")]),
            ] {
                var form = try await client.form(at: "/scripts", action: "/scripts/sort")
                for name in ["tag", "approval", "comment", "format"] { form.remove(name) }
                for script in chosen { form.add("script", script) }
                for (name, value) in fields { form.forge(name, value) }
                _ = try await client.submit(form).destination
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
                    let fits: Bool = try await browser.run("return document.documentElement.scrollWidth <= innerWidth")
                    #expect(fits, "\(name) is wider than \(width)")
                    try await browser.photograph().write(to: folder.appending(path: "\(name)-\(width)-\(scheme).png"))
                }
            }
        }
    }
}
