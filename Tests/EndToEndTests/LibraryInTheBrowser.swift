import Testing

extension InTheBrowser {
    /// What JavaScript adds to the library.
    @Suite(.program) struct OfTheLibrary {
        @Test func `the keyboard moves between the scripts of a task and stars them, and the page stays`() async throws {
            try await Browser.open { browser in
                let client = try Program.shared.client
                let task = try await client.askForScripts()
                let scripts = try await client.wait(for: "succeeded", at: task).scripts
                try await browser.go(to: Program.shared.url(task))
                _ = try await browser.run("window.sameDocument = true", as: Bool?.self)
                try await press("ArrowRight", in: browser)
                try await press("ArrowRight", in: browser)
                let focused: String = try await browser.run("return document.activeElement.id")
                #expect(focused == "script-\(scripts[1].dropFirst("/scripts/".count))")
                try await press("s", in: browser)
                _ = try await eventually("the second script is starred") {
                    let page = try await browser.page
                    return page.element(id: focused)?.text.contains("★ starred") == true ? true : nil
                }
                #expect(try await browser.run("return window.sameDocument === true"))
                #expect(try await browser.run("return document.activeElement.id", as: String.self) == focused)
                #expect(try await client.get("/scripts?starred=1&task=\(task.dropFirst("/tasks/".count))").text.contains("★ starred"))
                let heights: [Int] = try await browser.run(
                    "return [...document.querySelectorAll('#scripts > article')].map((paper) => paper.offsetHeight)")
                let tops: [Int] = try await browser.run(
                    "return [...document.querySelectorAll('#scripts > article')].map((paper) => paper.offsetTop)")
                // Those that stand side by side are of one height.
                for (top, row) in Dictionary(grouping: zip(tops, heights), by: \.0) { #expect(Set(row.map(\.1)).count == 1, "at \(top)") }
            }
        }

        @Test func `counts load by themselves beside the filters`() async throws {
            try await Browser.open { browser in
                let client = try Program.shared.client
                _ = try await client.wait(for: "succeeded", at: client.askForScripts())
                try await browser.go(to: Program.shared.url("/scripts?q=trail"))
                _ = try await eventually("the counts are there") {
                    let page = try await browser.page
                    let option = page.root.first { $0.name == "option" && $0["value"] == "en" }
                    let all = page.root.first { $0["data-count"] == "all" }
                    return option?.text.contains(/English \([0-9,]+\+?\)/) == true && all?.text.contains("script") == true ? true : nil
                }
                let products: [String] = try await browser.run(
                    "return [...document.querySelectorAll('#known-product option')].map((option) => option.value)")
                #expect(products.contains("Trail Lamp 300"))
            }
        }

        @Test(arguments: [true, false])
        func `Enter in a field for the chosen scripts does what stands there`(javaScript: Bool) async throws {
            try await Browser.open(javaScript: javaScript) { browser in
                let client = try Program.shared.client
                let task = try await client.askForScripts()
                let id = try await client.wait(for: "succeeded", at: task).scripts[0].dropFirst("/scripts/".count)
                let enter = "\u{E007}", tag = javaScript ? "scripted" : "plain"
                for (field, text, shown) in [("sort-tag", tag, tag), ("sort-comment", "on brand", "In review")] {
                    try await browser.go(to: Program.shared.url("/scripts?task=\(task.dropFirst("/tasks/".count))"))
                    try await browser.click(browser.one("input[name=script][value='\(id)']"))
                    try await browser.click(browser.one(".sorting summary"))
                    if field == "sort-comment" { try await browser.click(browser.one("#sort-approval option[value=review]")) }
                    try await browser.type(text + enter, into: browser.one("#\(field)"))
                    let row = try await eventually("\(shown) stands at the script") {
                        let row = try await browser.page.element(id: "script-\(id)")
                        return row?.text.contains(shown) == true ? row : nil
                    }
                    #expect(!row.text.contains("★"))
                }
            }
        }

        @Test func `the teleprompter rolls, changes its speed and is mirrored`() async throws {
            try await Browser.open { browser in
                let client = try Program.shared.client
                let script = try await client.wait(for: "succeeded", at: client.askForScripts()).scripts[0]
                try await browser.go(to: Program.shared.url(script + "/prompter"))
                let top = "return document.querySelector('.prompter-text').scrollTop"
                #expect(try await browser.run(top, as: Double.self) == 0)
                try await press(" ", in: browser)
                _ = try await eventually("the text rolls") { try await browser.run(top, as: Double.self) > 5 ? true : nil }
                try await press(" ", in: browser)
                let rate: String = try await browser.run("return document.querySelector('[data-prompt=rate]').textContent")
                try await press("ArrowUp", in: browser)
                #expect(try await browser.run("return document.querySelector('[data-prompt=rate]').textContent", as: String.self) != rate)
                try await press("m", in: browser)
                #expect(try await browser.run("return document.querySelector('.prompter-text').classList.contains('mirrored')"))
            }
        }

        private func press(_ key: String, in browser: Browser) async throws {
            _ = try await browser.run(
                "(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key: '\(key)', bubbles: true, cancelable: true }))",
                as: Bool?.self)
        }
    }
}
