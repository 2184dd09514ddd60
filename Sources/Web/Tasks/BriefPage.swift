import Domain

/// The form of a new brief, `/tasks/new`. Every control is on the page whatever the source, so that nothing typed is lost; the style
/// sheet folds away what the chosen source does not support.
struct BriefPage: View {
    let frame: Frame
    /// Posts to `/tasks/new`.
    let form: PostForm
    let hold: DraftHold
    /// All mistakes, in the order of the controls; they stand in their fields as well.
    var mistakes: [FormMistake] = []
    /// Why it was not taken although nothing is wrong with it.
    var note: FormNote? = nil
    /// What the brief was begun from, when it was: a task or a script.
    var origin: Origin? = nil

    /// `script_source`, options `PRODUCT` and `CUSTOM`: the value decides, the labels stand in the template.
    let source: FormField
    let prompt: FormField
    /// `video_duration`, options: empty value for "the service chooses", `15S`, `30S`.
    let duration: FormField
    let name: FormField
    let brand: FormField
    let price: FormField
    /// `product_info.currency`, options by code: `EUR`, labelled `EUR, euro`.
    var currency: FormField
    /// All currencies there are stand in it.
    var hasEveryCurrency = false
    let description: FormField
    let sellingPoints: FormField
    let images: FormField
    /// Errors about the choice of videos; the boxes are `videoChoices`.
    let videos: FormField
    let videoChoices: [VideoChoice]
    let tone: FormField
    let style: FormField
    let pointOfView: FormField
    /// `script_info.script_language`, options by wire value.
    let language: FormField
    let industry: FormField
    let count: FormField
    var presets = PresetChooser()
    /// `notice_acknowledged`; a value that is not empty is a ticked box.
    let notice: FormField

    /// `Goes out at once: 2 calls are free.` or `Goes out in about 40 s: 3 briefs are ahead.`
    let departure: String
    /// What briefs were written about lately, to begin from.
    var products: [ProductRow] = []
    /// What is being written elsewhere; only on a page where nothing is written yet.
    var drafts: [DraftRow] = []
    /// When the draft that the form was made from was saved.
    var draftSaved: Moment? = nil

    struct Origin: View {
        /// `/tasks/42`
        let address: String
        let title: String

        static var fields: [Field<Origin>] {
            [
                .text("address") { $0.address },
                .text("title") { $0.title },
            ]
        }
    }

    static var fields: [Field<BriefPage>] {
        [
            .section("frame") { $0.frame },
            .section("form") { $0.form },
            .list("mistakes") { $0.mistakes },
            .section("note") { $0.note },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { $0.mistakes.count == 1 ? "One thing to mend" : "\($0.mistakes.count) things to mend" },
            .section("origin") { $0.origin },
            .section("source") { $0.source },
            .flag("is_prompt") { $0.source.value == "CUSTOM" },
            .section("prompt") { $0.prompt },
            .section("duration") { $0.duration },
            .section("name") { $0.name },
            .section("brand") { $0.brand },
            .section("price") { $0.price },
            .section("currency") { $0.currency },
            .flag("has_every_currency") { $0.hasEveryCurrency },
            .section("description") { $0.description },
            .section("selling_points") { $0.sellingPoints },
            .section("images") { $0.images },
            .section("videos") { $0.videos },
            .list("video_choices") { $0.videoChoices },
            .section("tone") { $0.tone },
            .section("style") { $0.style },
            .section("point_of_view") { $0.pointOfView },
            .section("language") { $0.language },
            .section("industry") { $0.industry },
            .section("count") { $0.count },
            .section("presets") { $0.presets },
            .section("notice") { $0.notice },
            .list("products") { $0.products },
            .flag("has_products") { !$0.products.isEmpty },
            .list("drafts") { $0.drafts },
            .flag("has_drafts") { !$0.drafts.isEmpty },
            .text("draft_revision") { String($0.hold.revision) },
            .text("draft_window") { $0.hold.window },
            .section("draft_saved") { $0.draftSaved },
            .text("departure") { $0.departure },
            .text("media_words") { $0.mediaWords },
            .text("ask") { $0.ask },
        ]
    }

    /// `2 videos, 1 image`; empty for none.
    private var mediaWords: String {
        [(videoChoices.count { $0.isChosen }, "video"), (images.filledLines, "image")]
            .filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
            .joined(separator: ", ")
    }

    private var ask: String {
        switch Int(count.value) {
        case .none: "Ask for scripts"
        case 1: "Ask for 1 script"
        case .some(let number): "Ask for \(number) scripts"
        }
    }
}

/// A video that the brief may name.
struct VideoChoice: View {
    /// The app's own id, which the checkbox sends.
    let id: String
    /// The end of its address: `lamp-in-the-rain.mp4`.
    let fileName: String
    /// `ready`, or why the brief would wait: `still uploading`.
    let state: String
    let isReady: Bool
    let isChosen: Bool
    /// `0:24 · 9:16 · 1080 × 1920`; empty when nothing is known.
    var facts = ""

    static var fields: [Field<VideoChoice>] {
        [
            .text("id") { $0.id },
            .text("file_name") { $0.fileName },
            .text("state") { $0.state },
            .text("facts") { $0.facts },
            .flag("is_ready") { $0.isReady },
            .flag("is_chosen") { $0.isChosen },
        ]
    }
}
