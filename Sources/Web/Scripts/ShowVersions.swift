import Domain
import HTTP
import Store

/// Any two versions of a script beside each other, word by word: `?from=1&to=3`, without it the last two.
@Sendable func showVersions(_ context: Context) throws(Problem) -> Response {
    let id: Script.ID = try context.id()
    let found = try context.read { database throws(StoreError) -> (Desk, ScriptRecord, [ScriptVersion])? in
        guard let record = try database.findScript(id), record.trashed == nil else { return nil }
        return (try context.desk(database), record, try database.findVersions(of: id))
    }
    guard let (desk, record, versions) = found, let last = versions.last else { throw .notFound }
    let items = context.request.queryItems
    func version(_ name: String, else standard: ScriptVersion) throws(Problem) -> ScriptVersion {
        guard let asked = items[name] else { return standard }
        guard let number = Int(asked), let version = versions.first(where: { $0.number == number }) else { throw .notFound }
        return version
    }
    let to = try version("to", else: last)
    let from = try version("from", else: versions.dropLast().last ?? last)
    func options(_ chosen: ScriptVersion) -> [FormField.Option] {
        versions.map {
            FormField.Option(value: "\($0.number)", label: "\($0.number) · \($0.revision.name)", isChosen: $0.number == chosen.number)
        }
    }
    let page = VersionsPage(
        frame: context.frame("Versions · \(record.script.title.beginning(50))", .scripts, desk), id: "\(id)", title: record.script.title,
        languageTag: record.language?.tag ?? "", versions: versions.reversed().map { VersionRow($0, isCurrent: $0.number == last.number) },
        fromOptions: options(from), toOptions: options(to), from: VersionRow(from), to: VersionRow(to),
        titleDiff: DiffPiece.pieces(WordDiff(from: from.title, to: to.title)),
        textDiff: DiffPiece.pieces(WordDiff(from: from.text.withLineFeeds, to: to.text.withLineFeeds)),
        isSame: from.title == to.title && from.text == to.text,
        form: context.may(.writer) ? context.postForm("/scripts/\(id)/restore") : nil, base: "\(last.number)",
        wasOvertaken: items["overtaken"] != nil)
    return .html(.ok, context.site.pages.versions.render(page))
}

/// All versions of a script and the difference of two, `/scripts/ID/versions`.
struct VersionsPage: View {
    let frame: Frame
    let id: String
    let title: String
    let languageTag: String
    /// Newest first.
    let versions: [VersionRow]
    let fromOptions: [FormField.Option]
    let toOptions: [FormField.Option]
    let from: VersionRow
    let to: VersionRow
    let titleDiff: [DiffPiece]
    let textDiff: [DiffPiece]
    let isSame: Bool
    /// Posts to `/scripts/ID/restore`; nil for who only reads.
    let form: PostForm?
    /// The number of the current version.
    let base: String
    /// Somebody else saved a version before this person's restore.
    let wasOvertaken: Bool

    static var fields: [Field<VersionsPage>] {
        [
            .section("frame") { $0.frame },
            .text("id") { $0.id },
            .text("title") { $0.title },
            .text("language_tag") { $0.languageTag },
            .list("versions") { $0.versions },
            .list("from_options") { $0.fromOptions },
            .list("to_options") { $0.toOptions },
            .section("from") { $0.from },
            .section("to") { $0.to },
            .list("title_diff") { $0.titleDiff },
            .list("text_diff") { $0.textDiff },
            .flag("is_same") { $0.isSame },
            .section("form") { $0.form },
            .text("base") { $0.base },
            .flag("was_overtaken") { $0.wasOvertaken },
        ]
    }
}
