import Domain

/// What the next step at the service takes of a script, ready to be copied into a request.
struct RequestFragment: View {
    /// `Digital-avatar video`
    let name: String
    /// `script`
    let field: String
    /// One member of a JSON object: `"script": "…"`.
    let json: String
    let count: Int
    let limit: Int

    static var fields: [Field<RequestFragment>] {
        [
            .text("name") { $0.name },
            .text("field") { $0.field },
            .text("json") { $0.json },
            .text("counter") { "\($0.count) / \($0.limit) characters" },
            .flag("is_over") { $0.count > $0.limit },
            .text("over") { "\($0.count - $0.limit) too many: shorten the script, or take the spoken words only." },
        ]
    }

    /// In UTF-16 code units, as everywhere.
    static func all(for text: String) -> [RequestFragment] {
        func fragment(_ name: String, _ field: String, limit: Int) -> RequestFragment {
            RequestFragment(
                name: name, field: field, json: "\"\(field)\": \(String(decoding: JSONBody.bytes(text), as: UTF8.self))",
                count: text.utf16.count,
                limit: limit)
        }
        return [
            fragment("Digital-avatar video", "script", limit: Script.Limits.avatarScript),
            fragment("Video", "description", limit: Script.Limits.videoDescription),
        ]
    }
}
