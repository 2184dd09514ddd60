/// What every page shows around its own part: the header with its navigation and the connection, and the line under it when a person is
/// needed.
struct Frame: View {
    /// The entry of the navigation that is current; a page about one task belongs to `tasks`.
    enum Place: Sendable {
        case desk, tasks, scripts, videos, activity, team, account, elsewhere
    }

    /// What a tab shows before ` · Scriptorium`, state first, since a narrow tab cuts the end: `2 of 4 · Trail Lamp 300`.
    let title: String
    let place: Place
    let assets: Assets
    /// Nil when it cannot be told, as on the page of an error inside.
    let connection: ConnectionBadge?
    /// A person is needed before calls go on.
    var attention: Attention? = nil
    /// The primary button of the header. A page has one primary action, so the brief form leaves it out.
    var offersNewBrief = true
    /// Something is under way: without JavaScript the page loads itself again.
    var refreshes = false
    /// What the icon of a tab in the background tells.
    var signal = Signal.none
    /// How much had happened when the page was made; empty where nothing is followed.
    var stand = ""
    /// Nil before somebody has signed in: such a page tells nothing of what is inside.
    var reader: Reader? = Reader(name: "", isAdmin: true)

    /// What became of what the page follows.
    enum Signal: Sendable {
        case none, working, done, trouble
    }

    /// Who reads the page.
    struct Reader: Sendable {
        /// Empty where no sign-in is asked.
        let name: String
        let isAdmin: Bool
        /// Who only reads is offered nothing that the server would refuse.
        var isWriter = true

        /// Where it is not known who that is: nothing is offered that may be refused.
        static let unknown = Reader(name: "", isAdmin: false, isWriter: false)
    }

    static var fields: [Field<Frame>] {
        [
            .text("title") { $0.title },
            .text("stylesheet") { $0.assets.stylesheet },
            .text("library_stylesheet") { $0.place == .scripts ? $0.assets.library : "" },
            .text("papers") { $0.assets.papers },
            .text("office") { $0.assets.office },
            .text("script") { $0.assets.script },
            .text("previews") { $0.assets.previews },
            .text("brief_script") { $0.assets.brief },
            .text("uploads") { $0.assets.uploads },
            .text("icons") { $0.assets.icons },
            .text("favicon") { $0.assets.favicon($0.signal) },
            .flag("at_desk") { $0.place == .desk },
            .flag("at_tasks") { $0.place == .tasks },
            .flag("at_scripts") { $0.place == .scripts },
            .flag("at_videos") { $0.place == .videos },
            .flag("at_team") { $0.place == .team },
            .flag("at_account") { $0.place == .account },
            .flag("is_inside") { $0.reader != nil },
            .flag("is_admin") { $0.reader?.isAdmin == true },
            .flag("is_writer") { $0.reader?.isWriter == true },
            .text("reader") { $0.reader?.name ?? "" },
            .flag("at_activity") { $0.place == .activity },
            .section("connection") { $0.connection },
            .section("attention") { $0.attention },
            .flag("offers_new_brief") { $0.offersNewBrief },
            .flag("refreshes") { $0.refreshes },
            .text("stand") { $0.stand },
            .flag("explains_sandbox") { $0.place == .desk && $0.connection?.isSandbox == true },
        ]
    }
}

/// Addresses of the files of `Public`, with their fingerprints.
struct Assets: Sendable {
    /// `scriptorium.css`
    let stylesheet: String
    /// `library.css`, for the pages of scripts.
    let library: String
    /// `papers.css`, for the desk and a task.
    var papers = ""
    /// `office.css`, for those of briefs, videos, the team and the connection.
    var office = ""
    /// `scriptorium.js`
    let script: String
    /// `brief.js`, which keeps the draft.
    var brief = ""
    /// `previews.js` and `uploads.js`, for the forms that name assets.
    var previews = ""
    var uploads = ""
    /// `specimen.css`, for the page that shows the style itself.
    var specimen = ""
    /// `icons.svg`, the sprite.
    let icons: String
    /// `favicon.svg`, and its kin by what they tell.
    let favicon: String
    var favicons: [Frame.Signal: String] = [:]

    func favicon(_ signal: Frame.Signal) -> String { favicons[signal] ?? favicon }
}

extension Assets {
    init(_ files: StaticFiles) {
        self.init(
            stylesheet: files.url("scriptorium.css"), library: files.url("library.css"), papers: files.url("papers.css"),
            office: files.url("office.css"),
            script: files.url("scriptorium.js"),
            brief: files.url("brief.js"), previews: files.url("previews.js"), uploads: files.url("uploads.js"),
            specimen: files.url("specimen.css"),
            icons: files.url("icons.svg"), favicon: files.url("favicon.svg"),
            favicons: [
                .working: files.url("favicon-working.svg"), .done: files.url("favicon-done.svg"),
                .trouble: files.url("favicon-trouble.svg"),
            ])
    }
}

/// The connection in the header; the words link to `/connection`.
struct ConnectionBadge: View {
    /// `Sandbox`, or `Live · NAME`.
    let name: String
    let isSandbox: Bool
    /// `2 calls left this minute`, `next call in 40 s`, `calls have stopped`.
    let calls: String

    static var fields: [Field<ConnectionBadge>] {
        [
            .text("name") { $0.name },
            .flag("is_sandbox") { $0.isSandbox },
            .text("calls") { $0.calls },
        ]
    }
}

/// Why nothing is sent until a person has done something, and what that is.
struct Attention: View {
    /// `Nothing is sent: the access token was revoked.`
    let reason: String
    /// `Connect again; the queue is kept.`
    let advice: String
    /// Where it is mended; empty when no page can.
    var address = "/connection"
    var label = "Go to the connection"

    static var fields: [Field<Attention>] {
        [
            .text("reason") { $0.reason },
            .text("advice") { $0.advice },
            .text("address") { $0.address },
            .text("label") { $0.label },
        ]
    }

    static let damage = Attention(
        reason: "The database is damaged.",
        advice: "Nothing is sent or written any more; what can be read is shown. Stop the app and run: scriptorium restore FILE",
        address: "")

    /// A token came that no connection knows.
    static let question = Attention(
        reason: "A new access token was given. Is it for the same developer app, or a new one?",
        advice: "Nothing is sent until you have said so.")
}

/// A form of one button: where it posts to and what every form carries.
struct PostForm: View {
    let action: String
    let token: String
    let submission: String

    static var fields: [Field<PostForm>] {
        [
            .text("action") { $0.action },
            .text("csrf_token") { $0.token },
            .text("submission_id") { $0.submission },
        ]
    }
}
