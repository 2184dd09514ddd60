import Domain

/// What became of a draft that was to be saved.
package enum DraftSaved: Sendable, Hashable {
    case saved(Draft)
    /// Somebody, in another window perhaps, saved it or sent it since: this text is kept beside that one, as a draft of its own.
    case apart(Draft)
    /// There is nothing in it, and so no draft any more.
    case empty
    /// The brief has been sent as it is here.
    case sent(GenerationTask.ID)
    /// The member has as many as there may be.
    case full
    /// It is larger than any brief may be.
    case tooLarge
}

extension Database {
    /// A member's own drafts, the one that was last typed in first.
    package func findDrafts(of member: Member.ID, limit: Int) throws(StoreError) -> [DraftSummary] {
        try all(
            "SELECT id, title, changed FROM draft WHERE member_id = ? AND discarded IS NULL ORDER BY changed DESC LIMIT ?", member, limit
        ) { row in DraftSummary(id: row.id(0), title: row.text(1), changed: row.time(2)) }
    }

    /// - Returns: nil where there is none, or it is somebody else's, or it was thrown away.
    package func findDraft(_ id: Draft.ID, of member: Member.ID) throws(StoreError) -> Draft? {
        try first(
            "SELECT id, submission_id, form, revision, changed FROM draft WHERE id = ? AND member_id = ? AND discarded IS NULL", id, member
        ) { row throws(StoreError) in
            Draft(
                id: row.id(0), submission: SubmissionID(random: row.text(1)), form: try JSONColumn.value(row.text(2)),
                revision: row.integer(3), changed: row.time(4))
        }
    }

    /// One that was thrown away and can be brought back.
    package func findDiscardedDraft(_ id: Draft.ID, of member: Member.ID) throws(StoreError) -> DraftSummary? {
        try first("SELECT id, title, changed FROM draft WHERE id = ? AND member_id = ? AND discarded IS NOT NULL", id, member) { row in
            DraftSummary(id: row.id(0), title: row.text(1), changed: row.time(2))
        }
    }

    /// The products of the newest briefs, each once.
    package func findRecentProducts(limit: Int) throws(StoreError) -> [RecentProduct] {
        try all(
            """
            SELECT p.task_id, t.form ->> 'name', coalesce(t.form ->> 'brand', '') FROM product AS p JOIN task AS t ON t.id = p.task_id
            ORDER BY p.task_id DESC LIMIT ?
            """, limit
        ) { row in RecentProduct(task: row.id(0), name: row.text(1), brand: row.text(2)) }
    }
}

extension SubmissionID {
    /// Of what was typed on in a form that was sent from another window.
    fileprivate var kept: SubmissionID { SubmissionID(random: rawValue + "-kept") }
}

/// A draft as it is in its row.
private struct Stored {
    let id: Draft.ID
    let form: String
    let revision: Int
    let window: String
    let isKept: Bool

    /// Whether a form that says this was made from the draft as it is.
    func isHeld(by hold: DraftHold) -> Bool { hold.revision == revision || hold.window == window }
}

