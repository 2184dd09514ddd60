/// One script, `/scripts/ID`.
struct ScriptPage: View {
    let frame: Frame
    let script: ScriptCard
    let taskID: String
    let taskTitle: String
    /// `German`
    let language: String
    let delivered: Moment
    /// The service's id of it.
    let remoteID: String
    /// When it belongs to another connection than the current one: `From the sandbox.` Empty otherwise.
    var otherConnection = ""

    static var fields: [Field<ScriptPage>] {
        [
            .section("frame") { $0.frame },
            .section("script") { $0.script },
            .text("task_id") { $0.taskID },
            .text("task_title") { $0.taskTitle },
            .text("language") { $0.language },
            .section("delivered") { $0.delivered },
            .text("remote_id") { $0.remoteID },
            .text("other_connection") { $0.otherConnection },
        ]
    }
}

/// A script as a page of paper.
struct ScriptCard: View {
    let id: String
    /// `2 of 4`
    let position: String
    let title: String
    /// As they came, without the empty lines between them; a line break within one is kept.
    let paragraphs: [String]
    /// BCP 47: `de`, and `ms` for Malay.
    let languageTag: String
    /// `41 words`
    let words: String
    let spoken: Spoken
    /// Written by the sandbox: the page and every copy say so.
    let isSample: Bool

    /// How long it takes to say, against what was asked for.
    enum Spoken: Sendable {
        /// `14 s spoken`, where no length was asked for.
        case about(String)
        case fits(String)
        /// `17 s spoken, 2 over`
        case over(String)

        var text: String {
            switch self {
            case .about(let text), .fits(let text), .over(let text): text
            }
        }
    }

    /// The paragraphs of a script: what empty lines separate.
    static func paragraphs(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { line in line.allSatisfy(\.isWhitespace) }
            .map { $0.joined(separator: "\n") }
    }

    static var fields: [Field<ScriptCard>] {
        [
            .text("id") { $0.id },
            .text("position") { $0.position },
            .text("title") { $0.title },
            .texts("paragraphs") { $0.paragraphs },
            .text("language_tag") { $0.languageTag },
            .text("words") { $0.words },
            .text("spoken") { $0.spoken.text },
            .flag("fits") { if case .fits = $0.spoken { true } else { false } },
            .flag("is_over") { if case .over = $0.spoken { true } else { false } },
            .flag("is_sample") { $0.isSample },
        ]
    }
}
