import Domain
import Store

@testable import Web

/// Pages with data as a team would see it.
enum Sample {
    static let assets = Assets(
        stylesheet: "/public/scriptorium.css", library: "/public/library.css", papers: "/public/papers.css", office: "/public/office.css",
        script: "/public/scriptorium.js",
        brief: "/public/brief.js", previews: "/public/previews.js",
        uploads: "/public/uploads.js", icons: "/public/icons.svg", favicon: "/public/favicon.svg")

    static func frame(
        _ title: String, _ place: Frame.Place, attention: Attention? = nil, offersNewBrief: Bool = true, refreshes: Bool = false
    ) -> Frame {
        Frame(
            title: title, place: place, assets: assets,
            connection: ConnectionBadge(name: "Sandbox", isSandbox: true, calls: "2 calls left this minute"),
            attention: attention, offersNewBrief: offersNewBrief, refreshes: refreshes)
    }

    static func form(_ action: String) -> PostForm {
        PostForm(action: action, token: "token-of-the-form", submission: "0f2e7d6c5b4a39281706f5e4d3c2b1a0")
    }

    static let time = Moment("2026-11-23T10:14:02Z")
}

// MARK: - Scripts

extension Sample {
    static let scripts = [
        ScriptCard(
            id: "7", position: "1 of 4", title: "Wenn der Weg im Dunkeln endet",
            paragraphs: [
                "Kennst du das? Der schönste Teil der Runde beginnt, und du siehst nichts mehr.",
                "Die Trail Lamp 300 wiegt 58 Gramm, leuchtet 30 Stunden und lädt über USB-C. Du vergisst, dass du sie trägst.",
                "Für 39,90 € im Shop. Lauf weiter.",
            ],
            languageTag: "de", words: "41 words", spoken: .fits("14 s spoken"), isSample: true),
        ScriptCard(
            id: "8", position: "2 of 4", title: "58 Gramm gegen die Nacht",
            paragraphs: [
                "Ein Brief wiegt mehr als diese Lampe.",
                "Und sie macht 300 Lumen daraus: genug für den Wald, den Regen und den Heimweg. Einmal laden, eine Woche laufen.",
                "Trail Lamp 300 von Northbeam. Jetzt ausprobieren.",
            ],
            languageTag: "de", words: "44 words", spoken: .over("17 s spoken, 2 over"), isSample: true),
        ScriptCard(
            id: "9", position: "3 of 4", title: "Noch eine Runde", paragraphs: ["Du wolltest längst umkehren.", "Jetzt siehst du, wohin."],
            languageTag: "de", words: "8 words", spoken: .fits("4 s spoken"), isSample: true),
        ScriptCard(
            id: "10", position: "4 of 4", title: "Was im Rucksack bleibt", paragraphs: ["Alles andere kann zu Hause bleiben."],
            languageTag: "de", words: "6 words", spoken: .about("3 s spoken"), isSample: false),
    ]
    static let firstScripts = Array(scripts.prefix(2))

    static func scriptPage(_ script: ScriptCard = scripts[0]) -> ScriptPage {
        ScriptPage(
            frame: frame(script.title, .scripts), script: script, taskID: "42", taskTitle: "Trail Lamp 300", language: "German",
            delivered: time, remoteID: "7391204488120337204", form: form("/scripts/sort"), noteForm: form("/scripts/7/notes"),
            approval: "In review", approvalWord: "review",
            nextApprovals: [FormField.Option(value: "approved", label: "Approve", isChosen: false)], tags: ["night run", "a & b"],
            notes: [NoteRow(Note(id: Note.ID(3), text: "Shorter, please.", member: "Mara", created: moment))],
            history: [
                HistoryRow(
                    SortingRecord(
                        id: Sorting.ID(4), kind: .tag, subject: "night run", comment: "", after: "1", member: "Mara", at: moment,
                        isUndone: false))
            ],
            versions: versions.map { VersionRow($0, isCurrent: $0.number == 2) },
            fragments: RequestFragment.all(for: String(repeating: "Walk on. ", count: 60)), spokenOnly: false, back: "/scripts/7",
            done: DoneView(words: "Done, for 1 script.", form: form("/scripts/undo"), sorting: "4"), isTrashed: false)
    }

