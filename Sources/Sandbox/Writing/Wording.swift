/// A text that could be said, and what there is to know before it is.
struct Wording: Sendable {
    let text: String
    let words: Int
    let sentences: [String]

    /// - Parameter plain: the text with its values unpunctuated, where they hold what looks like the end of a sentence.
    init(_ text: String, plain: String? = nil) {
        self.text = text
        words = Sentences.words(text)
        sentences = Sentences.split(plain ?? text)
    }
}
