import Domain
import Testing

@testable import Web

/// The templates of the package, bound to their views.
enum Bound {
    static let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()

    static func pages() throws -> Pages {
        try Pages(TemplateLibrary(folder: root + "/Templates"))
    }

    /// Every page with the data of a team, by a name for messages.
    static func all() throws -> [(name: String, markup: Markup)] {
        let pages = try pages()
        let tasks = Sample.taskPages.map { ($0.state, pages.task.render($0.page)) }
        let others = [
            ("home", pages.home.render(Sample.homePage())), ("first run", pages.home.render(Sample.homePage(isFirstRun: true))),
            ("tasks", pages.tasks.render(Sample.tasksPage())), ("no tasks", pages.tasks.render(Sample.tasksPage([]))),
            ("brief", pages.brief.render(Sample.briefPage())), ("prompt", pages.brief.render(Sample.briefPage(source: "CUSTOM"))),
            ("mistakes", pages.brief.render(Sample.briefPage(mistakes: Sample.mistakes, warning: "Shorter is better."))),
            ("preset refused", pages.brief.render(Sample.briefPage(presets: Sample.chooser("Our voice")))),
            ("presets", pages.presets.render(Sample.presetsPage())),
            ("no presets", pages.presets.render(Sample.presetsPage(isEmpty: true))),
            ("presets to read", pages.presets.render(Sample.presetsPage(mayChange: false))),
            ("scripts", pages.scripts.render(try Sample.scriptsPage())), ("no scripts", pages.scripts.render(try Sample.scriptsPage([]))),
            (
                "filtered",
                pages.scripts.render(try Sample.scriptsPage([], Sample.query, mistakes: [QueryMistake(field: "to", message: "No day.")]))
            ),
            ("script", pages.script.render(Sample.scriptPage())),
            ("edit", pages.edit.render(Sample.editPage)), ("versions", pages.versions.render(Sample.versionsPage)),
            ("tags", pages.tags.render(Sample.tagsPage)), ("trash", pages.trash.render(Sample.trashPage)),
            ("prompter", pages.prompter.render(Sample.prompterPage)),
            ("print", pages.print.render(PrintPage(frame: Sample.frame("Shooting sheet", .scripts, offersNewBrief: false), sheets: []))),
            ("videos", pages.videos.render(Sample.videosPage())), ("no videos", pages.videos.render(Sample.videosPage([]))),
            ("video", pages.video.render(Sample.videoPage())),
            ("upload", pages.upload.render(Sample.uploadPage("lamp.mp4", errors: ["This is not a web address."]))),
            ("sandbox", pages.connection.render(Sample.sandboxPage)), ("live", pages.connection.render(Sample.livePage)),
            ("activity", pages.activity.render(Sample.activityPage())), ("no activity", pages.activity.render(Sample.activityPage([]))),
            (
                "style",
                pages.style.render(
                    StylePage(frame: Sample.frame("Style", .elsewhere, offersNewBrief: false), form: Sample.form("/style")))
            ),
            ("error", pages.error.render(Sample.errorPage(404))),
            ("sign-in", pages.signIn.render(Sample.signInPage())), ("join", pages.join.render(Sample.joinPage())),
            ("new password", pages.join.render(Sample.joinPage(asksForName: false))),
            ("members", pages.members.render(Sample.membersPage())),
            ("no members", pages.members.render(Sample.membersPage(isFirst: true))),
            ("account", pages.account.render(Sample.accountPage())), ("audit", pages.audit.render(Sample.auditPage())),
            ("empty audit", pages.audit.render(Sample.auditPage([]))),
        ]
        return (tasks + others).map { ($0.0, Markup($0.1)) }
    }
}

@Suite struct `Every page` {
    let pages: [(name: String, markup: Markup)]

    init() throws {
        pages = try Bound.all()
    }