    static let scriptRows = firstScripts.map { script in
        ScriptRow(
            id: script.id, title: Marked(script.title, marking: ["weg", "gramm"]),
            beginning: .excerpt(of: script.paragraphs.joined(separator: " "), marking: ["lampe"], count: 84),
            languageTag: script.languageTag,
            language: "German", taskID: "42", taskTitle: "Trail Lamp 300", delivered: time, isSample: script.isSample)
    }

    private static func sortable(_ row: ScriptRow) -> ScriptRow {
        var row = row
        (row.isChoosable, row.isSortable) = (true, true)
        return row
    }

    static func scriptsPage(
        _ rows: [ScriptRow] = scriptRows, _ query: ScriptQuery = ScriptQuery(), mistakes: [QueryMistake] = []
    ) throws -> ScriptsPage {
        ScriptsPage(
            frame: frame("Scripts", .scripts), live: "task",
            rows: try Bound.pages().scriptRows.render(ScriptRows(scripts: rows.map(sortable))),
            query: QueryView(query, mistakes: mistakes, authorName: "Mara"),
            form: form("/scripts/sort"), back: "/scripts",
            done: DoneView(words: "Done, for 2 scripts.", form: form("/scripts/undo"), sorting: "4"),
            pager: Pager(newer: "", older: "/scripts?before=7"))
    }
}

// MARK: - Tasks

extension Sample {
    static let calls = [
        CallRow(
            time: Moment("2026-11-23T10:14:02Z", .clock), call: "create", result: "OK", duration: "0.4 s", code: "0", message: "OK",
            requestID: "2026112310140201234567890123456"),
        CallRow(time: Moment("2026-11-23T10:14:07Z", .clock), call: "get", result: "no answer", isTrouble: true, duration: "15.0 s"),
        CallRow(
            time: Moment("2026-11-23T10:14:22Z", .clock), call: "get", result: "PARTIAL_SUCCESS", duration: "0.2 s", code: "0",
            message: "OK", requestID: "2026112310142201234567890123456"),
    ]

    static let brief = [
        BriefRow("Source", "Product"), BriefRow("Product", "Trail Lamp 300"), BriefRow("Brand", "Northbeam"),
        BriefRow("Price", "39.90 EUR"), BriefRow("About", "A head lamp for runners who are out after dusk."),
        BriefRow("Points", ["58 g light", "30 hours on one charge"]), BriefRow("Style", "Personal stories"),
        BriefRow("View", "From consumer"), BriefRow("Images", ["https://cdn.example.com/lamp.jpg"]),
        BriefRow("Videos", ["lamp-in-the-rain.mp4", "first-run.mov"]),
    ]

    static let past = TaskProgress.Known(queued: "waited 12 s for a free call", sent: "task 7391…204")

    static func taskPage(
        _ state: String, _ progress: TaskProgress, actions: [TaskAction] = [], search: SearchView? = nil, scripts: [ScriptCard] = [],
        toCome: Int = 0, attention: Attention? = nil, title: String = "Trail Lamp 300"
    ) -> TaskPage {
        let moves = ["waiting", "queued", "sending", "running"].contains(state)
        return TaskPage(
            frame: frame("2 of 4 · \(title)", .tasks, attention: attention, refreshes: moves), id: "42", state: state,
            live: moves ? "task 42 connection" : "", title: title,
            subtitle: "4 scripts in German, 15 seconds, Friendly · asked by Mara", asked: time, progress: progress, actions: actions,
            search: search, scripts: scripts, sorting: form("/scripts/sort"), scriptsToCome: toCome, written: scripts.count, brief: brief,
            calls: state == "queued" ? [] : calls)
    }

