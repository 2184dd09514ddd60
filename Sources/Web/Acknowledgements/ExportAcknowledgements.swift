import Dispatch
import Domain
import HTTP
import Store

/// All of them as a CSV file (RFC 4180), newest first. There may be many, so they are read off the loop, by a connection of their own; that
/// they left is an entry of the audit.
@Sendable func exportAcknowledgements(_ context: Context) throws(Problem) -> Response {
    if context.request.method == .head { return CSV([]).response(named: "acknowledgements.csv") }
    let (site, actor, now) = (context.site, context.actor, context.now)
    return .later { responder in
        site.writer.submit({ transaction throws(StoreError) in
            try transaction.audit(.exported, "the acknowledgements", by: actor, now: now)
        }) { result in
            guard case .success = result else { return responder.respond(.unsaved) }
            site.reception.async { responder.respond(site.acknowledgementsAsCSV()) }
        }
    }
}

extension Site {
    fileprivate func acknowledgementsAsCSV() -> Response {
        var csv = CSV(["acknowledged_at", "member", "network_address", "notice_version", "asset_kind", "asset", "asset_path"])
        do throws(StoreError) {
            let reader = try Reader(path: databasePath)
            var last: AcknowledgementRecord.ID?
            repeat {
                let records = try reader.read { database throws(StoreError) in try database.findAcknowledgements(before: last, limit: 500) }
                for record in records {
                    csv.append([
                        record.at.iso8601, record.member, record.address, "\(record.version)", record.asset.kind.lowercased(),
                        record.asset.name, record.asset.path,
                    ])
                }
                last = records.last?.id
            } while last != nil
        } catch {
            log("the acknowledgements could not be read", at: now(), [("error", "\(error)")])
            return .unsaved
        }
        return csv.response(named: "acknowledgements.csv")
    }
}
