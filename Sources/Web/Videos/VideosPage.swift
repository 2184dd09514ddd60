/// All videos, newest first, `/videos`.
struct VideosPage: View {
    let frame: Frame
    /// `video`, on the first page; empty on older ones.
    let live: String
    let videos: [VideoRow]
    var pager = Pager()

    static var fields: [Field<VideosPage>] {
        [
            .section("frame") { $0.frame },
            .text("live") { $0.live },
            .list("videos") { $0.videos },
            .flag("has_videos") { !$0.videos.isEmpty },
            .section("pager") { $0.pager },
        ]
    }
}

/// A video in a list.
struct VideoRow: View {
    let id: String
    /// The end of its address.
    let fileName: String
    let url: String
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
        ]
    }
}
