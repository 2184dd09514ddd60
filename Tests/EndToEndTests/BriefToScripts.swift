import Testing

/// The main job: from the empty form to the scripts on the page.
extension InTheBrowser {
    @Suite(.program) struct BriefToScripts {
        @Test func `with JavaScript the page follows its task without loading again, and rests at the end`() async throws {
            try await Browser.open { browser in
                try await write(in: browser)
                let task = try await browser.path
                _ = try await browser.run("window.sameDocument = true", as: Bool?.self)
                let page = try await succeeded(in: browser)
                #expect(page.scripts.count == 3)
                #expect(try await browser.run("return window.sameDocument === true"))
                try await expectRest(of: browser, at: task)

                let script = try await browser.one("#scripts a[href='\(page.scripts[0])']")
                try await browser.click(script)
                _ = try await eventually("the script's own page") { try await browser.path == page.scripts[0] ? true : nil }
                let text = try await browser.page.main?.text ?? ""
                #expect(text.contains("Trail Lamp 300"))
                #expect(text.contains("sample, not written by TikTok"))
            }
        }

        @Test func `without JavaScript the page loads itself again until the end`() async throws {
            try await Browser.open(javaScript: false) { browser in
                try await write(in: browser)
                let task = try await browser.path
                #expect(try await browser.page.refreshes)
                let page = try await succeeded(in: browser)
                #expect(page.scripts.count == 3)
                try await expectRest(of: browser, at: task)
            }
        }

        private func write(in browser: Browser) async throws {
            try await browser.go(to: Program.shared.url("/"))
            try await browser.go(to: Program.shared.url("/tasks/new"))
            try await browser.choose("script_source", "PRODUCT")
            for name in ["name", "brand", "price", "description", "selling_points"].map({ "product_info." + $0 }) {
                try await browser.fill(name, Sample.product[name] ?? "")
            }
            try await browser.fill("media_list.image_url_list", Sample.image)
            try await browser.fill("script_generation_count", "3")
            try await browser.choose("notice_acknowledged")
            try await browser.submit(formOf: "script_source")
            _ = try await eventually("the task's page", within: .seconds(20)) {
                try await browser.path.wholeMatch(of: /\/tasks\/[0-9]+/) != nil ? true : nil
            }
        }

        private func succeeded(in browser: Browser) async throws -> Page {
            try await eventually("the scripts are on the page", every: .milliseconds(250)) {
                let page = try await browser.page
                return page.state == "succeeded" ? page : nil
            }
        }

        /// No refresh is ordered, and none happens: neither the page nor a script asks the server for anything any more.
        private func expectRest(of browser: Browser, at task: String) async throws {
            #expect(try await Program.shared.client.get(task).page.refreshes == false)
            // What the last change set off may still be under way.
            try await Task.sleep(for: .seconds(1))
            _ = try await browser.networkEvents()
            // Longer than any refresh waits.
            try await Task.sleep(for: .seconds(6))
            let events = try await browser.networkEvents()
            #expect(events.filter { $0.contains("Network.requestWillBeSent\"") } == [])
        }
    }
}
