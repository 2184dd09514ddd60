import Foundation
import Testing

/// What the browser knows of videos and images before anything is sent.
extension InTheBrowser {
    @Suite(.program) struct Assets {
        @Test func `files are dropped, watched on their way, and land in the library`() async throws {
            let folder = try ScratchFolder()
            let large = TinyVideo.mp4 + TinyVideo.box("free", [UInt8](repeating: 7, count: 3 << 20))
            let files = try folder.write([("dropped-large.mp4", large), ("dropped-small.mov", TinyVideo.mov)])
            let app = try Program.shared
            try await Browser.open { browser in
                try await browser.go(to: app.url("/videos/new"))
                try await browser.drop(files, on: "[data-drop]")
                let queued = "[data-queue] li"
                _ = try await eventually("both files are looked at") {
                    try await browser.all("\(queued)[data-seen=yes]").count == 2 ? true : nil
                }
                let words = try await browser.text(browser.one(queued))
                #expect(words.contains("dropped-large.mp4") && words.contains("0:24 · 9:16 · 144 × 256 · 3.1 MB"))
                #expect(try await browser.text(browser.one("[data-upload=video_url]")) == "Upload 2 videos")

                // Without the notice nothing leaves.
                try await browser.submit(formOf: "video_file")
                #expect(try await browser.text(browser.one("#notice_acknowledged-said")).contains("confirm"))
                #expect(try await app.client.states(of: "dropped-large.mp4") == [])

                try await browser.choose("notice_acknowledged")
                try await browser.slowDown(toBytesASecond: 1 << 20)
                try await browser.submit(formOf: "video_file")
                var values: [Double] = []
                _ = try await eventually("the bar moves", every: .milliseconds(100)) {
                    let value: Double? = try await browser.run("return document.querySelector('progress:not([hidden])')?.value ?? null")
                    if let value, value > 0, value < 1 { values.append(value) }
                    return values.count >= 3 ? true : nil
                }
                #expect(values == values.sorted() && Set(values).count > 1, "\(values)")
                _ = try await eventually("the library is shown") { try await browser.path == "/videos" ? true : nil }
                for name in ["dropped-large.mp4", "dropped-small.mov"] {
                    _ = try await eventually("\(name) is ready") { try await app.client.states(of: name) == ["ready"] ? true : nil }
                }
            }
            #expect(try await app.client.get(app.client.media(of: "dropped-large.mp4")).body == large)
        }

        @Test func `a file that the server refuses says why, and the others have gone`() async throws {
            let folder = try ScratchFolder()
            let files = try folder.write([("good-one.mp4", TinyVideo.mp4), ("bad-one.mp4", Array("only text".utf8))])
            let app = try Program.shared
            try await Browser.open { browser in
                try await browser.go(to: app.url("/videos/new"))
                try await browser.drop(files, on: "[data-drop]")
                try await browser.choose("notice_acknowledged")
                try await browser.submit(formOf: "video_file")
                let said = try await browser.text(browser.one("[data-sent=failed]"))
                #expect(said.contains("bad-one.mp4") && said.contains("is text, whatever its name says"))
                #expect(try await browser.text(browser.one("[data-sent=done]")).contains("good-one.mp4"))
                #expect(try await browser.path == "/videos/new")
                #expect(try await browser.text(browser.one("[data-upload=video_url]")) == "Upload 1 video")
                // Sent again, the good one is not sent twice.
                try await browser.submit(formOf: "video_file")
                _ = try await eventually("the answer is the same") { try await browser.all("[data-sent=failed]").count == 1 ? true : nil }
            }
            #expect(try await app.client.states(of: "good-one.mp4").count == 1)
            #expect(try await app.client.states(of: "bad-one.mp4") == [])
        }

        @Test func `without JavaScript the form sends its files by itself`() async throws {
            let folder = try ScratchFolder()
            let files = try folder.write([("plain-one.mp4", TinyVideo.mp4), ("plain-two.avi", TinyVideo.avi)])
            let app = try Program.shared
            try await Browser.open(javaScript: false) { browser in
                try await browser.go(to: app.url("/videos/new"))
                // A file control takes paths, one a line (WebDriver, Element Send Keys).
                try await browser.type(files.joined(separator: "\n"), into: browser.one("[name=video_file]"))
                try await browser.choose("notice_acknowledged")
                try await browser.submit(formOf: "video_file")
                _ = try await eventually("the library is shown") { try await browser.path == "/videos" ? true : nil }
            }
            for name in ["plain-one.mp4", "plain-two.avi"] {
                _ = try await eventually("\(name) is ready") { try await app.client.states(of: name) == ["ready"] ? true : nil }
            }
        }