    /// One page for each state, by the word of the state.
    static let taskPages: [(state: String, page: TaskPage)] = [
        (
            "waiting",
            taskPage("waiting", .waiting(videos: "1 video is still uploading"), actions: [.cancel(form("/tasks/42/cancel"))], toCome: 4)
        ),
        (
            "queued",
            taskPage(
                "queued", .queued(place: "3 briefs are ahead", reason: "goes out in about 40 s"),
                actions: [.cancel(form("/tasks/42/cancel"))], toCome: 4,
                attention: Attention(reason: "Nothing is sent: the access token was revoked.", advice: "The queue is kept."))
        ),
        ("sending", taskPage("sending", .sending(past), toCome: 4)),
        (
            "running",
            taskPage("running", .running("2 of 4 scripts are here, more are coming", past), scripts: firstScripts, toCome: 2)
        ),
        (
            "running",
            taskPage(
                "running", .running("2 of 4 scripts are here", past),
                actions: [.close(form("/tasks/42/close"), since: Moment("2026-11-23T10:14:22Z", .minute))],
                scripts: firstScripts, toCome: 2)
        ),
        ("succeeded", taskPage("succeeded", .succeeded("4 scripts in 21 s", past), scripts: scripts)),
        ("succeeded", taskPage("succeeded", .succeeded("2 of 4 scripts", closedWith: "2 of 4 scripts", past), scripts: firstScripts)),
        (
            "failed",
            taskPage(
                "failed",
                .failed(
                    wasSent: false, words: "The service will not use a video of this brief. Send the brief again without it.",
                    code: "40053", message: "Invalid video id: v1", requestID: "2026112310142201234567890123456", past))
        ),
        ("cancelled", taskPage("cancelled", .cancelled)),
        (
            "unconfirmed",
            taskPage(
                "unconfirmed", .unconfirmed(reason: "the connection broke off", past), actions: [.resend(form("/tasks/42/resend"))],
                search: search)
        ),
        (
            "stalled",
            taskPage(
                "stalled", .stalled("2 of 4 scripts are here", past),
                actions: [.poll(form("/tasks/42/poll")), .close(form("/tasks/42/close"), since: Moment("2026-11-23T10:14:22Z", .minute))],
                scripts: firstScripts)
        ),
    ]

    static let taskRows = [
        ("45", "Rain Shell for long days on the ridge, in three colours", "queued", "in the queue", "0 of 4", ""),
        ("44", "Trail Lamp 300", "running", "being written", "2 of 4", ""),
        ("43", "A runner loses the trail at dusk, then switches the lamp on.", "succeeded", "done", "4 of 4", ""),
        ("42", "Trail Lamp 300", "unconfirmed", "not confirmed", "0 of 4", ""),
        ("41", "Head torch", "failed", "failed", "0 of 4", "sandbox"),
    ].map { id, title, state, words, scripts, other in
        TaskRow(
            id: id, title: title, state: state, stateWords: words, source: id == "43" ? "Prompt" : "Product", language: "German",
            member: "Mara", asked: time, scripts: scripts, otherConnection: other)
    }

    static func tasksPage(_ rows: [TaskRow] = taskRows) -> TasksPage {
        TasksPage(
            frame: frame("Tasks", .tasks, refreshes: true), live: "task", tasks: rows,
            pager: Pager(newer: "/tasks", older: "/tasks?before=41"))
    }
}

// MARK: - The brief

extension Sample {
    static func option(_ value: String, _ label: String, _ chosen: String) -> FormField.Option {
        FormField.Option(value: value, label: label, isChosen: value == chosen)
    }

