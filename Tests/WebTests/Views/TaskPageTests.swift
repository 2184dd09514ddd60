import Domain
import Testing

@testable import Web

@Suite struct `A task's page` {
    @Test func `exists for every state and says it where programs look`() throws {
        #expect(Set(Sample.taskPages.map(\.state)) == Set(TaskState.Name.allCases.map(\.rawValue)))
        let pages = try Bound.pages()
        for (state, page) in Sample.taskPages {
            #expect(Markup(pages.task.render(page)).main?.attributes["data-state"] == state)
        }
    }

    @Test func `listens and loads itself again only while something moves`() throws {
        let pages = try Bound.pages()
        for (state, page) in Sample.taskPages {
            let markup = Markup(pages.task.render(page))
            let moves = ["waiting", "queued", "sending", "running"].contains(state)
            #expect((markup.main?.attributes["data-live"] == "task 42 connection") == moves, "\(state)")
            #expect(markup.text.contains(#"<noscript><meta http-equiv="refresh" content="3"></noscript>"#) == moves, "\(state)")
        }
    }

    @Test func `has its scripts, and only them, in the element of that name`() throws {
        let pages = try Bound.pages()
        for (state, page) in Sample.taskPages {
            let markup = Markup(pages.task.render(page))
            let index = try #require(markup.find(id: "scripts"))
            let links = markup.inside(index).compactMap { $0.attributes["href"] }
            #expect(links == page.scripts.map { "/scripts/\($0.id)" }, "\(state)")
            let articles = markup.inside(index).filter { $0.path.last == index }
            #expect(articles.allSatisfy { $0.name == "article" } && articles.count == page.scripts.count, "\(state)")
            #expect(markup.values("href").count { $0.wholeMatch(of: /\/scripts\/[0-9]+/) != nil } == page.scripts.count, "\(state)")
        }
    }

    @Test func `shows a dashed page for each script to come`() throws {
        let page = try Bound.pages().task.render(Sample.taskPages[3].page)
        let text = Markup(page).text
        #expect(text.contains("Script 3 is being written") && text.contains("Script 4 is being written"))
    }

    @Test func `marks one step, and says how it broke off where it did`() throws {
        let pages = try Bound.pages()
        for (state, page) in Sample.taskPages {
            let markup = Markup(pages.task.render(page))
            let current = markup.all("li").count { $0.attributes["aria-current"] == "step" }
            let broken = markup.all("li").count { $0.attributes["class"] == "broken" }
            switch state {
            case "waiting", "queued", "sending", "running": #expect((current, broken) == (1, 0), "\(state)")
            case "succeeded": #expect((current, broken) == (0, 0), "\(state)")
            default: #expect((current, broken) == (0, 1), "\(state)")
            }
        }
    }

    @Test func `offers what the state allows, with the words for it`() throws {
        let pages = try Bound.pages()
        func actions(_ state: String) -> [String] {
            Sample.taskPages.filter { $0.state == state }.flatMap { Markup(pages.task.render($0.page)).values("action") }
                .filter { $0 != "/scripts/sort" }
        }
        #expect(actions("queued") == ["/tasks/42/cancel"])
        #expect(actions("running") == ["/tasks/42/close"])
        #expect(actions("unconfirmed") == ["/tasks/42/adopt", "/tasks/42/search", "/tasks/42/resend"])
        #expect(actions("stalled") == ["/tasks/42/poll", "/tasks/42/close"])
        #expect(actions("succeeded") == [])
        let closable = Markup(pages.task.render(Sample.taskPages[4].page)).text
        #expect(closable.contains(#"Nothing new since <time datetime="2026-11-23T10:14:22Z" data-style="minute">10:14 UTC</time>"#))
    }

    @Test func `keeps code, message and request of a failure in the details`() throws {
        let page = try #require(Sample.taskPages.first { $0.state == "failed" })
        let text = Markup(try Bound.pages().task.render(page.page)).text
        #expect(text.contains("40053") && text.contains("Invalid video id: v1") && text.contains("2026112310142201234567890123456"))
    }

    @Test func `says the language of each script, and that a sample is one`() throws {
        let page = Markup(try Bound.pages().task.render(Sample.taskPages[3].page))
        #expect(page.values("lang").count { $0 == "de" } == 2)
        #expect(page.text.contains("<span>sample<span class=\"more\">, not written by TikTok</span></span>"))
        #expect(page.values("data-sample") == ["sample, not written by TikTok", "sample, not written by TikTok"])
    }
}

@Suite struct `Words of views` {
    @Test func `a time stands in UTC until the browser knows better`() {
        #expect(Moment("2026-11-03T04:05:06Z").utc == "3 Nov 2026, 04:05 UTC")
        #expect(Moment("2026-11-03T04:05:06Z", .clock).utc == "04:05:06 UTC")
        #expect(Moment("2026-11-03T04:05:06Z", .minute).utc == "04:05 UTC")
        #expect(Moment("2026-11-03T04:05:06Z", .list).utc == "2026-11-03 04:05Z")
        #expect(Moment("soon").utc == "soon")
        #expect(Moment("2026-13-03T04:05:06Z").utc == "2026-13-03T04:05:06Z")
    }

    @Test func `paragraphs are what empty lines separate`() {
        #expect(ScriptCard.paragraphs(of: "One\ntwo\n\n \nthree\n") == ["One\ntwo", "three"])
        #expect(ScriptCard.paragraphs(of: "\n\n") == [])
    }

    @Test(arguments: [400, 403, 404, 405, 408, 409, 413, 418, 421, 500, 503]) func `every error says what to do`(status: Int) {
        let (title, words) = ErrorPage.words(for: status)
        #expect(!title.isEmpty && words.hasSuffix("."))
    }
}
