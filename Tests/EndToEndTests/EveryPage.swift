import Foundation
import Testing

/// What is asked of each page alike, in a real browser.
extension InTheBrowser {
    @Suite(.programWithStyle) struct EveryPage {
        private let client: Client

        init() throws {
            client = try Program.shared.client
        }

        private func pages() async throws -> [(name: String, path: String)] {
            try await Tour.shared.pages + [("style", "/style")]
        }

        /// WCAG 2.2 AA, as far as axe-core can tell.
        @Test(.enabled(if: Surroundings.axe != nil, "SCRIPTORIUM_AXE names no axe.min.js"))
        func `has nothing that axe finds, in light and dark, wide and narrow`() async throws {
            let axe = try String(contentsOf: #require(Surroundings.axe), encoding: .utf8)
            let pages = try await pages()
            try await Browser.open { browser in
                for (width, scheme) in [(1280, Browser.Scheme.light), (360, .dark)] {
                    try await browser.show(width: width, scheme: scheme)
                    for (name, path) in pages {
                        try await browser.go(to: Program.shared.url(path))
                        try await browser.settle()
                        _ = try await browser.run(axe + ";return true", as: Bool.self)
                        let found: [String] = try await browser.runAsync(
                            """
                            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
                              .then(({ violations }) => done(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)))
                            """)
                        #expect(found == [], "\(name) at \(width), \(scheme)")
                    }
                }
            }
        }

        @Test func `fits every screen from 320 px to 4K, asks nobody but the app, and logs nothing`() async throws {
            let pages = try await pages()
            let own = try Program.shared.url("/")
            try await Browser.open { browser in
                for (name, path) in pages {
                    try await browser.go(to: Program.shared.url(path))
                    for width in [320, 640, 1280, 3840] {
                        try await browser.show(width: width, scheme: .light)
                        let over: [String] = try await browser.run(
                            """
                            const width = document.documentElement.clientWidth;
                            return document.documentElement.scrollWidth <= width ? [] : [...document.body.querySelectorAll('*')]
                              .filter((element) => element.getBoundingClientRect().right > width + 1).slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
                            """)
                        #expect(over == [], "\(name) at \(width)")
                    }
                    let requests = try await browser.networkEvents().compactMap { event in
                        event.contains("Network.requestWillBeSent\"") ? event.firstMatch(of: /"request":\{.*?"url":"([^"]*)"/)?.1 : nil
                    }
                    // Beside what the person named, for its preview.
                    let named = name == "brief-again" ? Sample.image : own
                    let foreign = requests.filter { !$0.hasPrefix(own) && !$0.hasPrefix("blob:") && !$0.hasPrefix("data:") && $0 != named }
                    #expect(foreign == [], "\(name)")
                }
                let complaints = try await browser.complaints()
                // The page that is not there says so with its status.
                #expect(complaints.filter { !$0.contains("/nowhere") && !$0.contains(Sample.image) } == [])
            }
        }

        @Test func `is wholly used by keyboard, and shows where one is`() async throws {
            let pages = try await pages()
            try await Browser.open { browser in
                try await browser.show(width: 1280, scheme: .light)
                for (name, path) in pages where name != "style" {
                    try await browser.go(to: Program.shared.url(path))
                    try await browser.settle()
                    // One of a group of radios is reached, the arrows do the rest; what is folded away is not reached until it is opened.
                    let wanted: Int = try await browser.run(
                        """
                        document.body.focus();
                        const radios = new Set();
                        return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
                          .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0)
                          .filter(({ type, name }) => type !== 'radio' || !radios.has(name) && radios.add(name)).length;
                        """)
                    var seen = Set<String>()
                    var unseen: [String] = []
                    for _ in 0..<(wanted + 10) {
                        try await browser.press("Tab")
                        let at: [String] = try await browser.run(
                            """
                            const at = document.activeElement;
                            // A video's own controls are the browser's.
                            if (at === document.body || at.matches('video')) return [];
                            at.dataset.reached ??= String(window.reached = (window.reached ?? 0) + 1);
                            // A radio of a row of segments hands its outline to the words over it.
                            const shown = [at, at.nextElementSibling].filter(Boolean).map((element) => getComputedStyle(element).outlineStyle);
                            return [at.dataset.reached, shown.some((style) => style !== 'none') ? '' : at.outerHTML.slice(0, 120)];
                            """)
                        guard at.count == 2 else { continue }
                        seen.insert(at[0])
                        if !at[1].isEmpty { unseen.append(at[1]) }
                    }
                    #expect(seen.count >= wanted, "\(name)")
                    #expect(unseen == [], "\(name)")
                }
            }
        }

        @Test func `comes back from print without what belongs to the screen`() async throws {
            let tour = try await Tour.shared
            try await Browser.open { browser in
                try await browser.go(to: Program.shared.url(tour.path("task")))
                try await browser.print(true)
                let shown: [String] = try await browser.run(
                    """
                    return ['.top', '.foot', '.steps', '.side', '.star', '.script'].filter((css) =>
                      [...document.querySelectorAll(css)].some((element) => element.checkVisibility()));
                    """)
                #expect(shown == [".script"])
            }
        }

        @Test(.enabled(if: Surroundings.nu != nil, "SCRIPTORIUM_NU names no vnu.jar"))
        func `passes the Nu HTML checker`() async throws {
            let folder = try ScratchFolder()
            for (name, path) in try await pages() {
                let html = try await client.get(path).body
                try Data(html).write(to: folder.url.appending(path: "\(name).html"))
            }
            let jar = try #require(Surroundings.nu)
            let checker = try ChildProcess(
                URL(filePath: "/usr/bin/env"),
                ["java", "-Xss1m", "-jar", jar.path, "--errors-only", "--skip-non-html", "--format", "text", folder.url.path],
                environment: ProcessInfo.processInfo.environment, output: folder.url)
            let end = try await checker.end(within: .seconds(120))
            #expect(end == .exited(0), "\(checker.errors)")
        }

        /// Chromium keeps what it understands of a style sheet and says nothing of the rest.
        @Test func `wears a style of which the browser understands each declaration`() async throws {
            try await Browser.open { browser in
                try await browser.go(to: Program.shared.url("/"))
                for sheet in ["scriptorium", "library", "papers", "office", "specimen"] {
                    let lost: [String] = try await browser.runAsync(
                        #"""
                        fetch('/public/\#(sheet).css').then((response) => response.text()).then((css) => {
                          const lost = [];
                          for (const [, selector, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
                            const name = selector.trim().split('\n').pop();
                            if (!name.startsWith('@') && !/^(from|to|\d+%)$/.test(name) && !name.includes('-moz-') && !CSS.supports(`selector(${name.split(',')[0]})`)) lost.push(name);
                            for (const part of body.split(';')) {
                              const [property, ...value] = part.split(':');
                              if (!property.trim() || name.includes('-moz-')) continue;
                              if (!CSS.supports(property.trim(), value.join(':').replace('!important', '').trim())) lost.push(`${name} {${part.trim()}}`);
                            }
                          }
                          done(lost);
                        })
                        """#)
                    // For Safari on a phone; others call it `text-size-adjust`.
                    #expect(lost.filter { !$0.contains("text-size-adjust") } == [], "\(sheet).css")
                }
            }
        }

        @Test func `weighs 60 kB at most at the first visit and 15 kB after, a list of fifty 30 kB`() async throws {
            let tour = try await Tour.shared
            let lists = ["tasks", "scripts", "search", "videos", "activity"]
            for (name, path) in tour.pages {
                try await Browser.open { browser in
                    try await browser.go(to: Program.shared.url(path))
                    try await browser.settle()
                    let first = try await browser.weight()
                    try await browser.go(to: Program.shared.url(path))
                    try await browser.settle()
                    let second = try await browser.weight()
                    #expect(first <= 60_000, "\(name) at the first visit: \(first)")
                    #expect(second <= (lists.contains(name) ? 30_000 : 15_000), "\(name) after: \(second)")
                }
            }
        }

        @Test func `paints its largest part within 200 ms`() async throws {
            let tour = try await Tour.shared
            try await Browser.open { browser in
                for name in ["home", "scripts", "task", "brief"] {
                    // Two cores carry the browser, the program and the tests: the quickest of some is what the page can do.
                    var times: [Double] = []
                    while times.count < 15, times.allSatisfy({ $0 >= 200 }) {
                        try await browser.go(to: Program.shared.url(tour.path(name)))
                        times.append(
                            try await browser.runAsync(
                                """
                                new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
                                  .observe({ type: 'largest-contentful-paint', buffered: true })
                                """))
                    }
                    #expect(times.contains { $0 < 200 }, "\(name): \(times) ms")
                }
            }
        }
    }
}

extension Browser {
    /// Until what the page loads by itself has come.
    fileprivate func settle() async throws {
        let _: Bool = try await runAsync(
            "document.readyState === 'complete' ? setTimeout(done, 150, true) : addEventListener('load', () => setTimeout(done, 150, true))"
        )
    }

    fileprivate func print(_ isOn: Bool) async throws {
        let _: Nothing = try await command("Emulation.setEmulatedMedia", ["media": .text(isOn ? "print" : "")])
    }

    /// Bytes that came over the network for this page, its styles and scripts and what they ask for; 304 and what is kept count as their heads alone.
    fileprivate func weight() async throws -> Int {
        try await run(
            """
            return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .filter(({ initiatorType }) => !['img', 'video'].includes(initiatorType)).reduce((sum, { transferSize }) => sum + transferSize, 0)
            """)
    }
}
