import HTTP

/// Rows as RFC 4180 writes them: CRLF at the end of each, quotes around what needs them. UTF-8 with the mark by which spreadsheets know it.
struct CSV: Sendable {
    private var text = "\u{FEFF}"

    init(_ names: [String]) {
        append(names)
    }

    mutating func append(_ values: [String]) {
        text += values.map(Self.field).joined(separator: ",") + "\r\n"
    }

    /// A spreadsheet would take a text that begins like a formula for one: an apostrophe in front says that it is none.
    private static func field(_ value: String) -> String {
        let isFormula = value.first.map { "=+-@\t\r".contains($0) } ?? false
        let text = isFormula ? "'" + value : value
        let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        return needsQuotes ? "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"" : text
    }

    func response(named name: String) -> Response {
        Response(
            .ok,
            headers: ["Content-Type": "text/csv; charset=utf-8", "Content-Disposition": "attachment; filename=\"\(name)\""],
            body: .bytes(Array(text.utf8)))
    }
}