    @Test func `is well formed, with one main and one heading of the first rank`() {
        for (name, markup) in pages {
            #expect(markup.problems == [], "\(name)")
            #expect(markup.all("main").count == 1, "\(name)")
            #expect(markup.all("h1").count == 1, "\(name)")
            // Pictures have titles of their own.
            #expect(markup.all("title").count { tag in !tag.path.contains { markup.tags[$0].name == "svg" } } == 1, "\(name)")
        }
    }

    @Test func `gives each id once, and refers only to ids that exist`() {
        for (name, markup) in pages {
            let ids = markup.values("id")
            #expect(Set(ids).count == ids.count, "\(name)")
            let named = ["for", "aria-labelledby", "aria-describedby", "list", "data-copy", "data-copy-text", "data-counter", "form"]
                .flatMap(markup.values)
            let linked = markup.values("href").filter { $0.hasPrefix("#") }.map { $0.dropFirst() }
            let references = (named.flatMap { $0.split(separator: " ") } + linked).map(String.init)
            #expect(Set(references).subtracting(ids) == [], "\(name)")
        }
    }

    @Test func `runs no script and wears no style but the app's own files`() {
        for (name, markup) in pages {
            let own = [Sample.assets.script, Sample.assets.brief, Sample.assets.previews, Sample.assets.uploads]
            #expect(
                markup.all("script").allSatisfy { $0.attributes["type"] == "module" && own.contains($0.attributes["src"] ?? "") }, "\(name)"
            )
            #expect(markup.values("src").first == Sample.assets.script, "\(name)")
            #expect(markup.all("style").isEmpty && markup.values("style").isEmpty, "\(name)")
            #expect(markup.tags.allSatisfy { tag in tag.attributes.keys.allSatisfy { !$0.hasPrefix("on") } }, "\(name)")
        }
    }

    @Test func `has the form's key and a submission in every form that changes something`() {
        for (name, markup) in pages {
            for (index, form) in markup.tags.enumerated() where form.name == "form" && form.attributes["role"] != "search" {
                let names = markup.inside(index).compactMap { $0.attributes["name"] }
                if form.attributes["method"] == "get" {
                    // A search changes nothing, and its address is shared.
                    #expect(!names.contains("csrf_token") && !names.contains("submission_id"), "\(name)")
                    continue
                }
                #expect(form.attributes["method"] == "post" && form.attributes["action"]?.hasPrefix("/") == true, "\(name)")
                #expect(names.count { $0 == "csrf_token" } == 1 && names.count { $0 == "submission_id" } == 1, "\(name)")
            }
        }
    }

    @Test func `has one primary action at most`() {
        for (name, markup) in pages where name != "upload" {
            #expect(markup.values("class").count { $0.contains("primary") } == 1, "\(name)")
        }
    }

    @Test func `shows each button to people without JavaScript, but for those that need it`() {
        for (name, markup) in pages {
            for button in markup.all("button") where button.attributes["hidden"] != nil {
                let needsJavaScript = [
                    "data-copy", "data-copy-text", "data-print", "data-prompt", "data-notify", "data-shortcuts", "data-held",
                ]
                #expect(needsJavaScript.contains { button.attributes[$0] != nil }, "\(name)")
            }
        }
    }

    @Test func `weighs 60 kB at most with all it needs`() throws {
        func size(_ file: String) throws -> Int {
            try ServedText.bytes(of: file, in: Bound.root + "/Public").count
        }
        // The page that shows the style itself is for who works on it.
        for (name, markup) in pages where name != "style" {
            let named = Set((markup.values("src") + markup.values("href")).filter { $0.hasPrefix("/public/") && !$0.contains("#") })
            #expect(named.count >= 3, "\(name)")
            var files = try size("icons.svg")
            for file in named { files += try size(String(file.dropFirst("/public/".count))) }
            // What the others import.
            if markup.text.contains("data-live") || markup.text.contains("class=\"star\"") { files += try size("live.js") }
            if markup.text.contains("data-counts") || markup.text.contains("id=\"sort\"") { files += try size("library.js") }
            if named.contains(Sample.assets.previews) || named.contains(Sample.assets.uploads) { files += try size("media.js") }
            #expect(markup.text.utf8.count < 20_000, "\(name)")
            #expect(markup.text.utf8.count + files < 60_000, "\(name): \(markup.text.utf8.count) + \(files)")
        }
    }

    @Test func `of a list with fifty rows stays small`() throws {
        let pages = try Bound.pages()
        let tasks = Array(repeating: Sample.taskRows, count: 10).flatMap { $0 }
        let scripts = Array(repeating: Sample.scriptRows, count: 25).flatMap { $0 }
        let videos = Array(repeating: Sample.videoRows, count: 13).flatMap { $0 }.prefix(50)
        #expect(pages.tasks.render(Sample.tasksPage(tasks)).count < 30_000)
        #expect(pages.scripts.render(try Sample.scriptsPage(scripts)).count < 32_000)
        #expect(pages.videos.render(Sample.videosPage(Array(videos))).count < 35_000)
    }
}

