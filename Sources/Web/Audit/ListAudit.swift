import Domain
import HTTP
import Store

/// The audit, newest first; `?before=ID` begins after that entry.
@Sendable func listAudit(_ context: Context) throws(Problem) -> Response {
    let before: AuditEntry.ID? = context.before()
    let (desk, entries) = try context.read { database throws(StoreError) in
        (try context.desk(database), try database.findAudit(before: before, limit: rowsOnAPage + 1))
    }
    let shown = entries.prefix(rowsOnAPage)
    let page = AuditPage(
        frame: context.frame("Audit", .team, desk), entries: shown.map { AuditRow($0) },
        pager: Pager("/audit", isFirst: before == nil, last: entries.count > rowsOnAPage ? shown.last?.id : nil))
    return .html(.ok, context.site.pages.audit.render(page))
}

extension AuditRow {
    init(_ entry: AuditEntry) {
        self.init(
            time: Moment(entry.time), member: entry.member?.name ?? (entry.address == "shell" ? "The shell" : "Somebody unknown"),
            action: entry.action.words,
            subject: entry.subject, address: entry.address, isTrouble: entry.action == .signInFailed)
    }
}
