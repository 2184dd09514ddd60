import Domain
import HTTP
import Store

/// The form with the notice before its controls.
@Sendable func newVideos(_ context: Context) throws(Problem) -> Response {
    let desk = try context.desk()
    let page = UploadPage(
        frame: context.frame("Upload videos", .videos, desk), form: context.postForm("/videos/new"),
        takesFiles: context.site.takesFiles, urls: FormField(name: "video_url", value: ""),
        files: FormField(name: "video_file", value: ""), notice: FormField(name: "notice_acknowledged", value: ""))
    return context.site.uploadPage(page)
}

/// What the loop knows of an upload, before the rest goes on elsewhere.
@Sendable func receiveVideos(_ context: Context) throws(Problem) -> VideoReception {
    let desk = try context.desk()
    return VideoReception(
        site: context.site, connection: desk.connection?.id, frame: context.frame("Upload videos", .videos, desk),
        form: context.postForm("/videos/new"), peer: context.request.peer, now: context.now, member: context.member.id)
}

extension Site {
    /// It shows what stands under addresses that were typed, so this page alone may load them.
    func uploadPage(_ page: UploadPage, _ status: Status = .ok) -> Response {
        Response.html(status, pages.upload.render(page)).withForeignMedia
    }
}

/// Addresses and files of a form become queued uploads, or the same page again with everything that is wrong. It reads and writes whole
/// videos, so it runs off the loop.
struct VideoReception: Sendable {
    /// Far more than a brief can name.
    private static let videosAtOnce = 50

    let site: Site
    /// Nil while nobody has said whose token this is.
    let connection: Connection.ID?
    let frame: Frame
    let form: PostForm
    let peer: String
    let now: Timestamp
    let member: Member.ID

    /// - Parameter respond: called once.
    func receive(_ sent: UploadForm, _ respond: @escaping @Sendable (Response) -> Void) {
        var reading = Reading(sent, site: site)
        let acknowledgement = Acknowledgement(checkbox: reading.notice, address: peer)
        guard let connection else {
            let note = FormNote(
                words: "Nothing is sent before you have said whose access token this is. What you typed is kept here.",
                address: "/connection", label: "Answer the question")
            return respond(page(reading, note: note))
        }
        if reading.named == 0 { reading.urlMistakes.append("Give the address of at least one video, one a line.") }
        if reading.named > Self.videosAtOnce {
            reading.urlMistakes.append("At most \(Self.videosAtOnce) videos at once; these are \(reading.named).")
        }
        guard let acknowledgement, reading.isSound else { return respond(page(reading)) }

        var videos = reading.urls
        var keys: [String] = []
        do throws(MediaFolder.Failure) {
            for file in reading.files {
                let key = try site.media.keep(file.content)
                keys.append(key)
                let media = MediaFile(
                    key: key, name: MediaFile.name(for: file.name, format: file.inspection.format), format: file.inspection.format,
                    size: file.content.count)
                videos.append(NewVideo(source: .file(media), name: file.name, facts: file.inspection.facts))
            }
        } catch {
            keys.forEach(site.media.remove)
            return respond(page(reading, note: Self.note(error), .insufficientStorage))
        }
        let submission = VideoSubmission(
            id: reading.submission ?? .new(), connection: connection, videos: videos, acknowledgement: acknowledgement, member: member)
        site.writer.submit { [now] transaction throws(StoreError) in
            try transaction.submit(submission, now: now)
        } completion: { [reading, keys] result in
            respond(answer(result, reading, keys))
        }
    }

    private func answer(_ result: Result<Submitted<Video.ID>, StoreError>, _ reading: Reading, _ keys: [String]) -> Response {
        switch result {
        case .success(.new):
            return .seeOther("/videos")
        case .success(.repeated):
            keys.forEach(site.media.remove)
            return .seeOther("/videos")
        case .success(.conflict(let first)):
            keys.forEach(site.media.remove)
            let note = FormNote(
                words: "This form was sent before, with other videos. What stands here now has not been sent: send it once more.",
                address: "/videos/\(first)", label: "See what was sent")
            return page(reading, note: note, submission: form.submission)
        case .failure(let error):
            keys.forEach(site.media.remove)
            log("videos could not be saved", at: site.now(), [("error", "\(error)")])
            let (title, words) = error.advice
            return page(reading, note: FormNote(words: "\(title). Nothing was sent; the addresses are kept here. \(words)"), error.status)
        }
    }