    static func briefPage(
        source: String = "PRODUCT", name: String = "Trail Lamp 300", mistakes: [FormMistake] = [], warning: String = "",
        presets: PresetChooser = PresetChooser()
    ) -> BriefPage {
        func field(_ name: String, _ value: String = "", limit: Int? = nil, suggestions: [String] = [], options: [FormField.Option] = [])
            -> FormField
        {
            FormField(
                name: name, value: value, limit: limit, suggestions: suggestions, options: options,
                errors: mistakes.filter { $0.field == name }.map(\.message),
                warnings: name.hasSuffix("selling_points") && !warning.isEmpty ? [warning] : [])
        }
        return BriefPage(
            frame: frame("New brief", .tasks, offersNewBrief: false), form: form("/tasks/new"), hold: .new(), mistakes: mistakes,
            origin: .init(address: "/tasks/41", title: "Head torch"), source: field("script_source", source),
            prompt: field("custom_prompt", "A runner loses the trail at dusk,\nthen switches the lamp on.", limit: 3_000),
            duration: field(
                "video_duration", "15S",
                options: [option("", "The service chooses", "15S"), option("15S", "15 seconds", "15S"), option("30S", "30 seconds", "15S")]),
            name: field("product_info.name", name, limit: 300), brand: field("product_info.brand", "Northbeam", limit: 100),
            price: field("product_info.price", mistakes.isEmpty ? "39.90" : "a lot"),
            currency: field(
                "product_info.currency", "EUR", options: [option("EUR", "EUR, euro", "EUR"), option("USD", "USD, US dollar", "EUR")]),
            description: field(
                "product_info.description", mistakes.isEmpty ? "A head lamp for runners who are out after dusk." : "", limit: 500),
            sellingPoints: field("product_info.selling_points", "58 g light\n30 hours on one charge"),
            images: field("media_list.image_url_list", mistakes.isEmpty ? "https://cdn.example.com/lamp.jpg" : "lamp.jpg"),
            videos: field("media_list.video_id_list"),
            videoChoices: [
                VideoChoice(id: "3", fileName: "lamp-in-the-rain.mp4", state: "ready", isReady: true, isChosen: true),
                VideoChoice(
                    id: "4", fileName: "first-run.mov", state: "still uploading, the brief waits for it", isReady: false, isChosen: false),
            ],
            tone: field("script_info.tone", "Friendly", suggestions: ["All", "Friendly", "Confident"]),
            style: field("script_info.style", "Personal stories", suggestions: ["Recommended", "Personal stories"]),
            pointOfView: field("script_info.point_of_view", "From consumer", suggestions: ["All", "From consumer"]),
            language: field(
                "script_info.script_language", "de", options: [option("en", "English", "de"), option("de", "German", "de")]),
            industry: field("script_info.relevant_industry", "", suggestions: ["Baby, kids & maternity", "Sports & outdoor"]),
            count: field("script_generation_count", "4"), presets: presets,
            notice: field("notice_acknowledged", mistakes.isEmpty ? "yes" : ""),
            departure: "Goes out at once: 2 calls are free.")
    }

    static let mistakes = [
        FormMistake(field: "product_info.price", message: "Write the price as a number, such as 39.90."),
        FormMistake(field: "product_info.description", message: "Say what the product is: scripts are written from this."),
        FormMistake(
            field: "media_list.image_url_list", message: "“lamp.jpg” is not a web address. Begin with https:// or http://."),
        FormMistake(field: "notice_acknowledged", message: "Confirm the notice, or name no images and videos."),
    ]
}

// MARK: - Videos and the rest

extension Sample {
    static let videoRows = [
        VideoRow(
            id: "3", fileName: "lamp-in-the-rain.mp4", url: "https://cdn.example.com/lamp-in-the-rain.mp4", state: "ready",
            stateWords: "ready", member: "Mara", added: time, remoteID: "v10033g50000cr2k7rbc77u8q1d2l4s0"),
        VideoRow(
            id: "4", fileName: "first-run.mov", url: "https://cdn.example.com/first-run.mov", state: "sending", stateWords: "uploading",
            member: "Mara", added: time),
        VideoRow(
            id: "5", fileName: "index.html", url: "https://cdn.example.com/index.html", state: "failed", stateWords: "failed",
            member: "Mara", added: time,
            reason: "The service could not take this file. Check that the address is public and the video is .mp4, .mov, .mpeg or .avi.",
            code: "40905", message: "Unsupported content type text/html", requestID: "2026112310142201234567890123456"),
        VideoRow(
            id: "6", fileName: "old.mp4", url: "https://cdn.example.com/old.mp4", state: "queued", stateWords: "queued", member: "Mara",
            added: time, otherConnection: "sandbox"),
    ]

