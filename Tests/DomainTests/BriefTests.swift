import Domain
import Testing

@Suite struct `A brief is read from its form` {
    @Test func `a product with every field`() throws {
        let form = productForm(
            [
                .duration: "30S", .name: " Trail Lamp 300 ", .brand: "Northbeam", .price: "39,90", .currency: "EUR",
                .sellingPoints: "58 g light\r\n\r\n  30 hours on one charge  \r\n", .tone: "Professional", .style: "Product focused",
                .pointOfView: "From consumer", .language: "ml", .industry: "Baby, kids & maternity", .count: "8",
            ], videos: ["7", "3"])
        let brief = try brief(form, offering: [Video.ID(3), Video.ID(7)])
        guard case .product(let product, let media, let duration, let direction) = brief.subject else {
            Issue.record("not a product")
            return
        }
        #expect(product.name == "Trail Lamp 300")
        #expect(product.brand == "Northbeam")
        #expect(product.price == Price(hundredths: 3_990))
        #expect(product.currency?.code == "EUR")
        #expect(product.description == "A head lamp.")
        #expect(product.sellingPoints == ["58 g light", "30 hours on one charge"])
        #expect(media.images.map(\.text) == ["https://cdn.example.com/lamp.jpg"])
        #expect(media.videos == [Video.ID(7), Video.ID(3)])
        #expect(duration == .seconds30)
        #expect(direction.tone == "Professional")
        #expect(direction.style == "Product focused")
        #expect(direction.pointOfView == "From consumer")
        #expect(direction.language == .malay)
        #expect(direction.industry == "Baby, kids & maternity")
        #expect(brief.count == 8)
        #expect(brief.source == .product)
        #expect(brief.language == .malay)
    }

    @Test func `what is left empty is absent, and four scripts are asked for`() throws {
        let brief = try brief(productForm([.currency: " ", .language: "", .count: "", .brand: "\t", .tone: "  "]))
        guard case .product(let product, _, nil, let direction) = brief.subject else {
            Issue.record("not a product without a duration")
            return
        }
        #expect(product.brand == nil && product.price == nil && product.currency == nil && product.sellingPoints.isEmpty)
        #expect(direction.tone == nil && direction.language == nil)
        #expect(brief.count == 4)
        #expect(brief.language == .english)
    }

    @Test(arguments: ["", "product", "PRODUCT ", "BOTH"])
    func `a source that is none is the only mistake there can be about the subject`(source: String) {
        #expect(mistakes(productForm([.source: source, .name: "", .count: "0"])).map(\.field) == [.source, .count])
    }

    @Test(arguments: ["15S", "30S"])
    func `the two durations`(word: String) throws {
        #expect(mistakes(productForm([.duration: word])).isEmpty)
        #expect(mistakes(productForm([.duration: word.lowercased()])).map(\.field) == [.duration])
    }

    @Test(arguments: ["en", "de", "es", "fr", "id", "ml", "vi"])
    func `the seven languages, in small letters`(word: String) throws {
        #expect(mistakes(productForm([.language: word])).isEmpty)
        #expect(mistakes(productForm([.language: word.uppercased()])).map(\.field) == [.language])
    }

    @Test func `Malay's HTML tag is no language of the service`() {
        #expect(mistakes(productForm([.language: "ms"])).map(\.field) == [.language])
    }

    @Test func `a team's own words are as good as the recommended ones`() throws {
        let form = productForm([.tone: "Dry, with a wink", .style: "Haiku", .pointOfView: "The dog", .industry: "Lamps, and more"])
        guard case .product(_, _, _, let direction) = try brief(form).subject else { return }
        #expect(direction.tone == "Dry, with a wink")
        #expect(direction.industry == "Lamps, and more")
    }

    @Test(arguments: ["1", "8", " 4 "])
    func `one to eight scripts`(count: String) {
        #expect(mistakes(productForm([.count: count])).isEmpty)
    }

    @Test(arguments: ["0", "9", "-1", "4.5", "four", "4,0", "99999999999999999999"])
    func `any other count is a mistake`(count: String) {
        #expect(mistakes(productForm([.count: count])).map(\.field) == [.count])
        #expect(mistakes(promptForm([.count: count])).map(\.field) == [.count])
    }

    @Test func `a brief survives being stored`() throws {
        let form = productForm([.price: "12.98", .duration: "15S"])
        #expect(try brief(form) == brief(form))
        #expect(try brief(form).product?.price?.decimal == "12.98")
    }

