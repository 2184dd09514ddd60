import Domain
import HTTP
import Store

/// Every acknowledgement of the notice, newest first; `?before=ID` begins after that one.
@Sendable func listAcknowledgements(_ context: Context) throws(Problem) -> Response {
    let before: AcknowledgementRecord.ID? = context.before()
    let (desk, records) = try context.read { database throws(StoreError) in
        (try context.desk(database), try database.findAcknowledgements(before: before, limit: rowsOnAPage + 1))
    }
    let shown = records.prefix(rowsOnAPage)
    let page = AcknowledgementsPage(
        frame: context.frame("Acknowledgements", .elsewhere, desk),
        rows: shown.map { AcknowledgementRow($0) },
        pager: Pager("/acknowledgements", isFirst: before == nil, last: records.count > rowsOnAPage ? shown.last?.id : nil))
    return .html(.ok, context.site.pages.acknowledgements.render(page))
}

extension AcknowledgementRow {
    init(_ record: AcknowledgementRecord) {
        self.init(
            member: record.member, at: Moment(record.at), version: "\(record.version)", address: record.address,
            kind: record.asset.kind, asset: record.asset.name, link: record.asset.path)
    }
}

extension AcknowledgementRecord.Asset {
    var kind: String {
        switch self {
        case .task: "Brief"
        case .video: "Video"
        }
    }

    var name: String {
        switch self {
        case .task(_, let title): title
        case .video(_, let name): name
        }
    }

    var path: String {
        switch self {
        case .task(let id, _): "/tasks/\(id)"
        case .video(let id, _): "/videos/\(id)"
        }
    }
}
