import Domain

/// The form with which videos are uploaded, `/videos/new`.
struct UploadPage: View {
    let frame: Frame
    /// Posts to `/videos/new`.
    let form: PostForm
    var mistakes: [FormMistake] = []
    /// Why it was not taken although nothing is wrong with it.
    var note: FormNote? = nil
    /// Whether the service can fetch a file from this app.
    var takesFiles = true
    /// `video_url`, one address a line; one error for each bad line.
    let urls: FormField
    /// `video_file`; one error for each bad file.
    var files = FormField(name: "video_file", value: "")
    /// `notice_acknowledged`; a value that is not empty is a ticked box.
    let notice: FormField

    static var fields: [Field<UploadPage>] {
        [
            .section("frame") { $0.frame },
            .section("form") { $0.form },
            .list("mistakes") { $0.mistakes },
            .section("note") { $0.note },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { $0.mistakes.count == 1 ? "One thing to mend" : "\($0.mistakes.count) things to mend" },
            .flag("takes_files") { $0.takesFiles },
            .section("urls") { $0.urls },
            .section("files") { $0.files },
            .text("most") { _ in MediaFile.limit.inMegabytes },
            .text("most_bytes") { _ in String(MediaFile.limit) },
            .section("notice") { $0.notice },
            .text("upload") { $0.upload },
        ]
    }

    private var upload: String {
        switch urls.filledLines {
        case 0: "Upload"
        case 1: "Upload 1 video"
        case let number: "Upload \(number) videos"
        }
    }
}
