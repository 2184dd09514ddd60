/// A small bar chart, drawn as SVG by the server: sizes are in the picture's own units.
struct BarChart: View {
    struct Bar: View {
        let x: Int
        let y: Int
        let width: Int
        let height: Int
        /// The bar's middle, where its words stand.
        let middle: Int
        let label: String
        let value: String
        /// `3 Nov: 12 briefs`, for who points at it or listens.
        let words: String

        static var fields: [Field<Bar>] {
            [
                .text("x") { "\($0.x)" },
                .text("y") { "\($0.y)" },
                .text("width") { "\($0.width)" },
                .text("height") { "\($0.height)" },
                .text("middle") { "\($0.middle)" },
                .text("above") { "\($0.y - 4)" },
                .text("label") { $0.label },
                .text("value") { $0.value },
                .text("words") { $0.words },
            ]
        }
    }

    /// What a bar stands for.
    struct Entry {
        /// Below the bar; empty for none.
        let label: String
        let count: Int
        let words: String
    }

    let id: String
    let title: String
    /// What the chart comes to, in a sentence.
    let summary: String
    let bars: [Bar]

    static let width = 360
    static let height = 132
    private static let baseline = 112
    private static let tallest = 92

    static var fields: [Field<BarChart>] {
        [
            .text("id") { $0.id },
            .text("title") { $0.title },
            .text("summary") { $0.summary },
            .list("bars") { $0.bars },
            .flag("has_bars") { !$0.bars.isEmpty },
            .text("width") { _ in "\(width)" },
            // Room for a label that is wider than its bar, on both sides.
            .text("whole_width") { _ in "\(width + 32)" },
            .text("height") { _ in "\(height)" },
            .text("baseline") { _ in "\(baseline)" },
            .text("labels") { _ in "\(baseline + 14)" },
        ]
    }

    /// - Parameter entries: from left to right. Values stand above the bars when there are few of them.
    init(id: String, title: String, summary: String, entries: [Entry]) {
        self.id = id
        self.title = title
        self.summary = summary
        let most = max(1, entries.map(\.count).max() ?? 1)
        let step = Self.width / max(1, entries.count)
        let showsValues = entries.count <= 12
        bars = entries.enumerated().map { index, entry in
            let height = entry.count == 0 ? 0 : max(2, entry.count * Self.tallest / most)
            let width = max(2, min(step - 2, 44))
            return Bar(
                x: index * step + (step - width) / 2, y: Self.baseline - height, width: width, height: height,
                middle: index * step + step / 2, label: entry.label, value: showsValues && entry.count > 0 ? "\(entry.count)" : "",
                words: entry.words)
        }
    }
}
