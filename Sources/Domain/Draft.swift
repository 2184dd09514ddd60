/// A brief that is being written: what was typed so far, kept for its writer until it is sent or thrown away. The form's submission id
/// names it from its first letter on, so that sending the brief ends the draft, and a late save of it cannot bring it back.
package struct Draft: Sendable, Hashable {
    package typealias ID = Identifier<Draft>

    package enum Limits {
        /// For one member; nobody reads through more.
        package static let drafts = 50
        /// Of the form as JSON, in bytes: several times what a brief may hold.
        package static let size = 200_000
        /// How long one that was thrown away can be brought back.
        package static let trash = Duration.seconds(30 * 24 * 60 * 60)
    }

    package let id: ID
    package let submission: SubmissionID
    package let form: BriefForm
    /// Counts the saves.
    package let revision: Int
    package let changed: Timestamp

    package init(id: ID, submission: SubmissionID, form: BriefForm, revision: Int, changed: Timestamp) {
        (self.id, self.submission, self.form, self.revision, self.changed) = (id, submission, form, revision, changed)
    }
}

/// A draft as a list shows it.
package struct DraftSummary: Sendable, Hashable {
    package let id: Draft.ID
    /// The product's name, or how the prompt begins; empty where neither is there yet.
    package let title: String
    package let changed: Timestamp

    package init(id: Draft.ID, title: String, changed: Timestamp) {
        (self.id, self.title, self.changed) = (id, title, changed)
    }
}

/// Where a form stands with its draft. A save is of the draft as it is when it names the draft's revision, or comes from the window that
/// saved last, whose answer may have been lost; any other window's is of an older one.
package struct DraftHold: Sendable, Hashable {
    package let submission: SubmissionID
    /// Of the draft that the form was made from; 0 for none.
    package let revision: Int
    /// Made anew for each page that is shown.
    package let window: String

    package init(submission: SubmissionID, revision: Int = 0, window: String) {
        (self.submission, self.revision, self.window) = (submission, revision, window)
    }
}

extension BriefForm {
    /// Whether nothing was typed or chosen that would be a loss.
    package var isBlank: Bool {
        [prompt, name, brand, price, description, sellingPoints, images, tone, style, pointOfView, industry].allSatisfy(\.isBlank)
            && videos.isEmpty && duration.isEmpty
    }

    /// What it is about, in a line: the product's name, or how the prompt begins; empty where neither is there yet.
    package var title: String {
        let prompt = source == ScriptSource.custom.rawValue ? prompt : ""
        return [prompt, name, brand, description, self.prompt].first { !$0.isBlank }?.trimmed ?? ""
    }

    /// What another brief says of its product, and shows of it. The notice is confirmed for each brief anew.
    package mutating func take(productOf other: BriefForm) {
        (name, brand, description, price, currency) = (other.name, other.brand, other.description, other.price, other.currency)
        (sellingPoints, images, videos) = (other.sellingPoints, other.images, other.videos)
        notice = ""
    }
}

/// A product that briefs were written about.
package struct RecentProduct: Sendable, Hashable {
    /// The newest brief about it.
    package let task: GenerationTask.ID
    package let name: String
    /// Empty for none.
    package let brand: String

    package init(task: GenerationTask.ID, name: String, brand: String) {
        (self.task, self.name, self.brand) = (task, name, brand)
    }
}
