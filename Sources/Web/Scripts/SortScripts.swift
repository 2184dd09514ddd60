import Domain
import HTTP
import Store

/// What a person does to the scripts that they have chosen: star, tag, say what they think of them, put them into the trash. It can be
/// taken back from the page that follows.
@Sendable func sortScripts(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let back = LocalAddress(form["back"], else: "/scripts")
    let (scripts, action) = try context.sorting(form)
    guard let action else { return .seeOther(back.text) }
    if case .approve(let approval, _) = action, !context.may(approval.role) { throw .notAllowed(approval.role) }
    let actor = context.actor
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) -> Sorting.ID? in
        // A program that runs for months empties its trash as well.
        if case .trash = action { try transaction.emptyTrash(now: now) }
        guard let (id, count) = try transaction.sort(scripts, action, by: member, now: now) else { return nil }
        let subject = count == 1 ? "script \(scripts.first?.description ?? "")" : count.of("script")
        switch action {
        case .approve(.approved, _): try transaction.audit(.approved, subject, by: actor, now: now)
        case .approve(.draft, _), .approve(.changes, _): try transaction.audit(.approvalWithdrawn, subject, by: actor, now: now)
        case .trash: try transaction.audit(.deleted, subject, by: actor, now: now)
        case .star, .tag, .untag, .restore, .approve(.review, _): break
        }
        return id
    } then: { result in
        switch result {
        case .success(let id): .seeOther(id.map { back.adding("done", "\($0)") } ?? back.text)
        case .failure(let error): site.page(for: error)
        }
    }
}

/// Takes an action back.
@Sendable func undoSorting(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let back = LocalAddress(form["back"], else: "/scripts")
    guard let id = form["sorting"].flatMap({ Sorting.ID(decimal: $0) }) else { throw .notFound }
    let role = try context.ask { database throws(StoreError) in try database.findRole(toUndo: id) }
    guard context.may(role) else { throw .notAllowed(role) }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.undo(id, by: member, now: now)
    } then: { result in
        switch result {
        case .success(.some): .seeOther(back.text)
        case .success(.none): site.page(.conflict)
        case .failure(let error): site.page(for: error)
        }
    }
}

extension Context {
    /// - Returns: no action for a form that names nothing to do, such as an empty tag.
    fileprivate func sorting(_ form: FormData) throws(Problem) -> ([Script.ID], Sorting.Action?) {
        // A button of one script stands in the form of all.
        if let id = form["star"].flatMap({ Script.ID(decimal: $0) }) { return ([id], .star(true)) }
        if let id = form["unstar"].flatMap({ Script.ID(decimal: $0) }) { return ([id], .star(false)) }
        let scripts = form.values("script").compactMap { Script.ID(decimal: $0) }
        guard scripts.count <= Script.Limits.sorted else { throw .badForm(.tooLarge) }
        let tag = (form["tag"] ?? "").trimmed
        let hasTag = !tag.isEmpty && tag.utf16.count <= Script.Limits.tag
        let comment = String((form["comment"] ?? "").withLineFeeds.trimmed.prefix(Script.Limits.reason))
        // Enter presses the form's first button (WHATWG HTML §4.10.21.2), which does what was typed.
        let typed = hasTag || comment.isEmpty ? "tag" : "approval"
        switch form["action"] == "entered" ? typed : form["action"] {
        case "star": return (scripts, .star(true))
        case "unstar": return (scripts, .star(false))
        case "tag": return (scripts, hasTag ? .tag(tag) : nil)
        case "untag": return (scripts, hasTag ? .untag(tag) : nil)
        case "approval": return (scripts, Approval(rawValue: form["approval"] ?? "").map { .approve($0, comment: comment) })
        case "trash": return (scripts, .trash)
        case "restore": return (scripts, .restore)
        case _: throw .badForm(.malformed)
        }
    }
}

/// An address of this site that a form names, to come back to. What leads elsewhere is not one.
struct LocalAddress: Sendable {
    let text: String

    init(_ named: String?, else standard: String) {
        guard let named, named.hasPrefix("/"), !named.hasPrefix("//"), named.utf8.count <= 4_096,
            named.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else {
            text = standard
            return
        }
        text = named
    }

    /// With this in its query, in place of what stood there under the name.
    func adding(_ name: String, _ value: String) -> String {
        let parts = text.split(separator: "?", maxSplits: 1)
        let query = parts.count > 1 ? parts[1].split(separator: "&").filter { !$0.hasPrefix("\(name)=") } : []
        return "\(parts[0])?\((query + ["\(name)=\(value)"[...]]).joined(separator: "&"))"
    }
}
