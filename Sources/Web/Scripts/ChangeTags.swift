import Domain
import HTTP
import Store

/// All tags, to be renamed and merged by who may.
@Sendable func listTags(_ context: Context) throws(Problem) -> Response {
    let items = context.request.queryItems
    let (done, mayWrite) = (context.done, context.may(.writer))
    let (desk, tags, isDone) = try context.read { database throws(StoreError) in
        var tags: [(Tag, Int)] = []
        for tag in try database.findTags() { tags.append((tag, try database.countTagged(tag.id))) }
        return (
            try context.desk(database), tags, try done.map { id throws(StoreError) in try database.countChanges(by: id) != nil } ?? false
        )
    }
    let page = TagsPage(
        frame: context.frame("Tags", .scripts, desk),
        tags: tags.map { tag, count in
            TagRow(id: "\(tag.id)", name: tag.name, address: "/scripts?tag=\(tag.name.queryEncoded)", scripts: count.of("script"))
        },
        rename: mayWrite ? context.postForm("/scripts/tags/rename") : nil, merge: mayWrite ? context.postForm("/scripts/tags/merge") : nil,
        done: isDone
            ? done.map { DoneView(words: "Done.", form: context.postForm("/scripts/undo"), sorting: "\($0)") } : nil,
        trouble: items["taken"].map { "There is a tag “\($0)” already. Merge the two instead." } ?? "")
    return .html(.ok, context.site.pages.tags.render(page))
}

@Sendable func renameTag(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let id = form["tag"].flatMap({ Tag.ID(decimal: $0) }) else { throw .badForm(.malformed) }
    let name = (form["name"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty, name.utf16.count <= Script.Limits.tag else { return .seeOther("/scripts/tags") }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.rename(id, to: name, by: member, now: now)
    } then: {
        $0.returnToTags(site)
    }
}

@Sendable func mergeTag(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    guard let id = form["tag"].flatMap({ Tag.ID(decimal: $0) }), let target = form["into"].flatMap({ Tag.ID(decimal: $0) }) else {
        return .seeOther("/scripts/tags")
    }
    let (member, now, site) = (context.member.id, context.now, context.site)
    return context.write { transaction throws(StoreError) in
        try transaction.merge(id, into: target, by: member, now: now)
    } then: {
        $0.returnToTags(site)
    }
}

extension Result where Success == TagChange, Failure == StoreError {
    fileprivate func returnToTags(_ site: Site) -> Response {
        switch self {
        case .success(.done(let id)): .seeOther("/scripts/tags?done=\(id)")
        case .success(.unknownTag): .seeOther("/scripts/tags")
        case .success(.nameTaken(let tag)): .seeOther("/scripts/tags?taken=\(tag.name.queryEncoded)")
        case .failure(let error): site.page(for: error)
        }
    }
}

/// `/scripts/tags`
struct TagsPage: View {
    let frame: Frame
    let tags: [TagRow]
    /// Posts to `/scripts/tags/rename`; nil for who only reads.
    let rename: PostForm?
    /// Posts to `/scripts/tags/merge`; likewise.
    let merge: PostForm?
    let done: DoneView?
    let trouble: String

    static var fields: [Field<TagsPage>] {
        [
            .section("frame") { $0.frame },
            .list("tags") { $0.tags },
            .list("targets") { $0.tags },
            .flag("has_tags") { !$0.tags.isEmpty },
            .flag("can_merge") { $0.tags.count > 1 },
            .section("rename") { $0.rename },
            .section("merge") { $0.merge },
            .section("done") { $0.done },
            .text("back") { _ in "/scripts/tags" },
            .text("trouble") { $0.trouble },
        ]
    }
}

struct TagRow: View {
    let id: String
    let name: String
    let address: String
    /// `12 scripts`
    let scripts: String

    static var fields: [Field<TagRow>] {
        [
            .text("id") { $0.id },
            .text("name") { $0.name },
            .text("address") { $0.address },
            .text("scripts") { $0.scripts },
        ]
    }
}
