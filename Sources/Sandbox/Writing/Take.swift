/// What one script is about, and how it is told.
struct Take {
    let values: [Template.Slot: String]
    /// Those that hold what looks like the end of a sentence.
    let punctuated: Set<Template.Slot>
    let view: Template.View
    /// The style and tone whose phrases are preferred.
    let manners: Set<String>
    /// The one whose phrases come before all others, as there are few.
    let industry: String?
    /// The team's own words for tone, style or view: a direction for whoever speaks, since no phrase is made for them.
    let direction: String?
    let words: ClosedRange<Int>
    /// Whether there is room for a second point.
    let isLong: Bool
    let isStaged: Bool

    /// The selling point that this script is about.
    var leadingPoint: Set<String> { Set([values[.point]].compactMap(\.self)) }

    /// How far from the wanted length a script may be: a fifth over or under would still do.
    private static let tolerance = (under: 0.14, over: 0.08)

    func fits(_ manner: String?) -> Bool {
        guard let manner else { return true }
        return manners.contains(manner) || manner == industry
    }

    static let styles = [
        "Authority and trust", "Challenges", "Community", "Comparisons", "Emotional appeal", "Engagement", "Engaging questions", "Humor",
        "Informative", "Lists and inspiration", "Personal stories", "Problem solving", "Product focused", "Promotions",
        "Unique experiences",
    ]
    private static let tones = ["Friendly", "Confident", "Professional"]
    private static let views: [String: Template.View] = ["From consumer": .consumer, "From brand": .brand]
    private static let free = ["All", "Recommended"]

    init(_ brief: Brief, material: Material, book: PhraseBook, index: Int, seed: inout Seed) {
        values = material.values(for: index, seed: &seed)
        punctuated = Set(values.filter { Sentences.split($0.value + "x").count > 1 || Sentences.closed($0.value) == $0.value }.keys)
        let anyView: Template.View = seed.number(below: 2) == 0 ? .consumer : .brand
        view = brief.pointOfView.flatMap { Self.views[$0] } ?? anyView

        let style = brief.style ?? "Recommended"
        let anyStyle = seed.pick(Self.styles)
        manners = Set([Self.free.contains(style) ? anyStyle : style, brief.tone].compactMap(\.self))
        industry = brief.industry

        let known = Set(Self.styles + Self.tones + Self.views.keys + Self.free)
        let own = [brief.tone, brief.style, brief.pointOfView].compactMap(\.self).filter { !known.contains($0) }
        direction = own.isEmpty ? nil : "(\(own.joined(separator: "; ")))"

        isStaged = brief.prompt != nil
        if isStaged {
            var scenes = 0
            for slot in [Template.Slot.setup, .middle, .turn] { scenes += Sentences.words(values[slot] ?? "") }
            words = scenes + 36...scenes + 64
            isLong = true
        } else {
            // Without a duration, what there is to say decides.
            let length = brief.length ?? ((brief.product?.sellingPoints.count ?? 0) > 2 ? .seconds30 : .seconds15)
            isLong = length == .seconds30
            let spoken = Double(book.wordsPerMinute) * (length == .seconds15 ? 15 : 30) / 60
            words = Int((spoken * (1 - Self.tolerance.under)).rounded(.up))...Int(spoken * (1 + Self.tolerance.over))
        }
    }
}
