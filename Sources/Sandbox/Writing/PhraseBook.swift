/// How one language sells: phrases for any product, kept as data in `PhraseBooks/LANGUAGE.txt`. A further language is one more file.
///
/// The head says how the language writes: `language`, `rate` (words spoken in a minute), `words` (its commonest, by which it is
/// recognised), `kin` (a language so near that its words are no quotation), `voice` (the mark of who speaks, in scenes), `quotes`,
/// `money` and `money CURRENCY`. Then come sections, `== KIND` or `== KIND MANNER`, with one phrase a line (`TITLE | PHRASE` for hooks
/// and scenes). `#` is a comment.
struct PhraseBook: Sendable {
    enum Kind: String, Sendable {
        case hook, open, fact, point, line, call
        case scene, turn, beat, end
    }

    struct Phrase: Sendable {
        let number: Int
        let kind: Kind
        /// The style, tone or industry that it is made for, as the API names it; nil where it goes with any.
        let manner: String?
        let title: Template?
        let text: Template
        let slots: Set<Template.Slot>
        private let asConsumer: Wording?
        private let asBrand: Wording?

        fileprivate init(_ number: Int, _ kind: Kind, _ manner: String?, _ title: Template?, _ text: Template) {
            self.number = number
            self.kind = kind
            self.manner = manner
            self.title = title
            self.text = text
            slots = Set(Template.Slot.allCases.filter(text.mentions))
            let (consumer, brand) = slots.isEmpty ? (text.rendered([:], .consumer), text.rendered([:], .brand)) : (nil, nil)
            asConsumer = consumer.map { Wording($0) }
            // In most phrases, both speak alike.
            asBrand = brand == consumer ? asConsumer : brand.map { Wording($0) }
        }

        /// What it says whatever the brief is; nil where it needs one.
        func fixed(_ view: Template.View) -> Wording? {
            switch view {
            case .consumer: asConsumer
            case .brand: asBrand
            }
        }
    }

    struct Malformed: Error, CustomStringConvertible {
        let line: Int
        let reason: String
        var description: String { "phrase book, line \(line): \(reason)" }
    }

    private(set) var language = ""
    private(set) var wordsPerMinute = 160
    private(set) var words: Set<String> = []
    private(set) var voice = ""
    private(set) var kin = ""
    private(set) var quotes = ["\"", "\""]
    private var money = MoneyFormat()
    private var moneyByCurrency: [String: MoneyFormat] = [:]
    private(set) var phrases: [Phrase] = []

    init(_ source: String) throws(Malformed) {
        var section: (kind: Kind, manner: String?)?
        let lines = source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        for (index, line) in lines.enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            do {
                if line.hasPrefix("== ") {
                    section = try Self.section(line.dropFirst(3))
                } else if let section {
                    phrases.append(try Self.phrase(line, number: phrases.count, in: section))
                } else {
                    try readHead(line)
                }
            } catch {
                throw Malformed(line: index + 1, reason: error.reason)
            }
        }
    }

    private static func section(_ heading: Substring) throws(Template.Malformed) -> (Kind, String?) {
        let parts = heading.split(separator: " ", maxSplits: 1)
        guard let kind = Kind(rawValue: String(parts.first ?? "")) else {
            throw Template.Malformed(reason: "no kind of phrase: \(heading)")
        }
        return (kind, parts.count == 2 ? String(parts[1]) : nil)
    }

    private static func phrase(
        _ line: Substring, number: Int, in section: (kind: Kind, manner: String?)
    ) throws(Template.Malformed) -> Phrase {
        let titled = section.kind == .hook || section.kind == .scene
        guard titled else {
            return Phrase(number, section.kind, section.manner, nil, try Template(line))
        }
        // A bar with spaces ends the title: `[I|We]` has none.
        guard let bar = line.firstRange(of: " | ") else { throw Template.Malformed(reason: "the title is missing") }
        let title = try Template(line[..<bar.lowerBound])
        return Phrase(number, section.kind, section.manner, title, try Template(line[bar.upperBound...]))
    }

    private mutating func readHead(_ line: Substring) throws(Template.Malformed) {
        let parts = line.split(separator: " ").map(String.init)
        switch (parts.first, parts.count) {
        case ("language", 2): language = parts[1]
        case ("rate", 2):
            guard let rate = Int(parts[1]), rate > 0 else { throw Template.Malformed(reason: "no rate: \(parts[1])") }
            wordsPerMinute = rate
        case ("words", 2...): words = Set(parts[1...])
        case ("voice", 2): voice = parts[1]
        case ("kin", 2): kin = parts[1]
        case ("quotes", 3): quotes = Array(parts[1...])
        case ("money", 4): money = MoneyFormat(decimal: parts[1], group: parts[2], pattern: parts[3])
        case ("money", 5): moneyByCurrency[parts[1]] = MoneyFormat(decimal: parts[2], group: parts[3], pattern: parts[4])
        default: throw Template.Malformed(reason: "not understood: \(line)")
        }
    }

    func phrases(_ kind: Kind) -> [Phrase] {
        phrases.filter { $0.kind == kind }
    }

    /// The price as this language writes it in that currency.
    func price(_ amount: Decimal, _ currency: String) -> String {
        (moneyByCurrency[currency] ?? money).text(amount, currency)
    }

    /// How many of the words are among this language's commonest; `words` as `Sentences.spelled` gives them.
    func commonWords(in words: [String]) -> Int {
        words.count(where: self.words.contains)
    }
}

extension PhraseBook {
    /// All that are compiled in, by the wire value of the language.
    static func library() throws(Malformed) -> [String: PhraseBook] {
        try parsed.get()
    }

    /// Read once in a program's life.
    private static let parsed = Result { () throws(Malformed) in
        var library: [String: PhraseBook] = [:]
        let sources = [
            PackageResources.en_txt, PackageResources.de_txt, PackageResources.es_txt, PackageResources.fr_txt, PackageResources.id_txt,
            PackageResources.ml_txt, PackageResources.vi_txt,
        ]
        for bytes in sources {
            let book = try PhraseBook(String(decoding: bytes, as: UTF8.self))
            library[book.language] = book
        }
        return library
    }
}
