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
        let material = Material(
            brief, book: book, others: books.values.filter { ![book.language, book.kin].contains($0.language) }, seed: &seed)
        return ids.enumerated().map { index, id in
            let take = Take(brief, material: material, book: book, index: index, seed: &seed)
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
            phrases.insert(line.number)
            sentences.formUnion(line.wording.sentences)
        }
        titles.insert(draft.title)
    }
}
