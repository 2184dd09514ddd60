/// The desk, `/`: what runs now and the newest scripts.
struct HomePage: View {
    let frame: Frame
    /// `task video connection`
    let live: String
    /// What is not at rest, oldest first, and what waits for a person.
    let running: [TaskRow]
    /// What its reader is writing.
    var drafts: [DraftRow] = []
    /// The one that was just thrown away, with the way to take it back.
    var discarded: DraftRow? = nil
    /// What briefs were written about lately; none for who writes none.
    var products: [ProductRow] = []
    /// The newest, some six.
    let scripts: [ScriptRow]
    /// `2 videos are uploading`; empty for none.
    var videosUnderWay = ""
    /// No brief has been written yet: the page says what to do first.
    let isFirstRun: Bool

    static var fields: [Field<HomePage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .list("running") { $0.running },
            .flag("has_running") { !$0.running.isEmpty },
            .list("drafts") { $0.drafts },
            .flag("has_drafts") { !$0.drafts.isEmpty },
            .section("discarded") { $0.discarded },
            .list("products") { $0.products },
            .flag("has_products") { !$0.products.isEmpty },
            .list("scripts") { $0.scripts },
            .flag("has_scripts") { !$0.scripts.isEmpty },
            .text("videos_under_way") { $0.videosUnderWay },
            .flag("is_first_run") { $0.isFirstRun },
        ]
    }
}
