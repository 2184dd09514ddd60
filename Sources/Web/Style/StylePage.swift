/// Every component in every state, `/style`. It exists while templates are being worked on, and shows what they make of made-up data.
struct StylePage: View {
    let frame: Frame
    let form: PostForm

    static var fields: [Field<StylePage>] {
        [
            .section("frame") { $0.frame },
            .text("specimen") { $0.frame.assets.specimen },
            .section("form") { $0.form },
            .list("colours") { _ in Swatch.all },
            .list("notes") { _ in Remark.all },
            .list("states") { _ in StateSpecimen.all },
            .list("papers") { _ in ScriptCard.specimens },
            .list("tasks") { _ in TaskRow.specimens },
            .list("calls") { _ in CallRow.specimens },
            .flag("has_calls") { _ in true },
            .section("pager") { _ in Pager(newer: "#lists", older: "#lists") },
            .list("fields") { _ in FieldSpecimen.all },
            .section("choice") { _ in FormField.choice("specimen_choice") },
            .section("segments") { _ in FormField.choice("specimen_segments") },
            .section("notice") { _ in FormField(name: "specimen_notice", value: "") },
        ]
    }
}

/// A colour by its name in the style sheet.
struct Swatch: View {
    let name: String
    let use: String

    static var fields: [Field<Swatch>] {
        [
            .text("name") { $0.name },
            .text("use") { $0.use },
        ]
    }

    static let all = [
        Swatch(name: "desk", use: "what everything lies on"), Swatch(name: "page", use: "what one works on"),
        Swatch(name: "line", use: "rules"), Swatch(name: "edge", use: "borders of controls"), Swatch(name: "ink", use: "text and actions"),
        Swatch(name: "soft", use: "what stands back"), Swatch(name: "marker", use: "what is now"),
        Swatch(name: "good", use: "it went well"),
        Swatch(name: "bad", use: "it went wrong"), Swatch(name: "warning", use: "look again"),
        Swatch(name: "focus", use: "where the keys go"),
        Swatch(name: "white", use: "as delivered"), Swatch(name: "blue", use: "first revision"), Swatch(name: "pink", use: "second"),
        Swatch(name: "yellow", use: "third"), Swatch(name: "green", use: "fourth"), Swatch(name: "goldenrod", use: "fifth"),
    ]
}

/// An outcome by its tone.
struct Remark: View {
    let tone: String
    let title: String
    let words: String

    static var fields: [Field<Remark>] {
        [
            .text("tone") { $0.tone },
            .text("title") { $0.title },
            .text("words") { $0.words },
        ]
    }

    static let all = [
        Remark(tone: "", title: "Cancelled", words: "Nothing was sent. Use it as a new brief whenever you like."),
        Remark(tone: "good", title: "The connection works", words: "Token, permission and account fit."),
        Remark(tone: "warning", title: "Nobody knows whether this brief arrived", words: "It was sent, but the answer was lost."),
        Remark(tone: "bad", title: "This brief failed", words: "The service says that a parameter is wrong."),
    ]
}

/// A task's line of steps in one of its states.
struct StateSpecimen: View {
    let state: String
    let progress: TaskProgress

    static var fields: [Field<StateSpecimen>] {
        [
            .text("state") { $0.state },
            .list("steps") { $0.progress.steps },
            .text("filled") { String($0.progress.filled) },
            .section("outcome") { $0.progress.outcome.map { Remark(tone: $0.tone.word, title: $0.title + ".", words: $0.words) } },
        ]
    }

    private static let known = TaskProgress.Known(
        queued: "waited 12 s for a free call", sent: "task 7391…204", done: "in about 20 s, by the last ones")

    static let all = [
        StateSpecimen(state: "waiting", progress: .waiting(videos: "“lamp-in-the-rain.mp4” is still uploading")),
        StateSpecimen(
            state: "queued", progress: .queued(place: "next in the queue", reason: "2 calls a minute are free, its turn comes in 40 s")),
        StateSpecimen(state: "sending", progress: .sending(known)),
        StateSpecimen(state: "running", progress: .running("2 of 4 scripts are here, more are coming", share: 0.5, known)),
        StateSpecimen(state: "succeeded", progress: .succeeded("4 scripts in 21 s", known)),
        StateSpecimen(state: "failed", progress: .failed(wasSent: false, words: "The service says that a parameter is wrong.", known)),
        StateSpecimen(state: "cancelled", progress: .cancelled),
        StateSpecimen(state: "unconfirmed", progress: .unconfirmed(reason: "the connection broke off", known)),
        StateSpecimen(state: "stalled", progress: .stalled("2 of 4 scripts are here", known)),
    ]
}

