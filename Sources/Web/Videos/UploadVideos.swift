import Domain
import HTTP
import Store

/// The form with the notice before it.
@Sendable func newVideos(_ context: Context) throws(Problem) -> Response {
    let page = context.uploadView(try context.desk(), urls: "", notice: "")
    return .html(.ok, context.site.pages.upload.render(page))
}

/// Addresses as they were typed become queued uploads, or the same page again with everything that is wrong.
@Sendable func submitVideos(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let desk = try context.desk()
    let site = context.site
    let typed = (form["video_url"] ?? "").withLineFeeds
    let notice = form["notice_acknowledged"] ?? ""
    let sent = form["submission_id"]
    guard let connection = desk.connection else {
        var page = context.uploadView(desk, urls: typed, notice: notice, submission: sent)
        page.note = FormNote(
            words: "Nothing is sent before you have said whose access token this is. What you typed is kept here.",
            address: "/connection", label: "Answer the question")
        return .html(.unprocessableContent, site.pages.upload.render(page))
    }

    var urls: [AssetURL] = []
    var mistakes: [String] = []
    for line in typed.filledLines {
        do throws(AssetURL.Mistake) {
            let url = try AssetURL(video: line)
            if !urls.contains(url) { urls.append(url) }
        } catch {
            mistakes.append(error.words(for: line, asset: "video"))
        }
    }
    if typed.filledLines.isEmpty { mistakes.append("Give the address of at least one video, one a line.") }
    if typed.filledLines.count > videosAtOnce {
        mistakes.append("At most \(videosAtOnce) videos at once; these are \(typed.filledLines.count).")
    }
    guard mistakes.isEmpty, let acknowledgement = Acknowledgement(checkbox: notice, address: context.request.peer) else {
        let page = context.uploadView(desk, urls: typed, notice: notice, mistakes: mistakes, submission: sent)
        return .html(.unprocessableContent, site.pages.upload.render(page))
    }

    let submission = VideoSubmission(
        id: SubmissionID(sent ?? "") ?? .new(), connection: connection.id, urls: urls, acknowledgement: acknowledgement,
        member: context.member.id)
    let now = context.now
    let again = context.uploadView(desk, urls: typed, notice: notice)
    return context.write { transaction throws(StoreError) in
        try transaction.submit(submission, now: now)
    } then: { result in
        var page = again
        switch result {
        case .success(.new), .success(.repeated):
            return .seeOther("/videos")
        case .success(.conflict(let first)):
            page.note = FormNote(
                words: "This form was sent before, with other addresses. What stands here now has not been sent: send it once more.",
                address: "/videos/\(first)", label: "See what was sent")
            return .html(.unprocessableContent, site.pages.upload.render(page))
        case .failure(let error):
            log("videos could not be saved: \(error)")
            page.note = FormNote(words: "This could not be saved, perhaps because the disk is full. Nothing was sent; try again.")
            return .html(.serviceUnavailable, site.pages.upload.render(page))
        }
    }
}

/// Far more than a brief can name.
private let videosAtOnce = 50

extension Context {
    fileprivate func uploadView(
        _ desk: Desk, urls: String, notice: String, mistakes: [String] = [], submission: String? = nil
    ) -> UploadPage {
        let wasSent = submission != nil || !mistakes.isEmpty
        let noticeMistakes =
            wasSent && Acknowledgement(checkbox: notice, address: "") == nil
            ? ["Read the notice and confirm it: nothing is uploaded without."] : []
        return UploadPage(
            frame: frame("Upload videos", .videos, desk),
            form: postForm("/videos/new", submission: submission),
            mistakes: noticeMistakes.map { FormMistake(field: "notice_acknowledged", message: $0) }
                + mistakes.map { FormMistake(field: "video_url", message: $0) },
            urls: FormField(name: "video_url", value: urls, errors: mistakes),
            notice: FormField(name: "notice_acknowledged", value: notice, errors: noticeMistakes))
    }
}
