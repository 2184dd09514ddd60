import Domain
import HTTP
import Store

/// What is shown instead of a page: what happened, in plain words, and what a person can do next.
struct ErrorPage: View {
    let frame: Frame
    /// `404`
    let status: String
    let title: String
    let words: String
    /// The way on.
    let link: Link
    /// What support may ask for; empty for none.
    var reference = ""

    struct Link: View {
        let address: String
        let label: String

        static var fields: [Field<Link>] {
            [
                .text("address") { $0.address },
                .text("label") { $0.label },
            ]
        }
    }

    static var fields: [Field<ErrorPage>] {
        [
            .section("frame") { $0.frame },
            .text("status") { $0.status },
            .text("title") { $0.title },
            .text("words") { $0.words },
            .section("link") { $0.link },
            .text("reference") { $0.reference },
        ]
    }
}

extension StoreError {
    /// 507 where room has to be made, else 503: the app itself is well, and the same request may succeed later.
    var status: Status {
        switch cause {
        case .diskFull: .insufficientStorage
        case .locked, .readOnly, .damaged, .other: .serviceUnavailable
        }
    }

    /// What a person can do. Whatever was asked for has not been done.
    var advice: (title: String, words: String) {
        switch cause {
        case .diskFull:
            ("The disk is full", "Nothing was changed. Make room on the disk that holds the data folder, go back and send it again.")
        case .locked:
            (
                "Another program holds the database",
                "Nothing was changed. It may be a backup or a database viewer; when it has finished, go back and send it again."
            )
        case .readOnly:
            (
                "The data folder can't be written",
                "Nothing was changed. Whoever runs this app has to make the folder writable again; then go back and send it again."
            )
        case .damaged:
            ("The database is damaged", "Nothing is written any more. Whoever runs this app has to restore a backup.")
        case .other:
            ("Busy for a moment", "Nothing was changed. Wait a few seconds, then go back and try again.")
        }
    }
}

extension Site {
    /// What a change that could not be saved is answered with.
    func page(for error: StoreError) -> Response {
        log("a change could not be saved", at: now(), [("error", "\(error)")])
        let (title, words) = error.advice
        let frame = Frame(
            title: title, place: .elsewhere, assets: assets, connection: nil, attention: attention, offersNewBrief: false,
            reader: .unknown)
        let view = ErrorPage(
            frame: frame, status: String(error.status.code), title: title, words: words,
            link: ErrorPage.Link(address: "/", label: "To the desk"))
        return .html(error.status, pages.error.render(view))
    }

    /// Where somebody was first, and the like: known on the writer's thread, which has no read connection.
    func page(_ status: Status) -> Response {
        let (title, words) = ErrorPage.words(for: status.code)
        let frame = Frame(
            title: title, place: .elsewhere, assets: assets, connection: nil, attention: attention, offersNewBrief: false,
            reader: .unknown)
        let view = ErrorPage(
            frame: frame, status: String(status.code), title: title, words: words,
            link: ErrorPage.Link(address: "/", label: "To the desk"))
        return .html(status, pages.error.render(view))
    }

    /// What every page has to say, whatever the connection does.
    var attention: Attention? {
        writer.damage == nil ? nil : .damage
    }
}

extension ErrorPage {
    static let videoTooLarge = (
        title: "That is too large",
        words: "A video may have at most \(MediaFile.limit.inMegabytes), and so may several that are sent together. "
            + "Nothing was kept. Go back and choose a smaller file; 10 MB are better not exceeded anyway."
    )

    /// What a page says of a status: its title and a sentence.
    /// - Parameter status: any number; what is not known is worded by its class.
    static func words(for status: Int) -> (title: String, words: String) {
        switch status {
        case 400: ("This request can't be read", "The browser sent something this app does not understand. Go back and try once more.")
        case 403:
            (
                "This form can't be taken",
                "It did not come from a page of this app, or the page was open since before you signed in. "
                    + "Go back, reload the page and send it again."
            )
        case 404: ("There is no such page", "The address may be mistyped, or what stood here belongs to another installation.")
        case 405: ("That can't be done here", "This page exists, but not for this kind of request.")
        case 408: ("That took too long", "The request did not arrive whole. Go back and send it again.")
        case 409: ("Someone was first", "What you asked for has happened or is no longer possible. Look at the page as it is now.")
        case 413: ("That is too much at once", "The form is larger than this app takes. Go back and shorten it.")
        case 421: ("This is not the address of this app", "Open it by the address that was printed when it started.")
        case 411: ("This request can't be read", "It does not say how long it is. Go back and send it with a browser.")
        case 507:
            (
                "The disk of this app is full", "What you sent could not be kept, and nothing was changed. Make room, then send it again."
            )
        case 503: ("Busy for a moment", "Nothing was changed. Wait a few seconds, then go back and try again.")
        case 400..<500: ("This request can't be answered", "Go back and try once more.")
        default: ("Something went wrong in here", "It is our mistake and was noted in the log. What you had sent before is safe.")
        }
    }
}