@Suite struct `What was typed or written` {
    private static let hostile = #"</textarea></script><script>alert(1)</script>"><img src=x onerror='alert(2)'>&amp;"#

    @Test func `stays text, wherever it stands`() throws {
        let hostile = Self.hostile
        let pages = try Bound.pages()
        let card = ScriptCard(
            id: "1", position: "1 of 1", title: hostile, paragraphs: [hostile], languageTag: "en", words: "1 word", spoken: .about("1 s"),
            isSample: false)
        let row = TaskRow(
            id: "1", title: hostile, state: "failed", stateWords: "failed", source: "Product", language: "English", member: hostile,
            asked: Sample.time, scripts: "0 of 4", otherConnection: hostile)
        let script = ScriptRow(
            id: "1", title: Marked(hostile, marking: ["script"]),
            beginning: .excerpt(of: hostile, marking: ["alert"], count: 200), languageTag: "en", language: "English",
            taskID: "1",
            taskTitle: hostile, delivered: Sample.time, isSample: false, tags: [hostile])
        let video = VideoRow(
            id: "1", fileName: hostile, url: hostile, state: "failed", stateWords: "failed", member: hostile, added: Sample.time,
            reason: hostile, code: "1", message: hostile, requestID: hostile)
        let failed = TaskProgress.failed(wasSent: true, words: hostile, code: "1", message: hostile, requestID: hostile, Sample.past)
        let mistake = FormMistake(field: "product_info.name", message: hostile)
        let rendered = [
            pages.task.render(Sample.taskPage("failed", failed, scripts: [card], title: hostile)),
            pages.script.render(Sample.scriptPage(card)), pages.tasks.render(Sample.tasksPage([row])),
            pages.scripts.render(try Sample.scriptsPage([script])), pages.videos.render(Sample.videosPage([video])),
            pages.video.render(Sample.videoPage(video)),
            pages.brief.render(Sample.briefPage(name: hostile, mistakes: [mistake])),
            pages.brief.render(Sample.briefPage(presets: Sample.chooser(hostile))), pages.presets.render(Sample.presetsPage(hostile)),
            pages.upload.render(Sample.uploadPage(hostile, errors: [hostile])),
            pages.signIn.render(Sample.signInPage(email: hostile)), pages.join.render(Sample.joinPage(name: hostile)),
            pages.members.render(Sample.membersPage(name: hostile)), pages.account.render(Sample.accountPage(name: hostile)),
            pages.audit.render(Sample.auditPage([Sample.auditRow(hostile)])),
        ]
        for page in rendered {
            let markup = Markup(page)
            #expect(markup.problems == [])
            #expect(markup.all("script").allSatisfy { $0.attributes["type"] == "module" } && markup.all("img").isEmpty)
            #expect(markup.text.contains("&lt;img src=x onerror=&#39;alert(2)&#39;&gt;&amp;amp;"))
        }
    }

    @Test func `is in the form again, with its first empty line`() throws {
        let page = Markup(try Bound.pages().upload.render(Sample.uploadPage("\nlamp.mp4", errors: ["No."])))
        // HTML drops one line feed after the tag.
        #expect(page.text.contains(">\n\nlamp.mp4</textarea>"))
    }
}
