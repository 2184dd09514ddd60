/// The desk, `/`: what runs now and the newest scripts.
struct HomePage: View {
    let frame: Frame
    /// `task video connection`
    let live: String
    /// What is not at rest, oldest first, and what waits for a person.
    let running: [TaskRow]
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
            .list("scripts") { $0.scripts },
            .flag("has_scripts") { !$0.scripts.isEmpty },
            .text("videos_under_way") { $0.videosUnderWay },
            .flag("is_first_run") { $0.isFirstRun },
        ]
    }
}
