/// One way to write a script: lines chosen from the phrase book, in paragraphs.
struct Draft {
    struct Line {
        let phrase: PhraseBook.Phrase
        let text: String
        let title: String
        let words: Int
        let sentences: [String]
        /// Which of the brief's selling points it tells.
        let points: Set<String>
        let isPreferred: Bool
    }

    private let direction: String?
    private let paragraphs: [[Line]]

    var lines: [Line] { paragraphs.flatMap(\.self) }
    var title: String { paragraphs.first?.first?.title ?? "" }

    var text: String {
        let paragraphs = paragraphs.filter { !$0.isEmpty }.map { $0.map(\.text).joined(separator: " ") }
        let body = paragraphs.joined(separator: "\n\n")
        return direction.map { "\($0) \(body)" } ?? body
    }

    private var words: Int {
        lines.reduce(direction.map(Sentences.words) ?? 0) { $0 + $1.words }
    }

    /// The first draft whose length fits, else the one of `attempts` that comes nearest: a name of 300 characters fits nowhere.
    static func best(of attempts: Int, take: Take, book: PhraseBook, said: Said, seed: inout Seed) -> Draft {
        let pool = Pool(take, book: book, said: said)
        let target = take.words
        // A script that does not tell its selling point is as bad as one that is far too long.
        func distance(_ draft: Draft) -> Int {
            let isMute = take.values[.point].map { point in !draft.lines.contains { $0.points.contains(point) } } ?? false
            return max(target.lowerBound - draft.words, draft.words - target.upperBound, 0) + (isMute ? 20 : 0)
        }
        var best = Draft(take, pool: pool, seed: &seed)
        for _ in 1..<attempts where distance(best) > 0 {
            let next = Draft(take, pool: pool, seed: &seed)
            if distance(next) < distance(best) { best = next }
        }
        return best
    }

    private init(_ take: Take, pool: Pool, seed: inout Seed) {
        direction = take.direction
        let first = pool.pick(take.isStaged ? .scene : .hook, seed: &seed)
        let second = pool.pick(take.isStaged ? .turn : .open, seed: &seed)
        let hasProduct = take.values[.name] != nil
        let last = pool.pick(hasProduct ? .call : .end, seed: &seed)
        let frame = [first, second, last].compactMap(\.self)

        let count = frame.reduce(direction.map(Sentences.words) ?? 0) { $0 + $1.words }
        let filling = Self.filling(take, pool: pool, besides: frame, words: count, seed: &seed)
        paragraphs = [[first].compactMap(\.self), [second].compactMap(\.self) + filling, [last].compactMap(\.self)]
    }

    /// Lines between the opening and the call, until the length fits: a selling point always comes along where there is one.
    private static func filling(_ take: Take, pool: Pool, besides frame: [Line], words: Int, seed: inout Seed) -> [Line] {
        var chosen: [Line] = []
        var words = words
        var heard = Set(frame.flatMap(\.sentences))
        var told = Set(frame.flatMap(\.points))
        let goal = take.words.lowerBound + seed.number(below: max(1, take.words.count / 2))

        func add(_ candidates: [Line]) {
            guard
                let line = candidates.first(where: {
                    words + $0.words <= take.words.upperBound && heard.isDisjoint(with: $0.sentences) && told.isDisjoint(with: $0.points)
                })
            else { return }
            chosen.append(line)
            words += line.words
            heard.formUnion(line.sentences)
            told.formUnion(line.points)
        }

        let isLong = take.words.lowerBound > 50
        if let point = take.values[.point] {
            add(pool.shuffled(.point, seed: &seed).filter { $0.points.contains(point) && (isLong || $0.points.count == 1) })
        }
        if isLong || seed.number(below: 2) == 0 { add(pool.shuffled(.fact, seed: &seed)) }
        if isLong { add(pool.shuffled(.point, seed: &seed).filter { line in !chosen.contains { $0.phrase.number == line.phrase.number } }) }
        let rest = pool.shuffled(take.isStaged ? .beat : .line, seed: &seed)
        while words < goal {
            let before = words
            add(rest)
            if words == before { break }
        }
        let order: [PhraseBook.Kind] = [.fact, .point, .line, .beat]
        return order.flatMap { kind in chosen.filter { $0.phrase.kind == kind } }
    }
}

/// The lines that a script can be made of: its values filled in, what the task has said already left out.
private struct Pool {
    private var lines: [PhraseBook.Kind: [Draft.Line]] = [:]

    init(_ take: Take, book: PhraseBook, said: Said) {
        for phrase in book.phrases where phrase.manner.map(take.manners.contains) ?? true {
            // A prompt that turns is shown turning.
            if phrase.kind == .turn, take.values[.turn] != nil, !phrase.text.mentions(.turn) { continue }
            add(phrase, take.values, take, said)
            guard phrase.text.mentions(.point), !phrase.text.mentions(.otherPoint), let other = take.values[.otherPoint] else { continue }
            add(phrase, take.values.merging([.point: other]) { $1 }, take, said)
        }
        // A phrase comes back, with another point in it, only when a task has used up all of its kind.
        for (kind, all) in lines {
            let fresh = all.filter { !said.phrases.contains($0.phrase.number) }
            if !fresh.isEmpty { lines[kind] = fresh }
        }
    }

    private mutating func add(_ phrase: PhraseBook.Phrase, _ values: [Template.Slot: String], _ take: Take, _ said: Said) {
        guard let text = phrase.text.rendered(values, take.view) else { return }
        var title = ""
        if let template = phrase.title {
            guard let rendered = template.rendered(values, take.view), !said.titles.contains(rendered) else { return }
            title = rendered
        }
        // "Dr. Best" ends no sentence: a value counts as part of the one that it stands in.
        let sentences = Sentences.split(phrase.text.rendered(values.mapValues(Sentences.unpunctuated), take.view) ?? text)
        guard said.sentences.isDisjoint(with: sentences), Set(sentences).count == sentences.count else { return }
        let points = [Template.Slot.point, .otherPoint].filter(phrase.text.mentions).compactMap { values[$0] }
        lines[phrase.kind, default: []].append(
            Draft.Line(
                phrase: phrase, text: text, title: title, words: Sentences.words(text), sentences: sentences, points: Set(points),
                isPreferred: phrase.manner != nil))
    }

    /// In chance order, those made for the style or tone first.
    func shuffled(_ kind: PhraseBook.Kind, seed: inout Seed) -> [Draft.Line] {
        let all = seed.shuffled(lines[kind] ?? [])
        return all.filter(\.isPreferred) + all.filter { !$0.isPreferred }
    }

    func pick(_ kind: PhraseBook.Kind, seed: inout Seed) -> Draft.Line? {
        shuffled(kind, seed: &seed).first
    }
}
