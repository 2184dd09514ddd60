/// Who confirmed the notice, `/acknowledgements`, newest first.
struct AcknowledgementsPage: View {
    let frame: Frame
    let rows: [AcknowledgementRow]
    var pager = Pager()

    static var fields: [Field<AcknowledgementsPage>] {
        [
            .section("frame") { $0.frame },
            .list("rows") { $0.rows },
            .flag("has_rows") { !$0.rows.isEmpty },
            .section("pager") { $0.pager },
        ]
    }
}

/// One person confirmed one text for one asset.
struct AcknowledgementRow: View {
    let member: String
    let at: Moment
    /// `1`
    let version: String
    /// The network address that the form came from.
    let address: String
    /// `Brief` or `Video`
    let kind: String
    /// What it was confirmed for, and its page.
    let asset: String
    let link: String

    static var fields: [Field<AcknowledgementRow>] {
        [
            .text("member") { $0.member },
            .section("at") { $0.at },
            .text("version") { $0.version },
            .text("address") { $0.address },
            .text("kind") { $0.kind },
            .text("asset") { $0.asset },
            .text("link") { $0.link },
        ]
    }
}
