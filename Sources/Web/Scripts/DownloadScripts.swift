import Domain
import HTTP
import Store
import Synchronization

/// Scripts as a file: the chosen ones, `?script=1&script=2`, or all that a query finds, however many. It is read and sent some hundred at
/// a time, so that neither memory nor an open transaction grows with it.
@Sendable func downloadScripts(_ context: Context) throws(Problem) -> Response {
    let items = context.request.queryItems
    guard let format = ExportFormat(rawValue: items["format"] ?? "") else { throw .notFound }
    var mistakes: [QueryMistake] = []
    let query = ScriptQuery(items, mistakes: &mistakes)
    guard mistakes.isEmpty else { throw .notFound }
    let chosen = items.values("script").compactMap { Script.ID(decimal: $0) }
    guard chosen.count <= Script.Limits.sorted else { throw .badForm(.tooLarge) }
    let spokenOnly = items["spoken"] != nil
    let (actor, now, what) = (context.actor, context.now, chosen.isEmpty ? "scripts\(query.address())" : chosen.count.of("script"))
    context.site.writer.submit(
        { transaction throws(StoreError) in try transaction.audit(.exported, "\(what) as \(format.rawValue)", by: actor, now: now) },
        completion: { _ in })
    let name = chosen.count == 1 ? "script-\(chosen[0])" : "scripts-\(context.now.iso8601.prefix(10))"
    return Response(
        .ok,
        headers: [
            "Content-Type": format.contentType, "Content-Disposition": "attachment; filename=\"\(name).\(format.rawValue)\"",
            "Cache-Control": "private, no-store",
        ],
        body: .pieces(
            context.site.pieces(of: chosen.isEmpty ? .query(query) : .chosen(chosen), as: Export(format: format, spokenOnly: spokenOnly))))
}

/// Which scripts go out.
enum ExportSelection: Sendable {
    case chosen([Script.ID])
    case query(ScriptQuery)
}

extension Site {
    private enum Place {
        case head
        /// Behind this script; from the first without one.
        case rows(after: Script.ID?, isFirst: Bool)
        case end
    }

    private static let batch = 200

    /// The file from its first byte to its last.
    func pieces(of selection: ExportSelection, as export: Export) -> Pieces {
        let place = Mutex(Place.head)
        let (search, now) = (search, now)
        return Pieces { answer in
            switch place.withLock({ $0 }) {
            case .head:
                place.withLock { $0 = .rows(after: nil, isFirst: true) }
                answer(.bytes(export.head))
            case .end:
                answer(.end)
            case .rows(let after, let isFirst):
                search.ask { database throws(StoreError) in
                    try database.scripts(of: selection, after: after, limit: Self.batch)
                } completion: { result in
                    switch result {
                    case .failure(let error):
                        log("a download broke off", at: now(), [("error", "\(error)")])
                        answer(.broken)
                    case .success(let scripts):
                        let isLast = scripts.count < Self.batch
                        place.withLock { $0 = isLast ? .end : .rows(after: scripts.last?.script.id, isFirst: false) }
                        var bytes: [UInt8] = []
                        for (index, script) in scripts.enumerated() { export.append(script, isFirst: isFirst && index == 0, to: &bytes) }
                        if isLast { bytes += export.tail }
                        answer(bytes.isEmpty ? .end : .bytes(bytes))
                    }
                }
            }
        }
    }
}

extension Database {
    fileprivate func scripts(of selection: ExportSelection, after: Script.ID?, limit: Int) throws(StoreError) -> [ScriptRecord] {
        switch selection {
        case .query(let query): return try findScripts(query, before: after, limit: limit)
        case .chosen(let ids):
            // Newest first, as the list has them.
            var records: [ScriptRecord] = []
            for id in Set(ids).sorted(by: { $0.rawValue > $1.rawValue }) where id.rawValue < after?.rawValue ?? .max {
                guard records.count < limit, let record = try findScript(id), record.trashed == nil else { continue }
                records.append(record)
            }
            return records
        }
    }
}
