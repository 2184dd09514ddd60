import Domain
import HTTP
import Store

/// What the form of a brief needs to know besides what was typed.
struct BriefDesk: Sendable {
    /// Nil where nothing could be read: then the form has what was typed, and no more.
    let desk: Desk?
    /// What a brief on the current connection can name, newest first.
    let videos: [Video]
    /// What briefs were written about lately.
    let products: [RecentProduct]
    let presets: PresetChooser

    init(_ desk: Desk, reading database: borrowing Database, _ preset: PresetForm) throws(StoreError) {
        self.desk = desk
        presets = PresetChooser(try database.findPresetNames(), preset)
        videos = if let connection = desk.connection { try database.findUsableVideos(of: connection.id) } else { [] }
        products = try database.findRecentProducts(limit: 8)
    }

    init(unread preset: PresetForm) {
        (desk, videos, products, presets) = (nil, [], [], PresetChooser([], preset))
    }
}

extension Context {
    /// - Parameter preset: what was typed about presets.
    func briefDesk(_ database: borrowing Database, _ preset: PresetForm = PresetForm()) throws(StoreError) -> BriefDesk {
        try asker.briefDesk(database, preset)
    }

    func briefPage(_ page: BriefPage, _ status: Status = .ok) -> Response { asker.briefPage(page, status) }

    func briefView(
        _ brief: BriefDesk, _ typed: BriefForm, mistakes: [Mistake] = [], hold: DraftHold = .new(), note: FormNote? = nil,
        origin: BriefPage.Origin? = nil
    ) -> BriefPage {
        asker.briefView(brief, typed, mistakes: mistakes, hold: hold, note: note, origin: origin)
    }
}

extension Asker {
    func briefDesk(_ database: borrowing Database, _ preset: PresetForm) throws(StoreError) -> BriefDesk {
        try BriefDesk(desk(database), reading: database, preset)
    }

    func briefPage(_ page: BriefPage, _ status: Status) -> Response {
        Response.html(status, site.pages.brief.render(page)).withForeignMedia
    }

    /// - Parameter hold: what the form came with, when it goes on under it.
    func briefView(
        _ brief: BriefDesk, _ typed: BriefForm, mistakes: [Mistake] = [], hold: DraftHold = .new(), note: FormNote? = nil,
        origin: BriefPage.Origin? = nil
    ) -> BriefPage {
        let warnings = typed.warnings
        func field(_ field: BriefField, _ value: String, limit: Int? = nil, suggestions: [String] = []) -> FormField {
            FormField(
                name: field.rawValue, value: value, limit: limit, suggestions: suggestions,
                errors: mistakes.filter { $0.field == field }.map(\.message),
                warnings: warnings.filter { $0.field == field }.map(\.message),
                isHinted: [.prompt, .description, .sellingPoints, .images].contains(field))
        }
        func choice(_ which: BriefField, _ value: String, _ options: [(value: String, label: String)]) -> FormField {
            var choice = field(which, value)
            choice.options = options.map { FormField.Option(value: $0.value, label: $0.label, isChosen: $0.value == value) }
            return choice
        }
        return BriefPage(
            frame: frame(origin.map { "New brief from \($0.title)" } ?? "New brief", .tasks, brief.desk, offersNewBrief: false),
            form: postForm("/tasks/new", submission: hold.submission.rawValue), hold: hold,
            mistakes: mistakes.map { FormMistake(field: $0.field.rawValue, message: $0.message) },
            note: note,
            origin: origin,
            source: choice(.source, typed.source, ScriptSource.allCases.map { ($0.rawValue, $0.rawValue) }),
            prompt: field(.prompt, typed.prompt, limit: Brief.Limits.prompt),
            duration: choice(
                .duration, typed.duration,
                [("", "the service chooses")] + VideoDuration.allCases.map { ($0.rawValue, "\($0.seconds) seconds") }),
            name: field(.name, typed.name, limit: Brief.Limits.name),
            brand: field(.brand, typed.brand, limit: Brief.Limits.brand),
            price: field(.price, typed.price),
            currency: choice(.currency, typed.currency, Self.currencies(with: typed.currency)),
            description: field(.description, typed.description, limit: Brief.Limits.description),
            sellingPoints: field(.sellingPoints, typed.sellingPoints),
            images: field(.images, typed.images),
            videos: field(.videos, ""),
            videoChoices: brief.desk == nil
                ? typed.videos.map { VideoChoice(id: $0, fileName: "Video \($0)", state: "chosen", isReady: true, isChosen: true) }
                : brief.videos.map { VideoChoice($0, isChosen: typed.videos.contains("\($0.id)")) },
            tone: field(.tone, typed.tone, suggestions: Recommended.tones),
            style: field(.style, typed.style, suggestions: Recommended.styles),
            pointOfView: field(.pointOfView, typed.pointOfView, suggestions: Recommended.pointsOfView),
            language: choice(.language, typed.language, ScriptLanguage.allCases.map { ($0.rawValue, $0.name) }),
            industry: field(.industry, typed.industry, suggestions: Recommended.industries),
            count: choice(.count, typed.count, Brief.Limits.count.map { (String($0), String($0)) }),
            presets: brief.presets,
            notice: field(.notice, typed.notice),
            departure: brief.desk?.departure ?? "", products: brief.products.map { ProductRow($0) })
    }

    /// The usual ones; all there are would be a third of the page, and come when they are asked for. What a brief has is among them
    /// whatever it is: a list that has no such choice would make another one.
    static func currencies(with typed: String, all: Bool = false) -> [(value: String, label: String)] {
        let offered = all ? everyCurrency : usualCurrencies
        if offered.contains(where: { $0.value == typed }) { return offered }
        return [(typed, typed.isEmpty ? "none" : Currency.names[typed].map { "\(typed), \($0)" } ?? typed)] + offered
    }

    private static let usualCurrencies = Currency.usual.map { (value: $0.code, label: "\($0.code), \($0.name)") }
    private static let everyCurrency = Currency.names.sorted { $0.key < $1.key }.map { (value: $0.key, label: "\($0.key), \($0.value)") }
}

extension VideoChoice {
    fileprivate init(_ video: Video, isChosen: Bool) {
        let isReady = video.state.name == .ready
        self.init(
            id: "\(video.id)", fileName: video.name, state: isReady ? "ready" : "still uploading", isReady: isReady,
            isChosen: isChosen, facts: video.facts.words)
    }
}
