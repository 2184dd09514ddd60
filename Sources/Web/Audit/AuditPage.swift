/// What was written down for good, newest first, `/audit`.
struct AuditPage: View {
    let frame: Frame
    let entries: [AuditRow]
    var pager = Pager()

    static var fields: [Field<AuditPage>] {
        [
            .section("frame") { $0.frame },
            .list("entries") { $0.entries },
            .flag("has_entries") { !$0.entries.isEmpty },
            .section("pager") { $0.pager },
        ]
    }
}

struct AuditRow: View {
    let time: Moment
    /// `The shell`, or `Somebody unknown`, where it was no member.
    let member: String
    /// `signed in`
    let action: String
    /// Whom or what it was done to; empty for none.
    let subject: String
    let address: String
    /// Worth a second look.
    let isTrouble: Bool

    static var fields: [Field<AuditRow>] {
        [
            .section("time") { $0.time },
            .text("member") { $0.member },
            .text("action") { $0.action },
            .text("subject") { $0.subject },
            .text("address") { $0.address },
            .flag("is_trouble") { $0.isTrouble },
        ]
    }
}
