import Domain

extension Database {
    /// A page of the audit, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findAudit(before: AuditEntry.ID? = nil, limit: Int) throws(StoreError) -> [AuditEntry] {
        try all(
            """
            SELECT a.id, a.at, m.id, m.name, a.address, a.action, a.subject FROM audit AS a LEFT JOIN member AS m ON m.id = a.member_id
            WHERE a.id < ? ORDER BY a.id DESC LIMIT ?
            """, before?.rawValue ?? .max, limit
        ) { row throws(StoreError) in
            AuditEntry(
                id: row.id(0), time: row.time(1), member: row.isNull(2) ? nil : Member(id: row.id(2), name: row.text(3)),
                address: row.text(4), action: try row.word(5), subject: row.text(6))
        }
    }
}

extension Transaction {
    /// Writes down what is done in this transaction; the table takes no change and no deletion.
    /// - Parameter subject: whom or what it was done to; never a secret.
    package func audit(_ action: AuditAction, _ subject: String, by actor: Actor, now: Timestamp) throws(StoreError) {
        try database.run(
            "INSERT INTO audit (at, member_id, address, action, subject) VALUES (?, ?, ?, ?, ?)", now, actor.member, actor.address,
            action.rawValue, subject)
    }
}
