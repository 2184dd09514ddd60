import Dispatch
import Domain
import HTTP
import Store

/// The whole audit, newest first, as CSV (RFC 4180). It may be long, so it is read on a thread of its own; that it left is an entry too.
@Sendable func exportAudit(_ context: Context) throws(Problem) -> Response {
    if context.request.method == .head { return CSV([]).response(named: "audit.csv") }
    let (site, actor, now) = (context.site, context.actor, context.now)
    return .later { responder in
        site.writer.submit({ transaction throws(StoreError) in
            try transaction.audit(.exported, "the audit", by: actor, now: now)
        }) { result in
            guard case .success = result else { return responder.respond(.unsaved) }
            DispatchQueue.global().async { responder.respond(site.auditAsCSV()) }
        }
    }
}

extension Site {
    fileprivate func auditAsCSV() -> Response {
        var csv = CSV(["time", "member", "action", "subject", "address"])
        do throws(StoreError) {
            let reader = try Reader(path: databasePath)
            var before: AuditEntry.ID?
            repeat {
                let entries = try reader.ask { database throws(StoreError) in try database.findAudit(before: before, limit: 1_000) }
                for entry in entries {
                    csv.append([entry.time.iso8601, entry.member?.name ?? "", entry.action.rawValue, entry.subject, entry.address])
                }
                before = entries.last?.id
            } while before != nil
        } catch {
            log("the audit could not be read", at: now(), [("error", "\(error)")])
            return .unsaved
        }
        return csv.response(named: "audit.csv")
    }
}
