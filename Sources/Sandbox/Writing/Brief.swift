/// What a create call asks for, read from a body that has passed the rules.
struct Brief: Sendable {
    struct Product: Sendable {
        let name: String
        let brand: String?
        let price: Decimal?
        let currency: String
        let description: String
        let sellingPoints: [String]
    }

    enum Length: Sendable {
        case seconds15, seconds30
    }

    let prompt: String?
    let product: Product?
    let length: Length?
    let tone: String?
    let style: String?
    let pointOfView: String?
    let industry: String?
    let language: String
    let videoIDs: [String]
    let count: Int

    init(_ body: JSONValue) {
        func text(_ path: String) -> String? {
            guard let text = body[path: path]?.text, !text.allSatisfy(\.isWhitespace) else { return nil }
            return text
        }
        func texts(_ path: String) -> [String] {
            (body[path: path]?.items ?? []).compactMap(\.text).filter { !$0.allSatisfy(\.isWhitespace) }
        }
        prompt = text("custom_prompt")
        product = text("product_info.name").map { name in
            Product(
                name: name, brand: text("product_info.brand"), price: body[path: "product_info.price"]?.decimal,
                currency: text("product_info.currency") ?? "USD", description: text("product_info.description") ?? "",
                sellingPoints: texts("product_info.selling_points"))
        }
        length = ["15S": .seconds15, "30S": .seconds30][text("video_duration") ?? ""]
        tone = text("script_info.tone")
        style = text("script_info.style")
        pointOfView = text("script_info.point_of_view")
        industry = text("script_info.relevant_industry")
        language = text("script_info.script_language") ?? "en"
        videoIDs = texts("media_list.video_id_list")
        count = body["script_generation_count"]?.integer.map(Int.init) ?? 4
    }
}

/// A script as it is delivered.
struct Script: Sendable, Equatable {
    let id: String
    let title: String
    let text: String
}
