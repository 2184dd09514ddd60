import Domain
import Store

@testable import Web

extension Sample {
    static let moment = Timestamp(milliseconds: 1_795_429_442_000)

    static let versions = [
        ScriptVersion(
            number: 1, title: "Noch eine Runde", text: "Du wolltest längst umkehren.", origin: .delivered, reason: "", member: nil,
            created: moment),
        ScriptVersion(
            number: 2, title: "Noch eine Runde", text: "Du wolltest <b>nie</b> umkehren.", origin: .edited, reason: "stronger",
            member: "Mara",
            created: moment),
    ]

    /// One with every filter set.
    static var query: ScriptQuery {
        var query = ScriptQuery()
        query.text = "lamp \"dark\""
        query.language = .stated(.german)
        query.source = .product
        for facet in ScriptQuery.Facet.allCases { query[facet] = "A & B" }
        query.author = Member.ID(1)
        query.task = GenerationTask.ID(42)
        query.tags = ["night run", "a & b"]
        query.isStarred = true
        query.approval = .review
        query.from = Day("2026-11-01")
        query.to = Day("2026-11-30")
        return query
    }

    static var editPage: EditPage {
        EditPage(
            frame: frame("Edit", .scripts, offersNewBrief: false), id: "7", title: "Noch eine Runde", languageTag: "de",
            form: form("/scripts/7/edit"), base: "2",
            revision: "blue", color: "blue", mistakes: [FormMistake(field: "title", message: "Write the title.")],
            newTitle: FormField(name: "title", value: "", limit: 300, errors: ["Write the title."]),
            text: FormField(name: "text", value: "Du wolltest umkehren.", limit: 20_000),
            reason: FormField(name: "reason", value: "", limit: 500),
            isApproved: true,
            theirs: TheirVersion(
                version: VersionRow(versions[1]), title: [],
                text: DiffPiece.pieces(WordDiff(from: versions[1].text, to: "Du wolltest umkehren."))))
    }

    static var versionsPage: VersionsPage {
        VersionsPage(
            frame: frame("Versions", .scripts), id: "7", title: "Noch eine Runde", languageTag: "de",
            versions: versions.reversed().map { VersionRow($0, isCurrent: $0.number == 2) },
            fromOptions: [FormField.Option(value: "1", label: "1 · white, as delivered", isChosen: true)],
            toOptions: [FormField.Option(value: "2", label: "2 · blue", isChosen: true)], from: VersionRow(versions[0]),
            to: VersionRow(versions[1]), titleDiff: [], textDiff: DiffPiece.pieces(WordDiff(from: versions[0].text, to: versions[1].text)),
            isSame: false, form: form("/scripts/7/restore"), base: "2", wasOvertaken: true)
    }

    static var tagsPage: TagsPage {
        TagsPage(
            frame: frame("Tags", .scripts),
            tags: ["night run", "<i>"].enumerated().map { TagRow(id: "\($0)", name: $1, address: "/scripts?tag=x", scripts: "3 scripts") },
            rename: form("/scripts/tags/rename"), merge: form("/scripts/tags/merge"), done: nil, trouble: "There is one already.")
    }

    static var trashPage: TrashPage {
        TrashPage(
            frame: frame("Trash", .scripts), scripts: scriptRows.map { TrashRow(row: $0, trashed: time, daysLeft: "12 days") },
            form: form("/scripts/sort"), done: nil, pager: Pager())
    }

    static var prompterPage: PrompterPage {
        PrompterPage(
            frame: frame("Teleprompter", .scripts, offersNewBrief: false), id: "7", title: "Noch eine Runde", languageTag: "de",
            paragraphs: scripts[2].paragraphs, wordsPerMinute: "165", words: "8", isWhole: false)
    }
}
