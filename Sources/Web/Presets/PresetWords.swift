import Domain

extension Preset.Section {
    /// As the form of a brief calls it.
    var title: String {
        switch self {
        case .voice: "Voice"
        case .scripts: "Scripts"
        case .product: "Product"
        case .media: "Images"
        case .prompt: "Prompt"
        }
    }
}

extension BriefField {
    /// What a preset sets, in the middle of a sentence.
    var words: String {
        switch self {
        case .source: "source"
        case .prompt: "prompt"
        case .name: "name of the product"
        case .brand: "brand"
        case .description: "description"
        case .price: "price"
        case .currency: "currency"
        case .sellingPoints: "selling points"
        case .notice: "notice"
        case .images: "images"
        case .videos: "videos"
        case .tone: "tone"
        case .style: "style"
        case .pointOfView: "point of view"
        case .industry: "industry"
        case .count: "number of scripts"
        case .language: "language"
        case .duration: "length"
        }
    }

    /// What it sets this field to, short enough for a list: `tone “Friendly”`, `3 selling points`.
    func words(for text: String) -> String {
        switch self {
        case .count: Int(text.trimmed).map { $0.of("script") } ?? "\(text.beginning(20)) scripts"
        case .language: ScriptLanguage(rawValue: text)?.name ?? text
        case .duration: VideoDuration(rawValue: text).map { "\($0.seconds) seconds" } ?? text
        case .sellingPoints: text.filledLines.count.of("selling point")
        case .images: text.filledLines.count.of("image")
        case .prompt, .description: "\(words) “\(text.beginning(60))”"
        case .currency: "in \(text)"
        case .source, .name, .brand, .price, .notice, .videos, .tone, .style, .pointOfView, .industry:
            self == .name ? "“\(text.trimmed.beginning(60))”" : "\(words) “\(text.trimmed.beginning(60))”"
        }
    }
}

/// A section of a preset with what it sets there.
struct PresetPart: View {
    let section: String
    let words: String

    static var fields: [Field<PresetPart>] {
        [
            .text("section") { $0.section },
            .text("words") { $0.words },
        ]
    }

    static func all(of parts: Preset.Parts) -> [PresetPart] {
        Preset.Section.allCases.compactMap { section in
            let words = section.fields.compactMap { field in parts[field].map { field.words(for: $0) } }
            return words.isEmpty ? nil : PresetPart(section: section.title, words: words.joined(separator: ", "))
        }
    }
}
