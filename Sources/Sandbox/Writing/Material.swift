/// What the brief gives to talk about, in the task's language.
struct Material {
    private let fixed: [Template.Slot: String]
    private let points: [String]
    private let facts: [String]
    private let commonWords: Set<String>

    /// Longer sentences of a description are read, not spoken.
    private static let wordsInFact = 18

    init(_ brief: Brief, book: PhraseBook, others: [PhraseBook], seed: inout Seed) {
        /// Recognised by its commonest words as another language's.
        func isForeign(_ text: String) -> Bool {
            let words = Sentences.spelled(text)
            let own = book.commonWords(in: words)
            return others.contains { $0.commonWords(in: words) > own }
        }
        commonWords = book.words
        var fixed: [Template.Slot: String] = [:]
        if let product = brief.product {
            let name = Sentences.trimmed(product.name)
            fixed[.name] = name
            // "Northbeam Trail Lamp by Northbeam" is what nobody says.
            fixed[.brand] = product.brand.map(Sentences.trimmed).flatMap { name.lowercased().contains($0.lowercased()) ? nil : $0 }
            fixed[.price] = product.price.map { book.price($0, product.currency) }
        }
        if let prompt = brief.prompt {
            let staging = Staging(prompt)
            fixed[.setup] = staging.setup
            fixed[.middle] = staging.middle
            fixed[.turn] = staging.turn
            fixed[.who] = staging.who
        }
        self.fixed = fixed

        let given = (brief.product?.sellingPoints ?? []).map(Sentences.trimmed)
        let description = brief.product?.description ?? ""
        // What is in another language stands as a quotation, so that the sentence round it stays one. One word proves little ("AI plus"),
        // so the brief is judged as a whole; points that could be either ("58 g light") follow it.
        let isForeignBrief = isForeign(([description] + given).joined(separator: " "))
        points = seed.shuffled(
            given.map { point in
                let isQuoted = isForeignBrief && (isForeign(point) || book.commonWords(in: Sentences.spelled(point)) == 0)
                return isQuoted ? book.quotes[0] + point + book.quotes[1] : point
            })
        facts = isForeign(description) ? [] : seed.shuffled(Sentences.split(description))
    }

    /// Each script of a task starts from another point.
    func values(for index: Int, seed: inout Seed) -> [Template.Slot: String] {
        var values = fixed
        if !points.isEmpty { values[.point] = points[index % points.count] }
        if points.count > 1 { values[.otherPoint] = points[(index + 1) % points.count] }
        if let fact = seed.pick(facts) {
            let idea = Sentences.firstClause(fact)
            if Sentences.words(fact) <= Self.wordsInFact { values[.fact] = Sentences.closed(fact) }
            if (3...Self.wordsInFact).contains(Sentences.words(idea)) {
                values[.idea] = idea
                values[.gist] = Sentences.continuing(idea, after: commonWords)
            }
        }
        return values
    }
}
