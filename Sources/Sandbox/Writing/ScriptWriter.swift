/// Writes the scripts of a task: a hook, a body and a call to action, from the brief's own words and a phrase book. Pure: the same
/// task id and brief give the same scripts, another id gives others.
struct ScriptWriter: Sendable {
    private let books: [String: PhraseBook]
    private let english: PhraseBook

    init(books: [String: PhraseBook]) throws(PhraseBook.Malformed) {
        guard let english = books["en"] else { throw PhraseBook.Malformed(line: 1, reason: "there is none for English") }
        self.books = books
        self.english = english
    }

    /// `ids` is one script id for each script that the brief asks for. A language without a phrase book is written in English.
    func scripts(for brief: Brief, task: String, ids: [String]) -> [Script] {
        let book = books[brief.language] ?? english
        var seed = Seed(task)
        var said = Said()
        let material = Material(brief, book: book, others: books.values.filter { $0.language != book.language }, seed: &seed)
        return ids.enumerated().map { index, id in
            let take = Take(brief, material: material, index: index, seed: &seed)
            let draft = Draft.best(of: 120, take: take, book: book, said: said, seed: &seed)
            said.note(draft)
            return Script(id: id, title: draft.title, text: draft.text)
        }
    }
}

/// What a task has said so far: no phrase and no sentence comes a second time.
struct Said {
    private(set) var phrases: Set<Int> = []
    private(set) var sentences: Set<String> = []
    private(set) var titles: Set<String> = []

    mutating func note(_ draft: Draft) {
        for line in draft.lines {
            phrases.insert(line.phrase.number)
            sentences.formUnion(line.sentences)
        }
        titles.insert(draft.title)
    }
}

/// What one script is about, and how it is told.
struct Take {
    let values: [Template.Slot: String]
    let view: Template.View
    /// The style and tone whose phrases are preferred.
    let manners: Set<String>
    /// The team's own words for tone, style or view: a direction for whoever speaks, since no phrase is made for them.
    let direction: String?
    let words: ClosedRange<Int>
    let isStaged: Bool

    static let styles = [
        "Authority and trust", "Challenges", "Community", "Comparisons", "Emotional appeal", "Engagement", "Engaging questions", "Humor",
        "Informative", "Lists and inspiration", "Personal stories", "Problem solving", "Product focused", "Promotions", "Unique experiences",
    ]
    private static let tones = ["Friendly", "Confident", "Professional"]
    private static let views: [String: Template.View] = ["From consumer": .consumer, "From brand": .brand]
    private static let free = ["All", "Recommended"]

    init(_ brief: Brief, material: Material, index: Int, seed: inout Seed) {
        values = material.values(for: index, seed: &seed)
        let anyView: Template.View = seed.number(below: 2) == 0 ? .consumer : .brand
        view = brief.pointOfView.flatMap { Self.views[$0] } ?? anyView

        let style = brief.style ?? "Recommended"
        let anyStyle = seed.pick(Self.styles)
        manners = Set([Self.free.contains(style) ? anyStyle : style, brief.tone].compactMap(\.self))

        let known = Set(Self.styles + Self.tones + Self.views.keys + Self.free)
        let own = [brief.tone, brief.style, brief.pointOfView].compactMap(\.self).filter { !known.contains($0) }
        direction = own.isEmpty ? nil : "(\(own.joined(separator: "; ")))"

        isStaged = brief.prompt != nil && brief.product.map { _ in true } ?? true
        if isStaged {
            let scenes = [Template.Slot.setup, .middle, .turn].compactMap { values[$0] }.reduce(0) { $0 + Sentences.words($1) }
            words = scenes + 36...scenes + 64
        } else {
            // Without a duration, what there is to say decides.
            let length = brief.length ?? ((brief.product?.sellingPoints.count ?? 0) > 2 ? .seconds30 : .seconds15)
            words = length == .seconds15 ? 36...44 : 72...88
        }
    }
}
