/// All videos, newest first, `/videos`.
struct VideosPage: View {
    let frame: Frame
    /// `video`, on the first page; empty on older ones.
    let live: String
    let videos: [VideoRow]
    /// What was looked for.
    var words = ""
    /// Of the filter: an empty value for any, then `queued` to `rejected`.
    var states: [FormField.Option] = []
    var showsArchived = false
    /// Not all videos are asked for.
    var isFiltered = false
    var pager = Pager()

    static var fields: [Field<VideosPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .list("videos") { $0.videos },
            .flag("has_videos") { !$0.videos.isEmpty },
            .text("words") { $0.words },
            .list("states") { $0.states },
            .flag("shows_archived") { $0.showsArchived },
            .flag("is_filtered") { $0.isFiltered },
            .section("pager") { $0.pager },
        ]
    }
}

/// A video in a list.
struct VideoRow: View {
    let id: String
    /// What people call it by: at first the end of its address or the name of the file.
    let fileName: String
    /// Of a file the path under which the service fetches it.
    var url: String
    /// The word for `data-state`.
    let state: String
    /// `queued`, `uploading`, `ready`, `failed`, `rejected by the service`
    let stateWords: String
    let member: String
    let added: Moment
    /// The service's id; empty before it has one.
    var remoteID = ""
    /// Why it cannot be used, in plain words; empty otherwise. The next three belong to it.
    var reason = ""
    var code = ""
    /// The service's own words.
    var message = ""
    var requestID = ""
    /// `sandbox` or a live connection's name, when it is not the current one; empty otherwise.
    var otherConnection = ""
    /// `0:24 · 9:16 · 1080 × 1920 · 3.2 MB`; empty when nothing is known.
    var facts = ""
    /// What the service may not take, or what gives worse scripts.
    var warnings: [String] = []
    /// Where this app shows it; empty when it has only the address.
    var preview = ""
    /// Of a file: the service may still fetch it.
    var isOpen = false
    /// `in 2 briefs`; empty for none.
    var uses = ""
    var isArchived = false

    static var fields: [Field<VideoRow>] {
        [
            .text("id") { $0.id },
            .text("file_name") { $0.fileName },
            .text("url") { $0.url },
            .text("state") { $0.state },
            .text("state_words") { $0.stateWords },
            .text("member") { $0.member },
            .section("added") { $0.added },
            .text("remote_id") { $0.remoteID },
            .text("reason") { $0.reason },
            .text("code") { $0.code },
            .text("message") { $0.message },
            .text("request_id") { $0.requestID },
            .flag("has_details") { !($0.code + $0.message + $0.requestID).isEmpty },
            .text("other_connection") { $0.otherConnection },
            .text("facts") { $0.facts },
            .texts("warnings") { $0.warnings },
            .flag("has_warnings") { !$0.warnings.isEmpty },
            .text("preview") { $0.preview },
            .flag("is_open") { $0.isOpen },
            .text("uses") { $0.uses },
            .flag("is_archived") { $0.isArchived },
        ]
    }
}