    private static func note(_ failure: MediaFolder.Failure) -> FormNote {
        switch failure {
        case .full:
            FormNote(
                words: "The disk of this app is full, so the file could not be kept. Nothing was sent. Make room, then upload it again.")
        case .broken:
            FormNote(words: "The file could not be written to the disk of this app. Nothing was sent; try again.")
        }
    }

    /// - Parameter submission: nil for the one that the form came with, so that it is sent under it once more.
    private func page(
        _ reading: Reading, note: FormNote? = nil, _ status: Status = .unprocessableContent, submission: String? = nil
    ) -> Response {
        let isConfirmed = Acknowledgement(checkbox: reading.notice, address: peer) != nil
        let noticeMistakes = isConfirmed ? [] : ["Read the notice and confirm it: nothing is uploaded without."]
        let again = reading.files.isEmpty && reading.fileMistakes.isEmpty ? [] : ["Choose the files again: a browser does not keep them."]
        let page = UploadPage(
            frame: frame,
            form: PostForm(
                action: form.action, token: form.token, submission: submission ?? reading.submission?.rawValue ?? form.submission),
            mistakes: noticeMistakes.map { FormMistake(field: "notice_acknowledged", message: $0) }
                + reading.fileMistakes.map { FormMistake(field: "video_file", message: $0) }
                + reading.urlMistakes.map { FormMistake(field: "video_url", message: $0) },
            note: note, takesFiles: site.takesFiles,
            urls: FormField(name: "video_url", value: reading.typed, errors: reading.urlMistakes),
            files: FormField(name: "video_file", value: "", errors: reading.fileMistakes, warnings: again),
            notice: FormField(name: "notice_acknowledged", value: isConfirmed ? "yes" : "", errors: noticeMistakes))
        return site.uploadPage(page, status)
    }
}

/// A form as it was read: what is sound in it, and what is not.
private struct Reading: Sendable {
    struct File: Sendable {
        let content: UploadForm.File
        let name: String
        let inspection: VideoInspection
    }

    let typed: String
    let notice: String
    let submission: SubmissionID?
    private(set) var urls: [NewVideo] = []
    private(set) var files: [File] = []
    var urlMistakes: [String] = []
    private(set) var fileMistakes: [String] = []
    /// Lines and files, right or wrong.
    let named: Int

    var isSound: Bool { urlMistakes.isEmpty && fileMistakes.isEmpty }

    init(_ form: UploadForm, site: Site) {
        typed = (form.fields["video_url"] ?? "").withLineFeeds
        notice = form.fields["notice_acknowledged"] ?? ""
        submission = SubmissionID(form.fields["submission_id"] ?? "")
        // A file control that was left alone sends a part without a name.
        let sent = form.files.filter { $0.name == "video_file" && !($0.filename.isEmpty && $0.count == 0) }
        named = typed.filledLines.count + sent.count
        readAddresses(measured: form.fields["video_measured"] ?? "")
        if !site.takesFiles, !sent.isEmpty {
            fileMistakes = ["Files cannot be uploaded before the service can reach this app: see below what to set."]
            return
        }
        for file in sent {
            let name = Video.name(ofFile: file.filename)
            do throws(VideoInspection.Mistake) {
                let inspection = try VideoInspection(size: file.count) { file.read($0, at: $1) }
                files.append(File(content: file, name: name, inspection: inspection))
            } catch {
                fileMistakes.append(error.words(for: name, size: file.count))
            }
        }
    }

    /// - Parameter measured: lines of `WIDTH HEIGHT MILLISECONDS ADDRESS`, what the browser saw.
    private mutating func readAddresses(measured: String) {
        var facts: [Substring: VideoFacts] = [:]
        for line in measured.withLineFeeds.split(separator: "\n").prefix(200) {
            guard let space = line.lastIndex(of: " ") else { continue }
            facts[line[line.index(after: space)...]] = VideoFacts(measured: line[..<space])
        }
        var seen: Set<AssetURL> = []
        for line in typed.filledLines {
            do throws(AssetURL.Mistake) {
                let url = try AssetURL(video: line)
                if seen.insert(url).inserted {
                    urls.append(NewVideo(source: .url(url), facts: facts[Substring(url.text)] ?? VideoFacts()))
                }
            } catch {
                urlMistakes.append(error.words(for: line, asset: "video"))
            }
        }
    }
}
