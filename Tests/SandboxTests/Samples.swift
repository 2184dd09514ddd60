import Testing

@testable import Sandbox

/// What a brief and its script are like in each language.
struct Sample: Sendable, CustomTestStringConvertible {
    let language: String
    let price: String
    let wordsPerMinute: Int
    /// Of which a script of that view has at least one.
    let consumer: Set<Substring>
    let brand: Set<Substring>
    let product: JSONValue

    var testDescription: String { language }

    init(
        _ language: String, _ price: (number: String, currency: String, text: String), rate: Int, consumer: String, brand: String,
        _ description: String, _ points: [String]
    ) {
        self.language = language
        self.price = price.text
        wordsPerMinute = rate
        self.consumer = Set(consumer.split(separator: " "))
        self.brand = Set(brand.split(separator: " "))
        product = [
            "name": "Trail Lamp 300", "brand": "Northbeam", "price": .number(price.number), "currency": .string(price.currency),
            "description": .string(description), "selling_points": .array(points.map { .string($0) }),
        ]
    }

    func brief(style: String = "Recommended", tone: String = "All", view: String = "All", industry: String = "All") -> JSONValue {
        let info: JSONValue = [
            "script_language": .string(language), "style": .string(style), "tone": .string(tone), "point_of_view": .string(view),
            "relevant_industry": .string(industry),
        ]
        return JSONValue.product.with("product_info", product).with("script_info", info)
    }

    /// The words that a fifth under and a fifth over that many seconds leave room for.
    func words(seconds: Int) -> ClosedRange<Int> {
        (wordsPerMinute * seconds * 8 + 599) / 600...wordsPerMinute * seconds * 12 / 600
    }

    static let all = [
        Sample(
            "en", ("39.90", "USD", "$39.90"), rate: 170, consumer: "i my me", brand: "we our us",
            "A head lamp for night runs: 300 lumens, 58 g, charges by USB-C.", ["58 g light", "30 hours on one charge"]),
        Sample(
            "de", ("39.90", "EUR", "39,90 €"), rate: 165, consumer: "ich mein meine meiner mir mich",
            brand: "wir unser unsere unserer uns",
            "Eine Stirnlampe für Läufe bei Nacht: 300 Lumen, 58 g, lädt über USB-C.", ["nur 58 g leicht", "30 Stunden mit einer Ladung"]),
        Sample(
            "es", ("39.90", "EUR", "39,90 €"), rate: 175, consumer: "yo mi mí me mis", brand: "nosotros nuestra nuestro nuestros nos",
            "Una linterna frontal para correr de noche: 300 lúmenes, 58 g, carga por USB-C.",
            ["pesa solo 58 g", "30 horas con una sola carga"]),
        Sample(
            "fr", ("39.90", "EUR", "39,90 €"), rate: 175, consumer: "je j ma mon moi me m", brand: "nous notre",
            "Une lampe frontale pour courir la nuit\u{202F}: 300 lumens, 58 g, recharge par USB-C.",
            ["58 g sur la tête", "30 heures avec une seule charge"]),
        Sample(
            "id", ("399000", "IDR", "Rp 399.000"), rate: 150, consumer: "aku", brand: "kami",
            "Lampu kepala untuk lari malam: 300 lumen, 58 g, isi daya lewat USB-C.", ["ringan, cuma 58 g", "tahan 30 jam sekali isi daya"]),
        Sample(
            "ml", ("129.90", "MYR", "RM129.90"), rate: 150, consumer: "saya", brand: "kami",
            "Lampu kepala untuk larian malam: 300 lumen, 58 g, dicas melalui USB-C.",
            ["ringan, hanya 58 g", "tahan 30 jam dengan sekali cas"]),
        Sample(
            "vi", ("399000", "VND", "399.000 ₫"), rate: 200, consumer: "mình", brand: "chúng",
            "Đèn đội đầu cho người chạy đêm: 300 lumen, nặng 58 g, sạc bằng USB-C.", ["chỉ nặng 58 g", "dùng 30 giờ cho một lần sạc"]),
    ]

    static let styles = ["Recommended"] + Take.styles
    static let tones = ["All", "Friendly", "Confident", "Professional"]
    static let views = ["All", "From consumer", "From brand"]
    static let industries = [
        "Apparel & accessories", "Appliances", "Apps", "Baby, kids & maternity", "Beauty & personal care", "Business services", "Comics",
        "E-commerce (non-app)", "Education", "Financial services", "Food & beverage", "Games", "Health", "Home improvement",
        "Household products", "Life services", "News & entertainment", "Pets", "Sports & outdoor", "Tech & electronics", "Travel",
        "Vehicles & transportation",
    ]
}