        @Test func `an address is looked at while it is typed, and what is wrong is said before it is sent`() async throws {
            let app = try Program.shared
            let square = TinyVideo.movie(brand: "isom", across: 8, up: 6, seconds: 90)
            try await app.client.upload([UploadedFile(name: "odd-shape.mp4", content: square)])
            let address = app.url(try await app.client.media(of: "odd-shape.mp4"))
            try await Browser.open { browser in
                try await browser.go(to: app.url("/videos/new"))
                try await browser.fill(
                    "video_url", "\(address)\nhttps://cdn.example.com/two words.mp4\nlamp.mp4\n\(app.url("/media/none/none.mp4"))")
                let rows = "[data-previews=video_url] > li"
                _ = try await browser.one("\(rows)[data-seen=yes]")
                _ = try await browser.one("\(rows)[data-seen=no]")
                let words = try await browser.texts(rows)
                #expect(words[0].contains("1:30 · 1.33:1 · 128 × 96"))
                #expect(words[0].contains("9:16, 16:9 and 1:1") && words[0].contains("15 to 60 seconds"))
                #expect(words[1].contains("Use https://cdn.example.com/two%20words.mp4"))
                #expect(words[2].contains("Not a web address"))
                #expect(words[3].contains("Does not play here"))
                try await browser.click(browser.one("\(rows) button"))
                let typed = try await browser.property("value", of: browser.one("#video_url"))
                #expect(typed?.contains("two%20words.mp4") == true)

                // What was measured goes along and stands in the library.
                try await browser.fill("video_url", "\(address)?again")
                _ = try await browser.one("\(rows)[data-seen=yes]:only-child")
                try await browser.choose("notice_acknowledged")
                try await browser.submit(formOf: "video_url")
                _ = try await eventually("the library is shown") { try await browser.path == "/videos" ? true : nil }
                let newest = try await browser.texts(".rows.videos > li")[0]
                #expect(newest.contains("1:30 · 1.33:1 · 128 × 96"), "\(newest)")
            }
        }

        @Test func `an image of a brief that does not load is marked before it is sent`() async throws {
            let app = try Program.shared
            try await Browser.open { browser in
                try await browser.go(to: app.url("/tasks/new"))
                try await browser.fill("media_list.image_url_list", "\(app.url("/public/favicon.svg"))\n\(app.url("/public/none.png"))")
                let rows = "[data-previews] > li"
                _ = try await browser.one("\(rows)[data-seen=yes]")
                _ = try await browser.one("\(rows)[data-seen=no]")
                let words = try await browser.texts(rows)
                #expect(words.count == 2 && !words[0].contains("Does not load"))
                #expect(words[1].contains("none.png") && words[1].contains("leave this image out"))
            }
        }

        @Test func `only forms, and what somebody asks to see, load from elsewhere`() async throws {
            let client = try Program.shared.client
            try await client.upload(["https://cdn.example.com:8443/seen-elsewhere.mp4"])
            let (path, _) = try await client.video("seen-elsewhere.mp4")
            for (page, media) in [
                ("/videos/new", "media-src 'self' blob: http: https:;"), ("/tasks/new", "media-src 'self' blob: http: https:;"),
                ("/videos", "media-src 'self';"), ("/", "media-src 'self';"), (path, "media-src 'self';"),
                (path + "?preview=1", "media-src 'self' https://cdn.example.com:8443;"),
            ] {
                let answer = try await client.get(page)
                #expect(answer["Content-Security-Policy"]?.contains(media) == true, "\(page)")
                #expect(answer["Content-Security-Policy"]?.contains("script-src 'self';") == true)
                #expect(answer["Referrer-Policy"] == "same-origin")
            }
            #expect(try await client.get(path).page.root.first { $0.name == "video" } == nil)
            #expect(
                try await client.get(path + "?preview=1").page.root.first { $0.name == "video" }?["src"]?.contains("seen-elsewhere") == true
            )
        }
    }
}

extension ScratchFolder {
    /// - Returns: the paths, in the same order.
    fileprivate func write(_ files: [(name: String, content: [UInt8])]) throws -> [String] {
        try files.map { name, content in
            let file = url.appending(path: name)
            try Data(content).write(to: file)
            return file.path
        }
    }
}

extension Browser {
    /// Lets files fall on an element, as from the desktop.
    fileprivate func drop(_ files: [String], on css: String) async throws {
        _ = try await one(css)
        let place: [Double] = try await run(
            "const box = document.querySelector(\"\(css)\"); box.scrollIntoView({block: 'center'}); const r = box.getBoundingClientRect();"
                + "return [r.left + r.width / 2, r.top + r.height / 2]")
        for type in ["dragEnter", "dragOver", "drop"] {
            let data: JSON = ["items": [], "files": .list(files.map { .text($0) }), "dragOperationsMask": 1]
            let event: JSON = ["type": .text(type), "x": .number(Int(place[0])), "y": .number(Int(place[1])), "data": data]
            let _: Nothing = try await command("Input.dispatchDragEvent", event)
        }
    }

    fileprivate func slowDown(toBytesASecond speed: Int) async throws {
        let _: Nothing = try await command("Network.enable")
        let conditions: JSON = ["offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": .number(speed)]
        let _: Nothing = try await command("Network.emulateNetworkConditions", conditions)
    }

    fileprivate func texts(_ css: String) async throws -> [String] {
        var texts: [String] = []
        for found in try await all(css) { texts.append(try await text(found)) }
        return texts
    }
}