extension Outcome.Tone {
    /// As the style sheet has it.
    fileprivate var word: String {
        switch self {
        case .good: "good"
        case .warning: "warning"
        case .bad: "bad"
        case .plain: ""
        }
    }
}

/// A field with its label.
struct FieldSpecimen: View {
    let label: String
    var hint = ""
    var isLong = false
    let field: FormField

    static var fields: [Field<FieldSpecimen>] {
        [
            .text("label") { $0.label },
            .text("hint") { $0.hint },
            .flag("is_long") { $0.isLong },
            .section("field") { $0.field },
        ]
    }

    static let all = [
        FieldSpecimen(label: "Empty", hint: "What it is and for whom.", field: FormField(name: "specimen_empty", value: "")),
        FieldSpecimen(label: "Filled, with a counter", field: FormField(name: "specimen_filled", value: "Trail Lamp 300", limit: 300)),
        FieldSpecimen(
            label: "Over its limit", isLong: true,
            field: FormField(
                name: "specimen_over", value: "58 g light\n30 hours on one charge", limit: 20, errors: ["This is 13 characters too long."])),
        FieldSpecimen(
            label: "With a mistake",
            field: FormField(
                name: "specimen_error", value: "", errors: ["Say what the product is: scripts are written from this."])),
        FieldSpecimen(
            label: "With a warning",
            field: FormField(
                name: "specimen_warning", value: "a selling point that goes on and on for more than ten words",
                warnings: ["One selling point is longer than ten words. Short phrases give better scripts."])),
        FieldSpecimen(
            label: "Any words, some recommended",
            field: FormField(name: "specimen_suggested", value: "", suggestions: ["Friendly", "Confident", "Professional"])),
    ]
}

extension FormField {
    fileprivate static func choice(_ name: String) -> FormField {
        FormField(
            name: name, value: "15S",
            options: [
                Option(value: "", label: "the service chooses", isChosen: false), Option(value: "15S", label: "15 seconds", isChosen: true),
                Option(value: "30S", label: "30 seconds", isChosen: false),
            ])
    }
}

extension ScriptCard {
    fileprivate static let specimens = [
        ("white", "white, as delivered", Spoken.about("14 s spoken"), "", "draft", false),
        ("blue", "blue", Spoken.fits("14 s spoken of 15 s"), "In review", "review", true),
        ("pink", "pink", Spoken.over("17 s spoken, 2 over 15 s"), "Changes wanted", "changes", false),
        ("yellow", "yellow", Spoken.fits("15 s spoken of 15 s"), "Approved", "approved", true),
        ("green", "green", Spoken.fits("15 s spoken of 15 s"), "", "draft", false),
        ("goldenrod", "goldenrod", Spoken.fits("15 s spoken of 15 s"), "", "draft", false),
    ].enumerated().map { index, shown in
        ScriptCard(
            id: "\(index + 1)", position: "\(index + 1) of 7", title: "Wenn der Weg im Dunkeln endet",
            paragraphs: [
                "Kennst du das? Der schönste Teil der Runde beginnt, und du siehst nichts mehr.",
                "Die Trail Lamp 300 wiegt 58 Gramm und leuchtet 30 Stunden. Du vergisst, dass du sie trägst.",
            ], languageTag: "de", words: "41 words", characters: "254 characters", spoken: shown.2, isSample: index == 0,
            isStarred: shown.5, revision: shown.1, color: shown.0, approval: shown.3, approvalWord: shown.4)
    }
}

extension TaskRow {
    fileprivate static let specimens = [
        ("queued", "in the queue", "0 of 4"), ("sending", "being sent", "0 of 4"), ("running", "2 of 4 are here", "2 of 4"),
        ("succeeded", "done", "4 of 4"), ("failed", "failed", "0 of 4"), ("unconfirmed", "not confirmed", "0 of 4"),
        ("stalled", "no end after a day", "2 of 4"), ("cancelled", "cancelled", "0 of 4"),
    ].enumerated().map { index, shown in
        TaskRow(
            id: "\(index + 1)", title: "Trail Lamp 300", state: shown.0, stateWords: shown.1, source: "Product", language: "German",
            member: "Mara", asked: Moment("2026-11-23T10:14:02Z"), scripts: shown.2, otherConnection: index == 7 ? "sandbox" : "")
    }
}

extension CallRow {
    fileprivate static let specimens = [
        CallRow(
            time: Moment("2026-11-23T10:14:02Z", .clock), call: "create", result: "OK", duration: "0.4 s", code: "0", message: "OK",
            requestID: "2026112310140201234567890123456"),
        CallRow(
            time: Moment("2026-11-23T10:14:07Z", .clock), call: "get", result: "no answer to go by", isTrouble: true, duration: "15.0 s"),
        CallRow(time: Moment("2026-11-23T10:14:22Z", .clock), call: "get", result: "on its way"),
    ]
}
