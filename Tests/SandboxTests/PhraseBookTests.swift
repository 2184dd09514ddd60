import Testing

@testable import Sandbox

struct PhraseBookTests {
    static let languages = Rule.languages

    @Test(arguments: languages)
    func `a book holds enough, in every style and tone`(language: String) throws {
        let book = try #require(try PhraseBook.library()[language])
        func count(_ kind: PhraseBook.Kind, _ manner: String? = nil) -> Int {
            book.phrases(kind).count { $0.manner == manner }
        }
        #expect(count(.hook) >= 12)
        #expect(count(.open) >= 12)
        #expect(count(.line) >= 12)
        #expect(count(.call) >= 8)
        for style in Take.styles {
            #expect(count(.hook, style) >= 4, "\(style)")
            #expect(count(.open, style) >= 1, "\(style)")
            #expect(count(.line, style) >= 2, "\(style)")
        }
        for tone in ["Friendly", "Confident", "Professional"] {
            #expect(count(.call, tone) >= 4, "\(tone)")
            #expect(count(.line, tone) >= 3, "\(tone)")
        }
        for industry in Sample.industries { #expect(count(.line, industry) >= 1, "\(industry)") }
        let manners = Set(book.phrases.compactMap(\.manner))
        #expect(manners.isSubset(of: Take.styles + ["Friendly", "Confident", "Professional"] + Sample.industries))
    }

    @Test(arguments: Sample.all)
    func `a book speaks at its language's rate, and its opening says who speaks`(sample: Sample) throws {
        let book = try #require(try PhraseBook.library()[sample.language])
        #expect(book.wordsPerMinute == sample.wordsPerMinute)
        for phrase in book.phrases(.open) {
            let consumer = try #require(phrase.text.rendered([.name: "X"], .consumer)).lowercased().split { !$0.isLetter }
            let brand = try #require(phrase.text.rendered([.name: "X"], .brand)).lowercased().split { !$0.isLetter }
            #expect(!sample.consumer.isDisjoint(with: consumer), "\(consumer)")
            #expect(!sample.brand.isDisjoint(with: brand), "\(brand)")
        }
    }

    @Test(arguments: languages)
    func `no sentence stands in two phrases of a book`(language: String) throws {
        let book = try #require(try PhraseBook.library()[language])
        for view in Template.View.allCases {
            var seen: Set<String> = []
            for phrase in book.phrases {
                for sentence in phrase.fixed(view)?.sentences ?? [] { #expect(seen.insert(sentence).inserted, "\(sentence)") }
            }
        }
    }

    @Test(arguments: languages)
    func `no two phrases of a book are alike`(language: String) throws {
        let book = try #require(try PhraseBook.library()[language])
        let texts = book.phrases.map { "\($0.text.parts)" }
        #expect(Set(texts).count == texts.count)
        let titles = book.phrases.compactMap(\.title).map { "\($0.parts)" }
        #expect(Set(titles).count == titles.count)
    }

    @Test(arguments: languages)
    func `a title is short, and no sentence`(language: String) throws {
        let book = try #require(try PhraseBook.library()[language])
        for title in book.phrases.compactMap(\.title) {
            let text = try #require(title.rendered([.name: "X", .who: "X"], .brand))
            #expect(text.count <= 48 && text.last != ".", "\(text)")
            #expect(text.first?.isLowercase == false, "\(text)")
        }
    }

    @Test(arguments: languages)
    func `every product is named where it comes in and where it is asked for`(language: String) throws {
        let book = try #require(try PhraseBook.library()[language])
        for phrase in book.phrases(.open) + book.phrases(.call) { #expect(phrase.text.mentions(.name)) }
        for phrase in book.phrases(.call) { #expect(phrase.text.mentions(.price)) }
        for phrase in book.phrases(.point) { #expect(phrase.text.mentions(.point)) }
    }

    @Test(arguments: [
        ("nonsense", 1), ("language en\n== nothing\n", 2), ("language en\n\n== open\n{nobody}", 4), ("rate fast", 1), ("== open\n[I", 2),
        ("== open\n[I]", 2),
        ("== open\n<x", 2), ("== open\n{name", 2), ("== hook\nno title", 2), ("== open\n\\t", 2),
    ])
    func `a book that is not understood is refused, and the line named`(source: String, line: Int) {
        let error = #expect(throws: PhraseBook.Malformed.self) { try PhraseBook(source) }
        #expect(error?.line == line)
    }

    @Test func `a template takes values as they are`() throws {
        let template = try Template("[I|We] like {name}< by {brand}>< for {price}>.")
        #expect(template.rendered([.name: "{brand} <b>"], .consumer) == "I like {brand} <b>.")
        #expect(template.rendered([.name: "Wow!", .brand: "[A|B]"], .brand) == "We like Wow! by [A|B].")
        #expect(template.rendered([.name: "Wow!"], .brand) == "We like Wow!")
        #expect(template.rendered([.brand: "A"], .brand) == nil)
    }

    @Test(arguments: [
        ("en", "39.9", "USD", "$39.90"), ("en", "39.90", "EUR", "€39.90"), ("en", "1234567.5", "GBP", "£1,234,567.50"),
        ("en", "39.9", "CHF", "CHF 39.90"), ("en", "39900", "IDR", "Rp39,900"), ("en", "0", "USD", "$0.00"), ("en", "0.05", "USD", "$0.05"),
        ("de", "39.9", "EUR", "39,90 €"), ("de", "1299", "EUR", "1.299,00 €"), ("de", "39.9", "CHF", "39,90 CHF"),
        ("es", "39.9", "EUR", "39,90 €"), ("es", "1299.5", "USD", "$1,299.50"), ("es", "399", "MXN", "$399.00 MXN"),
        ("es", "39900", "CLP", "39.900 CLP"), ("fr", "39.9", "EUR", "39,90 €"), ("fr", "1299", "EUR", "1\u{202F}299,00 €"),
        ("fr", "39.9", "CAD", "39,90 CAD"), ("id", "39900", "IDR", "Rp 39.900"), ("id", "39900.5", "IDR", "Rp 39.900,50"),
        ("id", "39.9", "USD", "$ 39,90"), ("ml", "39.9", "MYR", "RM39.90"), ("ml", "1299", "SGD", "SGD 1,299.00"),
        ("vi", "399000", "VND", "399.000 ₫"), ("vi", "39.9", "USD", "39,90 $"),
        ("de", "4900", "JPY", "4.900 ¥"), ("de", "4900.5", "JPY", "4.900,50 ¥"),
    ])
    func `prices are written as the language does`(language: String, amount: String, currency: String, text: String) throws {
        let book = try #require(try PhraseBook.library()[language])
        #expect(book.price(try #require(Decimal(amount)), currency) == text)
    }
}
