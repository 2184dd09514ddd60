/// Reads a form by the rules of the create call and notes every mistake on the way, so that a person sees them all at once.
struct BriefReader {
    let form: BriefForm
    let offered: Set<Video.ID>
    private(set) var mistakes: [Mistake] = []

    init(form: BriefForm, offered: Set<Video.ID>) {
        self.form = form
        self.offered = offered
    }

    /// Fields that the source does not support are neither read nor sent.
    mutating func subject() -> Brief.Subject? {
        guard let source = ScriptSource(rawValue: form.source) else {
            note(.source, "Choose what the scripts are about: a product or a prompt.")
            return nil
        }
        switch source {
        case .product:
            let product = product()
            let media = media(required: true)
            let duration = duration()
            let direction = direction()
            guard let product else { return nil }
            return .product(product, media, duration, direction)
        case .custom:
            let prompt = text(form.prompt, .prompt, limit: Brief.Limits.prompt)
            if prompt == nil { note(.prompt, "Write the prompt: an English script for the video.") }
            let product = form.namesProduct ? product() : nil
            let media = media(required: form.namesProduct)
            return .prompt(prompt ?? "", product, media)
        }
    }

    mutating func count() -> Int? {
        let text = form.count.trimmed
        if text.isEmpty { return Brief.standardCount }
        guard let count = Int(text), Brief.Limits.count.contains(count) else {
            note(.count, "Ask for 1 to 8 scripts.")
            return nil
        }
        return count
    }

    private mutating func product() -> Brief.Product? {
        let name = text(form.name.trimmed, .name, limit: Brief.Limits.name)
        if name == nil { note(.name, "Name the product.") }
        let brand = text(form.brand.trimmed, .brand, limit: Brief.Limits.brand)
        let description = text(form.description, .description, limit: Brief.Limits.description)
        if description == nil { note(.description, "Say what the product is: scripts are written from this.") }
        let price = price()
        let currency = currency()
        let points = form.sellingPoints.filledLines
        if points.count > Brief.Limits.sellingPoints {
            note(.sellingPoints, "At most ten selling points, one a line; these are \(points.count).")
        }
        guard let name, let description else { return nil }
        return Brief.Product(
            name: name, brand: brand, price: price, currency: currency, description: description, sellingPoints: points)
    }

    private mutating func price() -> Price? {
        let text = form.price.trimmed
        if text.isEmpty { return nil }
        do {
            return try Price(parsing: text)
        } catch {
            switch error {
            case .notANumber: note(.price, "Write the price as a number, such as 39.90.")
            case .negative: note(.price, "The price can't be below zero.")
            case .tooManyDecimals: note(.price, "Write the price with at most two decimals.")
            case .ambiguous: note(.price, "Is that a thousand or a decimal? Write 1299.00 or 1.29.")
            case .tooLarge: note(.price, "That price is too large: at most twelve digits before the decimals.")
            }
            return nil
        }
    }

    private mutating func currency() -> Currency? {
        let text = form.currency.trimmed
        if text.isEmpty { return nil }
        guard let currency = Currency(text) else {
            note(.currency, "Choose a currency from the list: a code such as EUR.")
            return nil
        }
        return currency
    }

    private mutating func media(required: Bool) -> Brief.Media {
        var images: [AssetURL] = []
        for line in form.images.filledLines {
            do {
                images.append(try AssetURL(line))
            } catch {
                note(.images, error.words(for: line, asset: "image"))
            }
        }
        var videos: [Video.ID] = []
        for text in form.videos {
            if let id = Video.ID(decimal: text), offered.contains(id) {
                if !videos.contains(id) { videos.append(id) }
            } else {
                note(.videos, "A chosen video is not on this connection any more. Choose again.")
            }
        }
        let named = form.images.filledLines.count + form.videos.count
        if named > Brief.Limits.media {
            note(.images, "At most twenty images and videos together; these are \(named).")
        } else if named == 0, required {
            note(.images, "Name at least one image or video of the product.")
        }
        return Brief.Media(images: images, videos: videos)
    }

    private mutating func duration() -> VideoDuration? {
        if form.duration.isEmpty { return nil }
        guard let duration = VideoDuration(rawValue: form.duration) else {
            note(.duration, "Choose 15 or 30 seconds, or leave the length to the service.")
            return nil
        }
        return duration
    }

    private mutating func direction() -> Brief.Direction {
        func words(_ text: String) -> String? { text.isBlank ? nil : text.trimmed }
        let language = ScriptLanguage(rawValue: form.language)
        if language == nil, !form.language.isEmpty { note(.language, "Choose a language from the list.") }
        return Brief.Direction(
            tone: words(form.tone), style: words(form.style), pointOfView: words(form.pointOfView), language: language,
            industry: words(form.industry))
    }

    /// Nil for blank. A text over its limit is noted and kept, so that no second mistake ("missing") follows from the first.
    private mutating func text(_ text: String, _ field: BriefField, limit: Int) -> String? {
        if text.isBlank { return nil }
        let count = text.utf16.count
        if count > limit { note(field, "At most \(limit) characters; this is \(count).") }
        return text
    }

    private mutating func note(_ field: BriefField, _ message: String) {
        mistakes.append(Mistake(field, message))
    }
}

extension AssetURL.Mistake {
    /// - Parameter asset: `image` or `video`.
    package func words(for line: String, asset: String) -> String {
        let shown = line.count > 60 ? "\(line.prefix(59))…" : line
        return switch self {
        case .notAbsolute: "“\(shown)” is not a web address. Begin with https:// or http://."
        case .notEncoded(let offer): "“\(shown)” holds characters that have to be encoded. Write \(offer)"
        case .tooLong: "“\(shown)” is too long: at most \(AssetURL.limit) characters."
        case .notAVideo(let format): "“\(shown)” ends in \(format). The service takes .mp4, .mov, .mpeg and .avi \(asset)s."
        }
    }
}
