import Testing

/// What a page tells while one waits, and what the keys do.
extension InTheBrowser {
    @Suite(.program) struct Waiting {
        @Test func `nothing on the page moves when scripts arrive, and the tab tells by title and icon`() async throws {
            try await Browser.open { browser in
                try await browser.show(width: 1280, scheme: .light)
                let task = try await Program.shared.client.askForScripts()
                try await browser.go(to: Program.shared.url(task))
                _ = try await browser.run(
                    """
                    window.shifts = [];
                    new PerformanceObserver((list) => {
                      for (const { value, sources } of list.getEntries()) shifts.push(`${value} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80))}`);
                    }).observe({ type: 'layout-shift', buffered: true });
                    document.querySelector('.title .button').focus();
                    """, as: Bool?.self)
                let icon = "return document.querySelector('link[rel=icon]').href"
                #expect(try await browser.run(icon, as: String.self).contains("favicon-working"))
                let first: Double = try await browser.run("return document.querySelector('.line').value")
                let page = try await eventually("the scripts are here", every: .milliseconds(200)) {
                    let page = try await browser.page
                    return page.state == "succeeded" ? page : nil
                }
                #expect(page.title?.hasPrefix("✓ ") == true)
                #expect(try await browser.run(icon, as: String.self).contains("favicon-done"))
                #expect(first < 100)
                #expect(try await browser.run("return document.querySelector('.line').value", as: Double.self) == 100)
                #expect(try await browser.run("return document.activeElement.matches('.title .button')"), "the focus stays")
                #expect(try await browser.run("return shifts", as: [String].self) == [])
            }
        }

        @Test func `a script that comes into a list waits until it is asked for, and nothing moves`() async throws {
            try await Browser.open { browser in
                let client = try Program.shared.client
                _ = try await client.wait(for: "succeeded", at: client.askForScripts())
                try await browser.show(width: 1280, scheme: .light)
                for (path, list) in [("/scripts", "results"), ("/", "newest-scripts")] {
                    try await browser.go(to: Program.shared.url(path))
                    _ = try await browser.run(
                        """
                        window.moved = 0;
                        new PerformanceObserver((list) => { for (const { value } of list.getEntries()) moved += value; })
                          .observe({ type: 'layout-shift' });
                        """, as: Bool?.self)
                    let after = "return [...document.getElementById('\(list)').children].map(({ id }) => id)"
                    let before: [String] = try await browser.run(after)
                    let scripts = try await client.wait(for: "succeeded", at: client.askForScripts()).scripts
                    let button = try await eventually("the button") {
                        try await browser.all("[data-held]:not([hidden])").first
                    }
                    #expect(try await browser.run(after, as: [String].self) == before)
                    // On the desk, the task itself comes into the list of those that are under way.
                    if path == "/scripts" { #expect(try await browser.run("return moved", as: Double.self) == 0) }
                    // The last ones may come after it.
                    _ = try await eventually("all are told of") {
                        try await browser.text(button) == "Show \(scripts.count) new scripts" ? true : nil
                    }
                    try await browser.click(button)
                    _ = try await eventually("they are shown") {
                        try await browser.run(after, as: [String].self).contains("script-\(scripts[0].dropFirst("/scripts/".count))")
                            ? true : nil
                    }
                }
            }
        }

        @Test(arguments: [1280, 390])
        func `a task that ends leaves the desk, and what stands below it stays where it is`(width: Int) async throws {
            try await Browser.open { browser in
                let app = try await Program(.serve(["--pace", "3"]))
                let first = try await app.client.askForScripts()
                _ = try await app.client.wait(for: "succeeded", at: first)
                let second = try await app.client.askForScripts()
                try await browser.show(width: width, scheme: .light)
                try await browser.go(to: app.url("/"))
                let top = "return document.getElementById('newest').getBoundingClientRect().top"
                let row = "[data-task='\(second.dropFirst("/tasks/".count))']"
                #expect(try await browser.all(row).count == 1)
                let before: Double = try await browser.run(top)
                _ = try await eventually("the task has left") { try await browser.all(row).isEmpty ? true : nil }
                // The newer page that it left with is not the last one: those after it keep the room, too.
                _ = try await eventually("its scripts are told of") { try await browser.all("[data-held]:not([hidden])").first }
                #expect(try await browser.run(top, as: Double.self) == before)
                let turned = "window.dispatchEvent(new Event('resize')); "
                #expect(try await browser.run(turned + top, as: Double.self) == before, "a phone's window changes its height")
                try await browser.show(width: 900, scheme: .light)
                _ = try await eventually("another width has another room") {
                    try await browser.run("return document.querySelector('[data-room]').style.minHeight", as: String.self) == ""
                        ? true : nil
                }
            }
        }

        @Test func `the next brief says how long it takes, by those before`() async throws {
            let client = try Program.shared.client
            for _ in 0..<3 { _ = try await client.wait(for: "succeeded", at: client.askForScripts()) }
            let next = try await client.askForScripts()
            let text = try await client.get(next).page.main?.text ?? ""
            #expect(text.contains("by the last ones") || text.contains("after it is sent"))
            #expect(text.contains("You can leave this page"))
        }

        @Test func `the keys search, begin a brief and show themselves, until they are switched off`() async throws {
            try await Browser.open { browser in
                try await browser.go(to: Program.shared.url("/"))
                try await browser.press("?")
                _ = try await browser.one("dialog[open]")
                #expect(try await browser.text(browser.one("dialog")).contains("new brief"))
                try await browser.press("Escape")
                _ = try await eventually("it is closed") { try await browser.all("dialog[open]").isEmpty ? true : nil }

                try await browser.press("/")
                _ = try await eventually("the search") {
                    try await browser.run("return location.pathname === '/scripts' && document.activeElement.id === 'q'") ? true : nil
                }
                // What is typed is typed.
                try await browser.press("n")
                #expect(try await browser.run("return document.activeElement.value", as: String.self) == "n")

                try await browser.go(to: Program.shared.url("/tasks"))
                try await browser.press("n")
                _ = try await eventually("the new brief") { try await browser.path == "/tasks/new" ? true : nil }

                try await browser.go(to: Program.shared.url("/tasks"))
                try await browser.press("?")
                try await browser.click(browser.one("dialog input[type=checkbox]"))
                try await browser.click(browser.one("dialog button"))
                try await browser.press("n")
                try await Task.sleep(for: .milliseconds(500))
                #expect(try await browser.path == "/tasks")
            }
        }

        @Test func `a price is written as the script's language does, and a time says how long ago`() async throws {
            try await Browser.open { browser in
                let client = try Program.shared.client
                let task = try await client.askForScripts()
                try await browser.go(to: Program.shared.url(task))
                let written: String = try await browser.run("return document.querySelector('data[data-currency]').textContent")
                let sent = try await client.get(task).page.root.first { $0.name == "data" }?.text
                #expect(sent == "39.90 EUR")
                #expect(written == "€39.90", "the brief is in English")
                #expect(
                    try await browser.run("return document.querySelector('.sub time').textContent", as: String.self).contains("just now"))
                #expect(try await !browser.run("return document.querySelector('.sub time').title", as: String.self).isEmpty)
            }
        }
    }
}
