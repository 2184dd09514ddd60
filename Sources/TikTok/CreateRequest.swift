import Domain

package enum CreateRequest {
    /// The body of a create call, and so the brief as it was sent: UTF-8 JSON on one line, members in a fixed order, only those that
    /// the source supports and the brief fills.
    /// - Parameter videoIDs: the service's ids of the brief's videos, in their order.
    package static func createBody(_ brief: Brief, videoIDs: [String]) -> [UInt8] {
        let prompt: String?
        let duration: VideoDuration?
        let direction: Brief.Direction?
        switch brief.subject {
        case .product(_, _, let wanted, let words): (prompt, duration, direction) = (nil, wanted, words)
        case .prompt(let words, _, _): (prompt, duration, direction) = (words, nil, nil)
        }
        return JSONText.object([
            ("script_source", .string(brief.source.rawValue)),
            ("custom_prompt", prompt.map(JSONText.string)),
            ("video_duration", duration.map { .string($0.rawValue) }),
            ("product_info", brief.product.map(product)),
            ("media_list", media(images: brief.media.images.map(\.text), videos: videoIDs)),
            ("script_info", direction.flatMap(info)),
            ("script_generation_count", .number(String(brief.count))),
        ]).bytes
    }

    private static func product(_ product: Brief.Product) -> JSONText {
        .object([
            ("name", .string(product.name)),
            ("brand", product.brand.map(JSONText.string)),
            ("price", product.price.map { .number($0.decimal) }),
            ("currency", product.currency.map { .string($0.code) }),
            ("description", .string(product.description)),
            ("selling_points", filled(product.sellingPoints)),
        ])
    }

    private static func media(images: [String], videos: [String]) -> JSONText? {
        filled([("image_url_list", filled(images)), ("video_id_list", filled(videos))])
    }

    private static func info(_ direction: Brief.Direction) -> JSONText? {
        filled([
            ("tone", direction.tone.map(JSONText.string)),
            ("style", direction.style.map(JSONText.string)),
            ("point_of_view", direction.pointOfView.map(JSONText.string)),
            ("script_language", direction.language.map { .string($0.rawValue) }),
            ("relevant_industry", direction.industry.map(JSONText.string)),
        ])
    }

    private static func filled(_ values: [String]) -> JSONText? {
        values.isEmpty ? nil : .strings(values)
    }

    private static func filled(_ members: [(name: String, value: JSONText?)]) -> JSONText? {
        members.allSatisfy { $0.value == nil } ? nil : .object(members)
    }
}

enum UploadRequest {
    static func body(_ url: AssetURL) -> [UInt8] {
        JSONText.object([
            ("upload_type", .string("UPLOAD_BY_URL")),
            ("use_scenario", .string("AIGC")),
            ("video_url", .string(url.text)),
        ]).bytes
    }
}
