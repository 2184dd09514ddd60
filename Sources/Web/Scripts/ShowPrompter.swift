import Domain
import HTTP
import Store

/// A script to be read off the screen: full screen, at the speaker's speed, and mirrored for a glass before the lens.
@Sendable func showPrompter(_ context: Context) throws(Problem) -> Response {
    let (desk, record) = try context.scriptWithDesk()
    let text = record.script.text.withLineFeeds
    let spoken = SpokenWords.of(text)
    let isWhole = context.request.queryItems["all"] != nil || spoken.isBlank
    let page = PrompterPage(
        frame: context.frame("Teleprompter · \(record.script.title.beginning(50))", .scripts, desk, offersNewBrief: false),
        id: "\(record.script.id)", title: record.script.title, languageTag: record.language?.tag ?? "",
        paragraphs: ScriptCard.paragraphs(of: isWhole ? text : spoken),
        wordsPerMinute: "\((record.language ?? .english).wordsPerMinute)", words: "\((isWhole ? text : spoken).wordCount)", isWhole: isWhole
    )
    return .html(.ok, context.site.pages.prompter.render(page))
}

/// `/scripts/ID/prompter`; `?all=1` shows what is written for the eye as well.
struct PrompterPage: View {
    let frame: Frame
    let id: String
    let title: String
    let languageTag: String
    let paragraphs: [String]
    /// The language's speaking rate, from which the speed begins.
    let wordsPerMinute: String
    let words: String
    let isWhole: Bool

    static var fields: [Field<PrompterPage>] {
        [
            .section("frame") { $0.frame },
            .text("id") { $0.id },
            .text("title") { $0.title },
            .text("language_tag") { $0.languageTag },
            .texts("paragraphs") { $0.paragraphs },
            .text("words_per_minute") { $0.wordsPerMinute },
            .text("words") { $0.words },
            .flag("is_whole") { $0.isWhole },
        ]
    }
}