    @Test func `people call it by the product, else by how the prompt begins`() throws {
        #expect(try brief(productForm()).title == "Trail Lamp 300")
        #expect(try brief(promptForm([.prompt: "\n  First line  \nsecond"])).title == "First line")
        #expect(try brief(promptForm([.prompt: letters(80)])).title == letters(80))
        #expect(try brief(promptForm([.prompt: letters(81)])).title == letters(79) + "…")
        #expect(try brief(promptForm([.prompt: letters(78) + " " + letters(9)])).title == letters(78) + "…")
    }
}

@Suite struct `A brief's texts have limits` {
    @Test(arguments: [
        (BriefField.name, Brief.Limits.name, 300), (.brand, Brief.Limits.brand, 100), (.description, Brief.Limits.description, 500),
    ])
    func `the last character that fits, and the first that does not`(field: BriefField, limit: Int, documented: Int) {
        #expect(limit == documented)
        #expect(mistakes(productForm([field: letters(limit)])).isEmpty)
        #expect(
            mistakes(productForm([field: letters(limit + 1)])) == [Mistake(field, "At most \(limit) characters; this is \(limit + 1).")])
    }

    @Test func `a prompt has 3,000 characters at most`() {
        #expect(mistakes(promptForm([.prompt: letters(3_000)])).isEmpty)
        #expect(mistakes(promptForm([.prompt: letters(3_001)])).map(\.field) == [.prompt])
    }

    @Test func `an emoji counts as often as a browser counts it`() {
        #expect(mistakes(productForm([.name: String(repeating: "😀", count: 150)])).isEmpty)
        #expect(mistakes(productForm([.name: String(repeating: "😀", count: 150) + "a"])).map(\.field) == [.name])
        // One on screen, eight code units: woman, zero-width joiner, rocket and so on.
        #expect(mistakes(productForm([.brand: String(repeating: "👨‍👩‍👧", count: 12) + letters(4)])).isEmpty)
        #expect(mistakes(productForm([.brand: String(repeating: "👨‍👩‍👧", count: 12) + letters(5)])).map(\.field) == [.brand])
    }

    @Test func `a form's line end is one character, counted and stored`() throws {
        let lines = String(repeating: "a\r\n", count: 250)
        #expect(mistakes(productForm([.description: lines])).isEmpty)
        #expect(try brief(productForm([.description: lines])).product?.description == String(repeating: "a\n", count: 250))
        #expect(mistakes(productForm([.description: lines + "b"])).map(\.field) == [.description])
        #expect(mistakes(promptForm([.prompt: String(repeating: "\r\n", count: 2_999) + "a"])).isEmpty)
    }

    @Test(arguments: ["", "   ", "\r\n\t", "\u{A0}\u{3000}"])
    func `a required text that is blank is missing, and only that`(blank: String) {
        #expect(mistakes(productForm([.name: blank])).map(\.field) == [.name])
        #expect(mistakes(productForm([.description: blank])).map(\.field) == [.description])
        #expect(mistakes(promptForm([.prompt: blank])).map(\.field) == [.prompt])
    }

    @Test func `ten selling points, one a line`() throws {
        let ten = (1...10).map { "point \($0)" }.joined(separator: "\r\n")
        #expect(try brief(productForm([.sellingPoints: ten + "\r\n \r\n"])).product?.sellingPoints.count == 10)
        #expect(mistakes(productForm([.sellingPoints: ten + "\r\neleven"])).map(\.field) == [.sellingPoints])
    }

    @Test func `a selling point of more than ten words is a warning, not a mistake`() {
        let ten = Array(repeating: "word", count: 10).joined(separator: " ")
        #expect(productForm([.sellingPoints: ten]).warnings.isEmpty)
        let long = productForm([.sellingPoints: ten + " more\r\nshort"])
        #expect(long.warnings.map(\.field) == [.sellingPoints])
        #expect(mistakes(long).isEmpty)
    }
}

@Suite struct `A brief's media` {
    @Test func `a product needs an image or a video`() {
        #expect(mistakes(productForm([.images: ""])) == [Mistake(.images, "Name at least one image or video of the product.")])
        #expect(mistakes(productForm([.images: " \r\n "])).map(\.field) == [.images])
        #expect(mistakes(productForm([.images: ""], videos: ["7"]), offering: [Video.ID(7)]).isEmpty)
    }

