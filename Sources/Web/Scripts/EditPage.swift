import Domain

/// The form in which a script is bettered, `/scripts/ID/edit`.
struct EditPage: View {
    let frame: Frame
    let id: String
    let title: String
    let languageTag: String
    /// Posts to `/scripts/ID/edit`.
    let form: PostForm
    /// The number of the version that this edit begins from.
    var base: String
    /// `white, as delivered`
    let revision: String
    let color: String
    let mistakes: [FormMistake]
    var note: FormNote? = nil
    let newTitle: FormField
    let text: FormField
    let reason: FormField
    /// Saving takes the approval back.
    let isApproved: Bool
    /// What somebody else saved meanwhile.
    var theirs: TheirVersion? = nil

    static var fields: [Field<EditPage>] {
        [
            .section("frame") { $0.frame },
            .text("id") { $0.id },
            .text("title") { $0.title },
            .text("language_tag") { $0.languageTag },
            .section("form") { $0.form },
            .text("base") { $0.base },
            .text("revision") { $0.revision },
            .text("color") { $0.color },
            .list("mistakes") { $0.mistakes },
            .flag("has_mistakes") { !$0.mistakes.isEmpty },
            .text("mistakes_words") { $0.mistakes.count == 1 ? "One thing to mend" : "\($0.mistakes.count) things to mend" },
            .section("note") { $0.note },
            .section("new_title") { $0.newTitle },
            .section("text") { $0.text },
            .section("reason") { $0.reason },
            .flag("is_approved") { $0.isApproved },
            .section("theirs") { $0.theirs },
        ]
    }
}

/// A version that somebody else saved while one was writing, and what one's own words change about it.
struct TheirVersion: View {
    let version: VersionRow
    let title: [DiffPiece]
    let text: [DiffPiece]

    static var fields: [Field<TheirVersion>] {
        [
            .section("version") { $0.version },
            .list("title_diff") { $0.title },
            .list("text_diff") { $0.text },
        ]
    }
}

/// A piece of a text beside what it was.
struct DiffPiece: View {
    let text: String
    let change: WordDiff.Change

    static func pieces(_ diff: WordDiff) -> [DiffPiece] {
        diff.parts.map { DiffPiece(text: $0.text, change: $0.change) }
    }

    static var fields: [Field<DiffPiece>] {
        [
            .text("text") { $0.text },
            .flag("is_added") { $0.change == .added },
            .flag("is_removed") { $0.change == .removed },
        ]
    }
}

/// A version in a list.
struct VersionRow: View {
    let number: String
    /// `second blue`
    let name: String
    /// `blue`
    let color: String
    /// `edited by Mara`
    let origin: String
    let reason: String
    let created: Moment
    let isCurrent: Bool

    init(_ version: ScriptVersion, isCurrent: Bool = false) {
        number = "\(version.number)"
        name = version.revision.name
        color = version.revision.color.rawValue
        let by = version.member.map { " by \($0)" } ?? ""
        origin =
            switch version.origin {
            case .delivered: "delivered by the service"
            case .imported: "imported from the account"
            case .edited: "edited\(by)"
            case .restored: "restored\(by)"
            case .service: "changed at the service"
            }
        reason = version.reason
        created = Moment(version.created)
        self.isCurrent = isCurrent
    }

    static var fields: [Field<VersionRow>] {
        [
            .text("number") { $0.number },
            .text("name") { $0.name },
            .text("color") { $0.color },
            .text("origin") { $0.origin },
            .text("reason") { $0.reason },
            .section("created") { $0.created },
            .flag("is_current") { $0.isCurrent },
        ]
    }
}
