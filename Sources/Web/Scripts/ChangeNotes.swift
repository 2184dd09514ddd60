import Domain
import HTTP
import Store

/// A remark beside a script.
@Sendable func addNote(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    let text = (form["note"] ?? "").withLineFeeds.trimmed
    guard !text.isEmpty else { return .seeOther("/scripts/\(id)#notes") }
    guard text.utf16.count <= Script.Limits.note else { throw .badForm(.tooLarge) }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.addNote(text, to: id, by: member, now: now)
    } then: {
        $0.returnToScript(id, site)
    }
}

@Sendable func removeNote(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    guard let note = form["note"].flatMap({ Note.ID(decimal: $0) }) else { throw .badForm(.malformed) }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.removeNote(note, of: id, by: member, now: now)
    } then: {
        $0.returnToScript(id, site)
    }
}

extension Result where Success == Sorting.ID?, Failure == StoreError {
    fileprivate func returnToScript(_ id: Script.ID, _ site: Site) -> Response {
        switch self {
        case .success(let sorting): .seeOther("/scripts/\(id)\(sorting.map { "?done=\($0)" } ?? "")#notes")
        case .failure(let error): site.page(for: error)
        }
    }
}
