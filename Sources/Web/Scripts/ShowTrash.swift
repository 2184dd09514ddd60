import Domain
import HTTP
import Store

/// What was thrown away in the last 30 days, last first.
@Sendable func showTrash(_ context: Context) throws(Problem) -> Response {
    let before: Script.ID? = context.before()
    let done = context.done
    let (desk, scripts, changed) = try context.read { database throws(StoreError) in
        (
            try context.desk(database), try database.findTrash(before: before, limit: rowsOnAPage + 1, now: context.now),
            try done.map { id throws(StoreError) in try database.countChanges(by: id) } ?? nil
        )
    }
    let shown = scripts.prefix(rowsOnAPage)
    let page = TrashPage(
        frame: context.frame("Trash", .scripts, desk),
        scripts: shown.map { record in
            TrashRow(
                row: ScriptRow(record), trashed: Moment(record.trashed ?? context.now),
                daysLeft: max(1, (Script.Limits.trash - (context.now - (record.trashed ?? context.now))).wholeSeconds.ceilingDays).of("day")
            )
        },
        form: context.may(.writer) ? context.postForm("/scripts/sort") : nil,
        done: done.flatMap { id in changed.map { DoneView(id: id, changed: $0, context) } },
        pager: Pager("/scripts/trash", isFirst: before == nil, last: scripts.count > rowsOnAPage ? shown.last?.script.id : nil))
    return .html(.ok, context.site.pages.trash.render(page))
}

extension Int {
    fileprivate var ceilingDays: Int { (self + 86_399) / 86_400 }
}

/// `/scripts/trash`
struct TrashPage: View {
    let frame: Frame
    let scripts: [TrashRow]
    /// Posts to `/scripts/sort`; nil for who only reads.
    let form: PostForm?
    let done: DoneView?
    let pager: Pager

    static var fields: [Field<TrashPage>] {
        [
            .section("frame") { $0.frame },
            .list("scripts") { $0.scripts },
            .flag("has_scripts") { !$0.scripts.isEmpty },
            .section("form") { $0.form },
            .section("done") { $0.done },
            .text("back") { _ in "/scripts/trash" },
            .section("pager") { $0.pager },
        ]
    }
}

struct TrashRow: View {
    let row: ScriptRow
    let trashed: Moment
    /// `12 days`
    let daysLeft: String

    static var fields: [Field<TrashRow>] {
        [
            .section("row") { $0.row },
            .section("trashed") { $0.trashed },
            .text("days_left") { $0.daysLeft },
        ]
    }
}