extension Transaction {
    /// - Parameter another: the submission id that the text gets where it has to be kept apart.
    package mutating func saveDraft(
        _ form: BriefForm, _ hold: DraftHold, or another: SubmissionID, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> DraftSaved {
        var form = form
        // The notice is confirmed for each brief anew.
        form.notice = ""
        let text = try JSONColumn.text(form)
        if text.utf8.count > Draft.Limits.size { return .tooLarge }
        let sent: (id: GenerationTask.ID, form: BriefForm)? = try database.first(
            "SELECT id, form FROM task WHERE submission_id = ?", hold.submission
        ) { row throws(StoreError) in (row.id(0), try JSONColumn.value(row.text(1))) }
        if var sent {
            sent.form.notice = ""
            if sent.form == form || form.isBlank { return .sent(sent.id) }
            let kept = DraftHold(submission: hold.submission.kept, revision: hold.revision, window: hold.window)
            if try findStored(kept.submission, of: member) != nil {
                let saved = try saveDraft(form, kept, or: another, by: member, now: now)
                if case .saved(let draft) = saved { return .apart(draft) } else { return saved }
            }
            return try insert(form, text, DraftHold(submission: another, window: hold.window), by: member, now: now)
                .map(DraftSaved.apart) ?? .full
        }
        guard let stored = try findStored(hold.submission, of: member) else {
            if form.isBlank { return .empty }
            return try insert(form, text, hold, by: member, now: now).map(DraftSaved.saved) ?? .full
        }
        guard stored.isHeld(by: hold) else {
            if form.isBlank { return .empty }
            if stored.form == text, stored.isKept {
                return .saved(Draft(id: stored.id, submission: hold.submission, form: form, revision: stored.revision, changed: now))
            }
            return try insert(form, text, DraftHold(submission: another, window: hold.window), by: member, now: now)
                .map(DraftSaved.apart) ?? .full
        }
        if form.isBlank {
            // What stood there can be brought back for a while.
            try discardDraft(stored.id, by: member, now: now)
            return .empty
        }
        try database.run(
            """
            UPDATE draft SET title = ?, form = ?, revision = revision + 1, window = ?, changed = ?, discarded = NULL WHERE id = ?
            """, form.title, text, hold.window, now, stored.id)
        return .saved(Draft(id: stored.id, submission: hold.submission, form: form, revision: stored.revision + 1, changed: now))
    }

    /// Throws a draft away. The last ones can be brought back.
    package mutating func discardDraft(_ id: Draft.ID, by member: Member.ID, now: Timestamp) throws(StoreError) {
        try database.run("UPDATE draft SET discarded = ? WHERE id = ? AND member_id = ? AND discarded IS NULL", now, id, member)
        try database.run(
            """
            DELETE FROM draft WHERE member_id = ?1 AND discarded IS NOT NULL AND id NOT IN (
                SELECT id FROM draft WHERE member_id = ?1 AND discarded IS NOT NULL ORDER BY discarded DESC LIMIT ?2)
            """, member, Draft.Limits.drafts)
    }

    package mutating func restoreDraft(_ id: Draft.ID, by member: Member.ID) throws(StoreError) {
        try database.run("UPDATE draft SET discarded = NULL WHERE id = ? AND member_id = ?", id, member)
    }

    /// The brief has become a task: its draft has done its work, unless another window has typed on in it; and the product is the one that
    /// was written about last.
    mutating func settleDesk(after submission: TaskSubmission, of task: GenerationTask.ID) throws(StoreError) {
        if let hold = submission.draft, let stored = try findStored(hold.submission, of: submission.member) {
            if stored.isHeld(by: hold) {
                try database.run("DELETE FROM draft WHERE id = ?", stored.id)
            } else {
                // Its id is the task's now. The kept text gets one that no form was made with.
                try database.run("UPDATE draft SET submission_id = ? WHERE id = ?", hold.submission.kept, stored.id)
            }
        }
        guard let product = submission.brief.product else { return }
        try database.run(
            """
            INSERT INTO product VALUES (facet_key(?) || char(10) || facet_key(?), ?)
            ON CONFLICT (key) DO UPDATE SET task_id = excluded.task_id
            """, product.brand ?? "", product.name, task)
    }

    /// What was thrown away long ago.
    mutating func forgetDrafts(now: Timestamp) throws(StoreError) {
        try database.run("DELETE FROM draft WHERE discarded <= ?", now - Draft.Limits.trash)
    }

    private func findStored(_ submission: SubmissionID, of member: Member.ID) throws(StoreError) -> Stored? {
        try database.first(
            "SELECT id, form, revision, window, discarded IS NULL FROM draft WHERE submission_id = ? AND member_id = ?", submission, member
        ) { row in Stored(id: row.id(0), form: row.text(1), revision: row.integer(2), window: row.text(3), isKept: row.flag(4)) }
    }

    /// - Returns: nil where the member has as many as there may be.
    private mutating func insert(
        _ form: BriefForm, _ text: String, _ hold: DraftHold, by member: Member.ID, now: Timestamp
    ) throws(StoreError) -> Draft? {
        let count = try database.first("SELECT count(*) FROM draft WHERE member_id = ? AND discarded IS NULL", member) { row in
            row.integer(0)
        }
        guard count ?? 0 < Draft.Limits.drafts else { return nil }
        try database.run(
            "INSERT INTO draft (member_id, submission_id, title, form, window, changed) VALUES (?, ?, ?, ?, ?, ?)", member, hold.submission,
            form.title, text, hold.window, now)
        return Draft(id: Draft.ID(database.lastInsertedRow), submission: hold.submission, form: form, revision: 1, changed: now)
    }
}
