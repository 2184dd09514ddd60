/// A prompt taken apart for the stage: how it begins, what comes between, where it turns, and who it is about.
struct Staging {
    let setup: String
    let middle: String?
    let turn: String?
    let who: String?

    /// What a scene can hold and still be read at a glance.
    private static let wordsInScene = 24

    init(_ prompt: String) {
        var beats = Sentences.split(Self.withoutRequest(prompt))
        // A prompt of one sentence turns at a comma.
        if beats.count == 1, let halves = Self.halves(of: beats[0]) { beats = halves }
        let first = beats.first ?? prompt
        let who = Self.subject(of: first)

        let later = Array(beats.dropFirst())
        let turnIndex = later.firstIndex { Self.turns($0) } ?? later.indices.last
        setup = Self.scene(first)
        turn = turnIndex.map { Self.scene(Self.withSubject(Self.withoutOpening(later[$0]), who)) }
        middle = turnIndex.flatMap { $0 > 0 ? Self.scene(Self.withSubject(later[0], who)) : nil }
        self.who = who.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    /// "Write a funny ad about a barista who …" asks for a film; what is to be seen in it comes after.
    private static func withoutRequest(_ prompt: String) -> String {
        let text = Sentences.trimmed(prompt)
        let verb = firstWord(text)
        let start: String.Index?
        switch verb {
        case "show", "film", "imagine", "picture":
            start = text.firstIndex { $0.isWhitespace }
        case "write", "create", "make", "generate", "produce", "please":
            let head = text[..<(text.firstIndex { ".!?\n".contains($0) } ?? text.endIndex)]
            let joints = [" about ", " where ", " in which ", " showing ", " that shows ", ": "]
            start = joints.compactMap { head.firstRange(of: $0)?.upperBound }.min()
        default:
            start = nil
        }
        guard let start else { return prompt }
        let rest = Sentences.trimmed(String(text[start...]))
        return Sentences.words(rest) >= 3 ? rest.prefix(1).uppercased() + rest.dropFirst() : prompt
    }

    private static func scene(_ text: String) -> String {
        Sentences.closed(Sentences.clipped(text, words: wordsInScene))
    }

    private static let turningWords = ["then", "but", "until", "suddenly", "finally", "now"]

    private static func turns(_ sentence: String) -> Bool {
        turningWords.contains(firstWord(sentence))
    }

    private static func firstWord(_ sentence: String) -> String {
        sentence.prefix { $0.isLetter }.lowercased()
    }

    private static func halves(of sentence: String) -> [String]? {
        for joint in [", then ", "; then ", ", and then ", " and then ", ", but ", ", until ", "; ", " until ", ", and ", ", "] {
            guard let range = sentence.firstRange(of: joint) else { continue }
            let halves = [sentence[..<range.lowerBound], sentence[range.upperBound...]].map { Sentences.trimmed(String($0)) }
            if halves.allSatisfy({ Sentences.words($0) >= 3 }) { return halves }
        }
        return nil
    }

    /// "But then she smiles" loses its first words: the cut says "then".
    private static func withoutOpening(_ sentence: String) -> String {
        guard turns(sentence) else { return sentence }
        let rest = sentence.drop { $0.isLetter }.drop { $0.isWhitespace || $0 == "," }
        return rest.isEmpty ? sentence : withoutOpening(String(rest))
    }

    /// "switches the lamp on" has lost its subject when the sentence was parted; it gets it back.
    private static func withSubject(_ clause: String, _ who: String?) -> String {
        guard let who, let first = clause.first, first.isLowercase, looksLikeVerb(firstWord(clause)) else { return clause }
        return "\(who) \(clause)"
    }

    /// "the runner" of "A runner loses the trail", or nil where the sentence does not begin so.
    private static func subject(of sentence: String) -> String? {
        let words = sentence.split(separator: " ").map(String.init)
        let articles = ["a": "the", "an": "the", "the": "the", "my": "my", "our": "our", "your": "your"]
        let small: Set = ["who", "that", "which", "in", "at", "on", "with", "of", "from"]
        guard let first = words.first, let article = articles[first.lowercased()] else { return nil }
        let nouns = words.dropFirst().prefix { !small.contains($0) && (!looksLikeVerb($0) || $0 == words.dropFirst().first) }
        let aboutTheFilm: Set = ["scene", "video", "ad", "script", "camera", "shot", "spot", "clip"]
        guard (1...3).contains(nouns.count), nouns.count < words.count - 1, nouns.allSatisfy({ $0.allSatisfy(\.isLetter) }),
            !nouns.contains(where: { aboutTheFilm.contains($0.lowercased()) })
        else { return nil }
        return ([article] + nouns).joined(separator: " ")
    }

    private static func looksLikeVerb(_ word: String) -> Bool {
        let notVerbs: Set = ["as", "is", "its", "this", "was", "has", "his", "always", "yes", "us", "plus", "less"]
        return word.count > 2 && word.hasSuffix("s") && !word.hasSuffix("ss") && !word.hasSuffix("'s") && !notVerbs.contains(word)
            && word.allSatisfy(\.isLetter)
    }
}
