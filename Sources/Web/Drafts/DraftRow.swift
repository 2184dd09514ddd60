import Domain

/// A draft in a list.
struct DraftRow: View {
    let id: String
    let title: String
    let changed: Moment
    /// Posts to `/drafts/ID/discard`, or, of one that was just thrown away, to `/drafts/ID/restore`.
    let form: PostForm

    init(_ draft: DraftSummary, form: PostForm) {
        let title = draft.title.beginning(60)
        (id, self.title, changed) = ("\(draft.id)", title.isEmpty ? "A brief without a name" : title, Moment(draft.changed))
        self.form = form
    }

    static var fields: [Field<DraftRow>] {
        [
            .text("id") { $0.id },
            .text("title") { $0.title },
            .section("changed") { $0.changed },
            .section("form") { $0.form },
        ]
    }
}

/// A product that a brief can be written about at once.
struct ProductRow: View {
    /// Of its newest brief.
    let task: String
    /// `Trail Lamp 300 · Northbeam`
    let name: String

    init(_ product: RecentProduct) {
        task = "\(product.task)"
        name = product.name.beginning(50) + (product.brand.isEmpty ? "" : " · \(product.brand.beginning(30))")
    }

    static var fields: [Field<ProductRow>] {
        [
            .text("task") { $0.task },
            .text("name") { $0.name },
        ]
    }
}
