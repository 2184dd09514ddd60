/// What task creation asks of its fields: a table, read from top to bottom, whose first broken row is the answer. It shares nothing
/// with the app's own rules, so that neither can hide the other's mistake.
struct Rule {
    enum Condition {
        case always
        case fromProduct
        case fromPrompt
        case withProduct
        case fromPromptWithoutProduct
    }

    enum Check {
        case required
        case notSupported
        case object
        case text
        case oneOf([String])
        /// In UTF-16 code units, as a browser counts.
        case length(Int)
        case texts
        case items(Int)
        case price
        case currency
        case integer(ClosedRange<Int64>)
        /// Images and videos together.
        case media(ClosedRange<Int>)
    }

    let field: String
    let condition: Condition
    let checks: [Check]

    private init(_ field: String, _ condition: Condition = .always, _ checks: Check...) {
        self.field = field
        self.condition = condition
        self.checks = checks
    }

    static let sources = ["PRODUCT", "CUSTOM"]
    static let durations = ["15S", "30S"]
    static let languages = ["en", "de", "es", "fr", "id", "ml", "vi"]

    static let createTask: [Rule] = [
        Rule("script_source", .always, .required, .text, .oneOf(sources)),
        Rule("custom_prompt", .fromProduct, .notSupported),
        Rule("custom_prompt", .fromPrompt, .required, .text, .length(3000)),
        Rule("video_duration", .fromPrompt, .notSupported),
        Rule("video_duration", .fromProduct, .text, .oneOf(durations)),
        Rule("script_info", .fromPrompt, .notSupported),
        Rule("script_info", .fromProduct, .object),
        Rule("script_info.tone", .fromProduct, .text),
        Rule("script_info.style", .fromProduct, .text),
        Rule("script_info.point_of_view", .fromProduct, .text),
        Rule("script_info.script_language", .fromProduct, .text, .oneOf(languages)),
        Rule("script_info.relevant_industry", .fromProduct, .text),
        Rule("product_info", .fromProduct, .required),
        Rule("product_info", .always, .object),
        Rule("product_info.name", .withProduct, .required, .text, .length(300)),
        Rule("product_info.brand", .withProduct, .text, .length(100)),
        Rule("product_info.price", .withProduct, .price),
        Rule("product_info.currency", .withProduct, .text, .currency),
        Rule("product_info.description", .withProduct, .required, .text, .length(500)),
        Rule("product_info.selling_points", .withProduct, .texts, .items(10)),
        Rule("media_list", .withProduct, .required),
        Rule("media_list", .always, .object),
        Rule("media_list.image_url_list", .always, .texts),
        Rule("media_list.video_id_list", .always, .texts),
        Rule("media_list", .withProduct, .media(1...20)),
        Rule("media_list", .fromPromptWithoutProduct, .media(0...20)),
        Rule("script_generation_count", .always, .integer(1...8)),
    ]

    static let uploadVideo: [Rule] = [
        Rule("upload_type", .always, .required, .text, .oneOf(["UPLOAD_BY_URL"])),
        Rule("use_scenario", .always, .required, .text, .oneOf(["AIGC"])),
        Rule("video_url", .always, .required, .text),
    ]

    /// Throws what the first broken row says; the message begins with the field's path.
    static func check(_ body: JSONValue, against rules: [Rule]) throws(Refusal) {
        guard case .object = body else { throw Refusal(.wrongParameter, "The body: it must be a JSON object.") }
        for rule in rules where rule.condition.holds(in: body) {
            let value = body[path: rule.field]
            for check in rule.checks {
                guard let fault = check.fault(of: value) else { continue }
                throw Refusal(.wrongParameter, "\(rule.field): \(fault).")
            }
        }
    }
}

extension Rule.Condition {
    fileprivate func holds(in body: JSONValue) -> Bool {
        let isProduct = body["script_source"]?.text == "PRODUCT"
        let hasProduct = body["product_info"] != nil
        return switch self {
        case .always: true
        case .fromProduct: isProduct
        case .fromPrompt: !isProduct
        case .withProduct: hasProduct
        case .fromPromptWithoutProduct: !isProduct && !hasProduct
        }
    }
}

extension Rule.Check {
    /// What is wrong with the value, or nil. A value that is absent breaks no check but `required`.
    fileprivate func fault(of value: JSONValue?) -> String? {
        guard let value else {
            if case .required = self { return "it is required" }
            return nil
        }
        switch self {
        case .required:
            guard let text = value.text else { return nil }
            return text.allSatisfy(\.isWhitespace) ? "it is required and must not be blank" : nil
        case .notSupported:
            return "it is not supported with this source"
        case .object:
            if case .object = value { return nil }
            return "it must be an object"
        case .text:
            return value.text == nil ? "it must be a string" : nil
        case .oneOf(let words):
            return words.contains(value.text ?? "") ? nil : "it must be one of " + words.joined(separator: ", ")
        case .length(let most):
            let count = value.text?.utf16.count ?? 0
            return count > most ? "it has \(count) characters, at most \(most) are taken" : nil
        case .texts:
            return value.items?.allSatisfy { $0.text != nil } == true ? nil : "it must be an array of strings"
        case .items(let most):
            let count = value.items?.count ?? 0
            return count > most ? "it has \(count) items, at most \(most) are taken" : nil
        case .price:
            guard let price = value.decimal else { return "it must be a number" }
            if price.isNegative { return "it must be 0 or more" }
            return price.scale > 2 ? "it must have at most two decimals" : nil
        case .currency:
            return Currency.codes.contains(value.text ?? "") ? nil : "it must be a current ISO 4217 code in capitals"
        case .integer(let range):
            guard let number = value.integer, range.contains(number) else {
                return "it must be an integer from \(range.lowerBound) to \(range.upperBound)"
            }
            return nil
        case .media(let range):
            let count = ["image_url_list", "video_id_list"].reduce(0) { $0 + (value[$1]?.items?.count ?? 0) }
            if count < range.lowerBound { return "it must hold at least one image or video" }
            return count > range.upperBound ? "it holds \(count) entries, at most \(range.upperBound) are taken" : nil
        }
    }
}
