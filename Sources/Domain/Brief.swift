/// What the service is asked for. It can only be valid: `init(_:offering:)` is the one way from what was typed, and holds every rule of
/// the create call.
package struct Brief: Sendable, Hashable, Codable {
    package enum Subject: Sendable, Hashable, Codable {
        case product(Product, Media, VideoDuration?, Direction)
        case prompt(String, Product?, Media)
    }

    package struct Product: Sendable, Hashable, Codable {
        package let name: String
        package let brand: String?
        package let price: Price?
        package let currency: Currency?
        package let description: String
        package let sellingPoints: [String]
    }

    package struct Media: Sendable, Hashable, Codable {
        package let images: [AssetURL]
        package let videos: [Video.ID]

        package var isEmpty: Bool { images.isEmpty && videos.isEmpty }
    }

    /// How the script is to be written. The service recommends words for all but the language, and takes any.
    package struct Direction: Sendable, Hashable, Codable {
        package let tone: String?
        package let style: String?
        package let pointOfView: String?
        package let language: ScriptLanguage?
        package let industry: String?
    }

    /// A character is a UTF-16 code unit, as a browser's `maxlength` counts.
    package enum Limits {
        package static let prompt = 3_000
        package static let name = 300
        package static let brand = 100
        package static let description = 500
        package static let sellingPoints = 10
        package static let recommendedPointWords = 10
        package static let media = 20
        package static let count = 1...8
    }

    package static let standardCount = 4

    package let subject: Subject
    package let count: Int

    /// - Parameter offered: the videos that this connection can use; any other id is a mistake.
    package init(_ form: BriefForm, offering offered: Set<Video.ID>) throws(InvalidForm) {
        var reader = BriefReader(form: form, offered: offered)
        let subject = reader.subject()
        let count = reader.count()
        guard let subject, let count, reader.mistakes.isEmpty else {
            throw InvalidForm(mistakes: reader.mistakes.inFormOrder)
        }
        self.subject = subject
        self.count = count
    }

    package var source: ScriptSource {
        switch subject {
        case .product: .product
        case .prompt: .custom
        }
    }

    package var product: Product? {
        switch subject {
        case .product(let product, _, _, _): product
        case .prompt(_, let product, _): product
        }
    }

    package var media: Media {
        switch subject {
        case .product(_, let media, _, _): media
        case .prompt(_, _, let media): media
        }
    }

    /// What the scripts will be in; a prompt is English.
    package var language: ScriptLanguage {
        switch subject {
        case .product(_, _, _, let direction): direction.language ?? .english
        case .prompt: .english
        }
    }

    /// What people call it by: the product's name, else how the prompt begins.
    package var title: String {
        if let product { return product.name }
        guard case .prompt(let prompt, _, _) = subject else { return "" }
        let line = prompt.filledLines.first ?? ""
        return line.count > 80 ? line.prefix(79).trimmingEnd + "…" : line
    }
}

extension Substring {
    fileprivate var trimmingEnd: String { String(self).trimmed }
}
