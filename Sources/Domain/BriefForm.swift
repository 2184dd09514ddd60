/// The fields of a brief in the order of the form. The raw value is the path on the wire and the control's name.
package enum BriefField: String, Sendable, CaseIterable {
    case source = "script_source"
    case prompt = "custom_prompt"
    case name = "product_info.name"
    case brand = "product_info.brand"
    case description = "product_info.description"
    case price = "product_info.price"
    case currency = "product_info.currency"
    case sellingPoints = "product_info.selling_points"
    case notice = "notice_acknowledged"
    case images = "media_list.image_url_list"
    case videos = "media_list.video_id_list"
    case tone = "script_info.tone"
    case style = "script_info.style"
    case pointOfView = "script_info.point_of_view"
    case industry = "script_info.relevant_industry"
    case count = "script_generation_count"
    case language = "script_info.script_language"
    case duration = "video_duration"
}

/// What was typed, right or wrong, so that a page can show it again. `Brief.init` makes the valid thing of it.
package struct BriefForm: Sendable, Hashable, Codable {
    package var source = ""
    package var prompt = ""
    package var duration = ""
    package var name = ""
    package var brand = ""
    package var price = ""
    package var currency = ""
    package var description = ""
    /// One a line.
    package var sellingPoints = ""
    /// One a line.
    package var images = ""
    /// The app's own ids, as the checkboxes send them.
    package var videos: [String] = []
    package var tone = ""
    package var style = ""
    package var pointOfView = ""
    package var language = ""
    package var industry = ""
    package var count = ""
    package var notice = ""

    package init() {}

    /// An empty brief as the page first shows it.
    package static var fresh: BriefForm {
        var form = BriefForm()
        form.source = ScriptSource.product.rawValue
        form.currency = Currency.standard.code
        form.language = ScriptLanguage.english.rawValue
        form.count = String(Brief.standardCount)
        return form
    }

    /// - Parameter values: every value that the form sent under a name, in order.
    package init(values: (BriefField) -> [String]) {
        func text(_ field: BriefField) -> String { (values(field).first ?? "").withLineFeeds }
        source = text(.source)
        prompt = text(.prompt)
        duration = text(.duration)
        name = text(.name)
        brand = text(.brand)
        price = text(.price)
        currency = text(.currency)
        description = text(.description)
        sellingPoints = text(.sellingPoints)
        images = text(.images)
        videos = values(.videos)
        tone = text(.tone)
        style = text(.style)
        pointOfView = text(.pointOfView)
        language = text(.language)
        industry = text(.industry)
        count = text(.count)
        notice = text(.notice)
    }

    package var namesAssets: Bool {
        !images.filledLines.isEmpty || !videos.isEmpty
    }

    /// With a prompt, the product is optional, and these say that one is meant. The currency is always filled in, so it never does.
    package var namesProduct: Bool {
        ![name, brand, price, description, sellingPoints].allSatisfy(\.isBlank)
    }

    /// What may be sent but is better mended first.
    package var warnings: [Mistake] {
        let long = sellingPoints.filledLines.filter { $0.split(whereSeparator: \.isWhitespace).count > Brief.Limits.recommendedPointWords }
        guard !long.isEmpty else { return [] }
        let which = long.count == 1 ? "One selling point is" : "\(long.count) selling points are"
        return [Mistake(.sellingPoints, "\(which) longer than ten words. Short phrases give better scripts.")]
    }
}

/// What is wrong, at which control, in words that say what to do.
package struct Mistake: Sendable, Hashable {
    package let field: BriefField
    package let message: String

    package init(_ field: BriefField, _ message: String) {
        self.field = field
        self.message = message
    }
}

extension [Mistake] {
    package var inFormOrder: [Mistake] {
        let order = Dictionary(uniqueKeysWithValues: BriefField.allCases.enumerated().map { ($1, $0) })
        return sorted { order[$0.field, default: 0] < order[$1.field, default: 0] }
    }
}

/// Everything that is wrong with a form, at once, in the order of its controls.
package struct InvalidForm: Error, Sendable, Hashable {
    package let mistakes: [Mistake]
}
