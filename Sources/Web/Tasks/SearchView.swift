import Domain

/// What has been found of an unconfirmed task's scripts: candidates, and what a person can do about them.
struct SearchView: View {
    /// `4 scripts have appeared in your account since this brief was sent, …`
    let words: String
    /// When the next look comes, if one is planned.
    let next: Moment?
    /// Posts to `/tasks/ID/search`.
    let look: PostForm
    /// Posts to `/tasks/ID/adopt`; nil while there is nothing to adopt.
    let adopt: PostForm?
    let candidates: [Candidate]

    struct Candidate: View {
        let remoteID: String
        let title: String
        /// `42 words`
        let length: String
        let text: String

        static var fields: [Field<Candidate>] {
            [
                .text("remote_id") { $0.remoteID },
                .text("title") { $0.title },
                .text("length") { $0.length },
                .text("text") { $0.text },
            ]
        }
    }

    static var fields: [Field<SearchView>] {
        [
            .text("words") { $0.words },
            .section("next") { $0.next },
            .section("look") { $0.look },
            .section("adopt") { $0.adopt },
            .list("candidates") { $0.candidates },
        ]
    }
}

extension SearchView {
    init(_ search: ScriptSearch, look: PostForm, adopt: PostForm) {
        words = Self.words(search)
        next = search.next.map { Moment($0, .minute) }
        self.look = look
        self.adopt = search.candidates.isEmpty ? nil : adopt
        candidates = search.candidates.map { candidate in
            Candidate(
                remoteID: candidate.remoteID,
                title: candidate.title.isEmpty ? "Script \(candidate.remoteID.abbreviatedID)" : candidate.title,
                length: candidate.text.wordCount.of("word"), text: candidate.text.beginning(240))
        }
    }

    private static func words(_ search: ScriptSearch) -> String {
        let held = search.waitsForOthers ? " Other briefs are being written: what may be theirs is shown when they are done." : ""
        switch search.candidates.count {
        case 1:
            return "1 script has appeared in your account since this brief was sent, and none of your briefs knows it. Is it this one's?"
                + held
        case let count where count > 1:
            return "\(count) scripts have appeared in your account since this brief was sent, and none of your briefs knows them. "
                + "Are they this one's?" + held
        case _ where search.waitsForOthers:
            return String(held.dropFirst())
        case _:
            if let trouble = search.trouble { return "The scripts of your account could not be looked through: \(trouble)." }
            if search.last == nil { return "The scripts of your account are looked through once they can be expected to be written." }
            return "The scripts of your account were looked through, and none has appeared that your briefs don't know. "
                + "The brief has probably never arrived."
        }
    }
}
