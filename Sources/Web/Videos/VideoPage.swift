/// One video, `/videos/ID`.
struct VideoPage: View {
    let frame: Frame
    /// `video 7`; empty at an end state.
    let live: String
    let video: VideoRow
    /// Oldest first.
    let calls: [CallRow]

    static var fields: [Field<VideoPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .section("video") { $0.video },
            .list("calls") { $0.calls },
            .flag("has_calls") { !$0.calls.isEmpty },
        ]
    }
}
