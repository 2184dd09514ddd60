import Domain

/// What a browser would send for a valid brief about a product, with the changes of a test.
func productForm(_ changes: [BriefField: String] = [:], videos: [String] = []) -> BriefForm {
    let usual: [BriefField: String] = [
        .source: "PRODUCT", .name: "Trail Lamp 300", .description: "A head lamp.", .images: "https://cdn.example.com/lamp.jpg",
        .currency: "USD", .language: "en", .count: "4",
    ]
    return form(usual.merging(changes) { $1 }, videos: videos)
}

/// The same for a brief from a prompt, with the currency that the form always fills in.
func promptForm(_ changes: [BriefField: String] = [:], videos: [String] = []) -> BriefForm {
    let usual: [BriefField: String] = [.source: "CUSTOM", .prompt: "A runner loses the trail.", .currency: "USD", .count: "4"]
    return form(usual.merging(changes) { $1 }, videos: videos)
}

private func form(_ values: [BriefField: String], videos: [String]) -> BriefForm {
    BriefForm { field in field == .videos ? videos : values[field].map { [$0] } ?? [] }
}

/// Empty for a valid form.
func mistakes(_ form: BriefForm, offering offered: Set<Video.ID> = []) -> [Mistake] {
    do {
        _ = try Brief(form, offering: offered)
        return []
    } catch {
        return error.mistakes
    }
}

func brief(_ form: BriefForm, offering offered: Set<Video.ID> = []) throws -> Brief {
    try Brief(form, offering: offered)
}

func letters(_ count: Int) -> String {
    String(repeating: "a", count: count)
}
