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
        "Informative", "Lists and inspiration", "Personal stories", "Problem solving", "Product focused", "Promotions",
        "Unique experiences",
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

        isStaged = brief.prompt != nil
        if isStaged {
            var scenes = 0
            for slot in [Template.Slot.setup, .middle, .turn] { scenes += Sentences.words(values[slot] ?? "") }
            words = scenes + 36...scenes + 64
        } else {
            // Without a duration, what there is to say decides.
            let length = brief.length ?? ((brief.product?.sellingPoints.count ?? 0) > 2 ? .seconds30 : .seconds15)
            words = length == .seconds15 ? 36...44 : 72...88
        }
    }
}
