/// The lines that a script can be made of: its values filled in, what the task has said already left out.
struct Pool {
    private var lines: [PhraseBook.Kind: [Draft.Line]] = [:]

    init(_ take: Take, book: PhraseBook, said: Said) {
        let kinds: Set<PhraseBook.Kind> =
            take.isStaged ? [.scene, .turn, .fact, .point, .beat, .end, .call] : [.hook, .open, .fact, .point, .line, .call]
        for phrase in book.phrases where kinds.contains(phrase.kind) && take.fits(phrase.manner) {
            // A prompt that turns is shown turning.
            if phrase.kind == .turn, take.values[.turn] != nil, !phrase.slots.contains(.turn) { continue }
            add(phrase, take.values, take, said)
            guard phrase.slots.contains(.point), !phrase.slots.contains(.otherPoint), let other = take.values[.otherPoint] else { continue }
            add(phrase, take.values.merging([.point: other]) { $1 }, take, said)
        }
        // A phrase comes back, with another point in it, only when a task has used up all of its kind.
        for (kind, all) in lines {
            let fresh = all.filter { !said.phrases.contains($0.number) }
            if !fresh.isEmpty { lines[kind] = fresh }
        }
    }

    private mutating func add(_ phrase: PhraseBook.Phrase, _ values: [Template.Slot: String], _ take: Take, _ said: Said) {
        guard let wording = phrase.fixed(take.view) ?? Self.wording(phrase, values, take) else { return }
        var title = ""
        if let template = phrase.title {
            guard let rendered = template.rendered(values, take.view), !said.titles.contains(rendered) else { return }
            title = rendered
        }
        let sentences = wording.sentences
        guard said.sentences.isDisjoint(with: sentences), sentences.count == 1 || Set(sentences).count == sentences.count else { return }
        var points: Set<String> = []
        for slot in [Template.Slot.point, .otherPoint] where phrase.slots.contains(slot) {
            if let point = values[slot] { points.insert(point) }
        }
        lines[phrase.kind, default: []].append(
            Draft.Line(
                number: phrase.number, kind: phrase.kind, title: title, wording: wording, points: points,
                rank: phrase.manner == nil ? 0 : phrase.manner == take.industry ? 2 : 1)
        )
    }

    private static func wording(_ phrase: PhraseBook.Phrase, _ values: [Template.Slot: String], _ take: Take) -> Wording? {
        guard let text = phrase.text.rendered(values, take.view) else { return nil }
        // "Dr. Best" ends no sentence: a value counts as part of the one that it stands in.
        let isPlain = take.punctuated.isDisjoint(with: phrase.slots)
        return Wording(text, plain: isPlain ? nil : phrase.text.rendered(values.mapValues(Sentences.unpunctuated), take.view))
    }

    /// In chance order, those made for the industry first, then those for style and tone. A script always opens in its style; further on they come first
    /// often enough to be heard, and not always, since there are few of them and no two scripts are to be alike.
    func shuffled(_ kind: PhraseBook.Kind, seed: inout Seed) -> [Draft.Line] {
        let all = seed.shuffled(lines[kind] ?? [])
        let isOpenToAll =
            switch kind {
            case .hook, .fact, .scene, .turn, .beat, .end: false
            case .call: seed.number(below: 4) == 0
            case .point, .line: seed.number(below: 2) == 0
            case .open: seed.number(below: 3) > 0
            }
        return isOpenToAll ? all : [2, 1, 0].flatMap { rank in all.filter { $0.rank == rank } }
    }
}
