/// One video, `/videos/ID`.
struct VideoPage: View {
    static let tasksShown = 50

    let frame: Frame
    /// `video 7`; empty at an end state.
    let live: String
    let video: VideoRow
    /// Somebody asked to see what stands at the address.
    var showsPreview = false
    /// Posts to `/videos/ID/rename`.
    let rename: PostForm?
    /// `name`
    let name: FormField
    /// Posts to `/videos/ID/again`; nil when there is nothing to repeat.
    var again: PostForm? = nil
    /// Posts to `/videos/ID/archive`, or to `/videos/ID/restore`.
    let archive: PostForm?
    /// The briefs that name it, newest first.
    var tasks: [TaskRow] = []
    /// Oldest first.
    let calls: [CallRow]

    static var fields: [Field<VideoPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .section("video") { $0.video },
            .flag("shows_preview") { $0.showsPreview },
            .section("rename") { $0.rename },
            .section("name_field") { $0.name },
            .section("again") { $0.again },
            .section("archive") { $0.archive },
            .list("tasks") { $0.tasks },
            .flag("has_tasks") { !$0.tasks.isEmpty },
            .list("calls") { $0.calls },
            .flag("has_calls") { !$0.calls.isEmpty },
        ]
    }
}
