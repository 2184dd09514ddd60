import Dispatch
import Domain
import HTTP
import Store

/// All of them as a CSV file (RFC 4180), oldest last. There may be many, so they are read off the loop, by a connection of their own.
@Sendable func exportAcknowledgements(_ context: Context) throws(Problem) -> Response {
    let problem = context.page(for: .store(StoreError(code: 0, operation: "export the acknowledgements")))
    let site = context.site
    return .later { responder in
        site.reception.async {
            do throws(StoreError) {
                var csv = CSV(["acknowledged_at", "member", "network_address", "notice_version", "asset_kind", "asset", "asset_path"])
                let reader = try Reader(path: site.databasePath)
                var last: AcknowledgementRecord.ID?
                while true {
                    let records = try reader.read { database throws(StoreError) in
                        try database.findAcknowledgements(before: last, limit: 500)
                    }
                    for record in records {
                        csv.append([
                            record.at.iso8601, record.member, record.address, "\(record.version)", record.asset.kind.lowercased(),
                            record.asset.name, record.asset.path,
                        ])
                    }
                    guard let end = records.last else { break }
                    last = end.id
                }
                responder.respond(Doors.seal(csv.response(named: "acknowledgements.csv")))
            } catch {
                log("the acknowledgements could not be read", at: site.now(), [("error", "\(error)")])
                responder.respond(Doors.seal(problem))
            }
        }
    }
}
