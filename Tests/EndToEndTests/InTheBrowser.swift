import Testing

/// All that needs Chromium, one window after the other: two cores carry no more.
@Suite(.serialized, .chromeDriver, .timeLimit(.minutes(3)))
struct InTheBrowser {
    private static let page = """
        data:text/html,<title>T</title><main data-state=off><form><label>n <input name=n value=old></label>\
        <label><input type=radio name=r value=a style='position:absolute;opacity:0;pointer-events:none'>A</label></form></main>\
        <script>document.querySelector('main').dataset.state='on'</script>
        """

    @Test(arguments: [true, false]) func `scripts run when they shall, and only then`(javaScript: Bool) async throws {
        try await Browser.open(javaScript: javaScript) { browser in
            try await browser.go(to: Self.page)
            #expect(try await browser.page.state == (javaScript ? "on" : "off"))
            try await browser.fill("n", "new")
            try await browser.choose("r", "a")
            #expect(try await browser.property("value", of: browser.one("[name=n]")) == "new")
        }
    }

    @Test func `a photograph shows the whole page in the size and colours asked for`() async throws {
        try await Browser.open { browser in
            try await browser.go(to: "data:text/html,<div style='height:2000px'>")
            try await browser.show(width: 390, scheme: .dark)
            let isDark: Bool = try await browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")
            #expect(isDark)
            let png = Array(try await browser.photograph())
            // PNG §11.2.2: width and height stand big-endian from byte 16 on.
            #expect(png[16..<20] == [0, 0, 1, 134])
            #expect(png[20..<24].suffix(2).reduce(0) { $0 * 256 + Int($1) } >= 2000)
        }
    }
}