    @Test func `images and videos are twenty together`() {
        let ids = (1...11).map { Video.ID(Int64($0)) }
        func images(_ count: Int) -> String { (1...count).map { "https://a.example/\($0).jpg" }.joined(separator: "\r\n") }
        #expect(mistakes(productForm([.images: images(20)])).isEmpty)
        #expect(mistakes(productForm([.images: images(21)])).map(\.field) == [.images])
        #expect(mistakes(productForm([.images: images(10)], videos: (1...10).map(String.init)), offering: Set(ids)).isEmpty)
        #expect(
            mistakes(productForm([.images: images(10)], videos: (1...11).map(String.init)), offering: Set(ids)) == [
                Mistake(.images, "At most twenty images and videos together; these are 21.")
            ])
    }

    @Test func `a video that is not offered here is a mistake, one chosen twice is not`() throws {
        #expect(mistakes(productForm(videos: ["7"]), offering: [Video.ID(8)]).map(\.field) == [.videos])
        #expect(mistakes(productForm(videos: ["x"]), offering: [Video.ID(8)]).map(\.field) == [.videos])
        #expect(try brief(productForm(videos: ["7", "7"]), offering: [Video.ID(7)]).media.videos == [Video.ID(7)])
    }

    @Test func `every address that is none is named`() {
        let found = mistakes(productForm([.images: "lamp.jpg\r\nhttps://a.example/a b.jpg\r\nhttps://a.example/ok.jpg"]))
        #expect(found.map(\.field) == [.images, .images])
        #expect(found[0].message.contains("lamp.jpg"))
        #expect(found[1].message.contains("Write https://a.example/a%20b.jpg"))
    }

    @Test func `a prompt may have media without a product`() throws {
        #expect(try brief(promptForm()).media.isEmpty)
        let brief = try brief(promptForm([.images: "https://a.example/1.jpg"]))
        #expect(brief.product == nil)
        #expect(brief.media.images.count == 1)
    }
}

@Suite struct `Which fields a source supports` {
    @Test func `a prompt neither checks nor sends what belongs to a product's script`() throws {
        let form = promptForm([.duration: "45S", .language: "xx", .tone: letters(9_999), .style: "x", .pointOfView: "x", .industry: "x"])
        #expect(mistakes(form).isEmpty)
        #expect(try brief(form).language == .english)
    }

    @Test func `a product neither checks nor sends the prompt`() throws {
        #expect(mistakes(productForm([.prompt: letters(9_999)])).isEmpty)
    }

    @Test func `nothing typed is lost on the way`() {
        let form = promptForm([.duration: "45S", .language: "xx", .tone: "dry"], videos: ["7"])
        #expect(form.duration == "45S")
        #expect(form.language == "xx")
        #expect(form.tone == "dry")
        #expect(form.videos == ["7"])
    }

    @Test func `the currency alone is no product`() throws {
        #expect(try brief(promptForm([.currency: "EUR"])).product == nil)
        #expect(try brief(promptForm([.currency: "nonsense"])).product == nil)
    }

    @Test(arguments: [BriefField.name, .brand, .price, .description, .sellingPoints])
    func `any other part of a product means one`(field: BriefField) {
        let found = mistakes(promptForm([field: field == .price ? "5" : "x"])).map(\.field)
        #expect(found == [.name, .description, .images].filter { $0 != field })
    }

    @Test func `a prompt with a whole product`() throws {
        let brief = try brief(promptForm([.name: "Lamp", .description: "Light", .images: "https://a.example/1.jpg", .price: "5"]))
        #expect(brief.product?.price?.decimal == "5.00")
        #expect(brief.source == .custom)
        #expect(brief.title == "Lamp")
    }
}

@Suite struct `Every mistake is shown at once` {
    @Test func `in the order of the controls`() {
        let form = productForm(
            [
                .duration: "45S", .name: "", .brand: letters(101), .price: "cheap", .currency: "XXX", .description: letters(501),
                .sellingPoints: Array(repeating: "x", count: 11).joined(separator: "\n"), .images: "lamp.jpg", .language: "xx", .count: "9",
            ], videos: ["1"])
        #expect(
            mistakes(form).map(\.field) == [
                .name, .brand, .description, .price, .currency, .sellingPoints, .images, .videos, .count, .language, .duration,
            ])
    }

    @Test func `for a prompt as well`() {
        let form = promptForm([.prompt: "", .name: "Lamp", .price: "-1", .count: "0"])
        #expect(mistakes(form).map(\.field) == [.prompt, .description, .price, .images, .count])
    }

    @Test func `a text that is too long is not also missing`() {
        #expect(mistakes(productForm([.name: letters(301), .description: letters(501)])).map(\.field) == [.name, .description])
    }

    @Test func `an empty form lacks its source alone`() {
        #expect(mistakes(BriefForm()).map(\.field) == [.source])
        #expect(mistakes(.fresh).map(\.field) == [.name, .description, .images])
    }
}