    static func videosPage(_ rows: [VideoRow] = videoRows) -> VideosPage {
        VideosPage(frame: frame("Videos", .videos, refreshes: true), live: "video", videos: rows)
    }

    static func videoPage(_ video: VideoRow = videoRows[2]) -> VideoPage {
        VideoPage(
            frame: frame(video.fileName, .videos), live: "", video: video, rename: form("/videos/5/rename"),
            name: FormField(name: "name", value: video.fileName), again: form("/videos/5/again"), archive: form("/videos/5/archive"),
            tasks: [taskRows[0]], calls: calls)
    }

    static func uploadPage(_ urls: String = "", errors: [String] = [], isAcknowledged: Bool = false) -> UploadPage {
        UploadPage(
            frame: frame("Upload videos", .videos), form: form("/videos/new"),
            mistakes: errors.map { FormMistake(field: "video_url", message: $0) },
            urls: FormField(name: "video_url", value: urls, errors: errors),
            notice: FormField(name: "notice_acknowledged", value: isAcknowledged ? "yes" : ""))
    }

    static func homePage(isFirstRun: Bool = false) -> HomePage {
        HomePage(
            frame: frame("Desk", .desk), live: "task video connection",
            running: isFirstRun ? [] : Array(taskRows.prefix(2)),
            drafts: isFirstRun
                ? [] : [DraftRow(DraftSummary(id: Draft.ID(4), title: "Trail Lamp 300", changed: moment), form: form("/drafts/4/discard"))],
            discarded: isFirstRun
                ? nil : DraftRow(DraftSummary(id: Draft.ID(5), title: "", changed: moment), form: form("/drafts/5/restore")),
            products: isFirstRun
                ? [] : [ProductRow(RecentProduct(task: GenerationTask.ID(42), name: "Trail Lamp 300", brand: "Northbeam"))],
            scripts: isFirstRun ? [] : scriptRows,
            videosUnderWay: isFirstRun ? "" : "1 video is uploading", isFirstRun: isFirstRun)
    }

    static let sandboxPage = ConnectionPage(
        frame: frame("Connection", .elsewhere), live: "connection", name: "Sandbox", isSandbox: true, host: "inside this app",
        stateWords: "Working", limit: "2 briefs a minute; 1 call left this minute", test: form("/connection"),
        tested: .init(words: "The service is being asked…"), tokenForm: form("/connection"),
        steps: AccessStep.all(isLive: false, works: false, refusal: nil))

    static let livePage = ConnectionPage(
        frame: frame("Connection", .elsewhere, attention: .question), live: "connection", name: "Live · 7301", isSandbox: false,
        host: "business-api.tiktok.com", appID: "7301", stateWords: "Stopped", stateReason: "The access token was revoked.",
        isTrouble: true, code: "40105", message: "Access token is incorrect or has been revoked.",
        requestID: "2026112310142201234567890123456", limit: "2 briefs a minute", queue: "3 briefs wait", retry: form("/connection"),
        question: form("/connection"), test: form("/connection"),
        tested: .init(words: "The token was revoked.", at: time, code: "40105", message: "revoked", requestID: "2026"),
        tokenEnding: "…6f1d",
        isFromEnvironment: true,
        steps: AccessStep.all(isLive: true, works: false, refusal: Refusal(code: 40105, message: "", requestID: nil)))
}
