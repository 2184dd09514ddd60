/// One way to write a script: lines chosen from the phrase book, in paragraphs.
struct Draft {
    struct Line {
        let number: Int
        let kind: PhraseBook.Kind
        let title: String
        let wording: Wording
        /// Which of the brief's selling points it tells.
        let points: Set<String>
        /// 0 for a phrase that goes with any brief; the higher, the rarer.
        let rank: Int

        var words: Int { wording.words }
    }

    private let direction: String?
    /// `Voice-over:`, where scenes are described.
    private let voice: String?
    private let paragraphs: [[Line]]
    private let words: Int

    var lines: [Line] { paragraphs.flatMap(\.self) }
    var title: String { paragraphs.first?.first?.title ?? "" }

    var text: String {
        let body = paragraphs.filter { !$0.isEmpty }.map(told).joined(separator: "\n\n")
        return direction.map { "\($0) \(body)" } ?? body
    }

    /// Where scenes are described, what is said stands on a line of its own, after the mark of who speaks.
    private func told(_ lines: [Line]) -> String {
        guard let voice else { return lines.map(\.wording.text).joined(separator: " ") }
        return lines.reduce(into: "") { text, line in
            switch line.kind {
            case .scene, .turn, .end:
                text += line.wording.text
            case .hook, .open, .fact, .point, .line, .beat, .call:
                let isSaid = text.split(separator: "\n").last?.hasPrefix(voice) == true
                text += (isSaid ? " " : (text.isEmpty ? "" : "\n") + voice + " ") + line.wording.text
            }
        }
    }

    /// The first draft whose length fits, else the one of `attempts` that comes nearest: a name of 300 characters fits nowhere.
    static func best(of attempts: Int, take: Take, book: PhraseBook, said: Said, seed: inout Seed) -> Draft {
        let pool = Pool(take, book: book, said: said)
        let target = take.words
        func distance(_ draft: Draft) -> Int {
            max(target.lowerBound - draft.words, draft.words - target.upperBound, 0)
        }
        let voice = take.isStaged ? book.voice : nil
        var best = Draft(take, pool: pool, voice: voice, seed: &seed)
        for _ in 1..<attempts where distance(best) > 0 {
            let next = Draft(take, pool: pool, voice: voice, seed: &seed)
            if distance(next) < distance(best) { best = next }
        }
        return best
    }

    private init(_ take: Take, pool: Pool, voice: String?, seed: inout Seed) {
        direction = take.direction
        self.voice = voice
        let leading = pool.shuffled(.point, seed: &seed).filter { $0.points == take.leadingPoint }
        let steps = [
            pool.shuffled(take.isStaged ? .scene : .hook, seed: &seed), pool.shuffled(take.isStaged ? .turn : .open, seed: &seed),
            leading.isEmpty ? pool.shuffled(take.isStaged ? .beat : .line, seed: &seed) : leading,
            pool.shuffled(take.values[.name] == nil ? .end : .call, seed: &seed),
        ]
        let lengths = steps.map { $0.map(\.words).sorted() }
        // The first that leaves room for what is still to come at its middling length, so that it need not always be the shortest; else
        // for the shortest of it. Only the opening keeps its style at any rate, and a long name may leave no room for a point.
        var words = direction.map(Sentences.words) ?? 0
        var chosen: [Line?] = []
        for (index, lines) in steps.enumerated() {
            let later = lengths[(index + 1)...]
            func fitting(shortest: Bool, over: Int = 0) -> Line? {
                let reserved = later.reduce(0) { $0 + ($1.isEmpty ? 0 : $1[shortest ? 0 : $1.count / 2]) }
                return lines.first { words + $0.words + reserved <= take.words.upperBound + over }
            }
            let line =
                (index == 0 ? nil : fitting(shortest: false)) ?? fitting(shortest: true)
                ?? (index == 2 ? fitting(shortest: true, over: take.words.upperBound / 10) : lines.min { $0.words < $1.words })
            words += line?.words ?? 0
            chosen.append(line)
        }
        let filling = Self.filling(take, pool: pool, besides: chosen.compactMap(\.self), words: words, seed: &seed)
        let body = [chosen[2]].compactMap(\.self) + filling
        let order: [PhraseBook.Kind] = [.fact, .point, .line, .beat]
        paragraphs = [
            [chosen[0]].compactMap(\.self),
            [chosen[1]].compactMap(\.self) + order.flatMap { kind in body.filter { $0.kind == kind } },
            [chosen[3]].compactMap(\.self),
        ]
        self.words = words + filling.reduce(0) { $0 + $1.words }
    }

    /// What else is said before the call, until the length fits.
    private static func filling(_ take: Take, pool: Pool, besides frame: [Line], words: Int, seed: inout Seed) -> [Line] {
        var chosen: [Line] = []
        var words = words
        var heard = Set(frame.flatMap(\.wording.sentences))
        var told = Set(frame.flatMap(\.points))
        let goal = take.words.lowerBound + seed.number(below: max(1, take.words.count / 2))

        func add(_ candidates: [Line]) -> Bool {
            guard
                let line = candidates.first(where: {
                    words + $0.words <= take.words.upperBound && heard.isDisjoint(with: $0.wording.sentences)
                        && told.isDisjoint(with: $0.points)
                })
            else { return false }
            chosen.append(line)
            words += line.words
            heard.formUnion(line.wording.sentences)
            told.formUnion(line.points)
            return true
        }

        if take.isLong || seed.number(below: 2) == 0 { _ = add(pool.shuffled(.fact, seed: &seed)) }
        if take.isLong {
            let numbers = Set(frame.map(\.number))
            _ = add(pool.shuffled(.point, seed: &seed).filter { !numbers.contains($0.number) })
        }
        let rest = pool.shuffled(take.isStaged ? .beat : .line, seed: &seed)
        while words < goal, add(rest) {}
        return chosen
    }
}
