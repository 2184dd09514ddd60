/// A script as it is spoken: without what is written for the eye.
package enum SpokenWords {
    /// Takes out what stands in brackets, and labels such as `Narrator:` or `SCENE 2:` at the beginning of a line.
    package static func of(_ text: String) -> String {
        text.withLineFeeds.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(withoutBrackets(line: $0)) }
            .split { $0.isEmpty }
            .map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n")
    }

    /// A bracket that never closes is a mistake in typing, and loses nothing.
    private static func withoutBrackets(line: Substring) -> String {
        // Most lines have none, which their bytes tell sooner: those of the wide ones begin with 0xEF and 0xE3.
        guard line.utf8.contains(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") || $0 == 0xEF || $0 == 0xE3 }) else {
            return String(line)
        }
        var result = ""
        var rest = line
        while let open = rest.firstIndex(where: { "([（【".contains($0) }) {
            let closing: Character =
                switch rest[open] {
                case "(": ")"
                case "[": "]"
                case "（": "）"
                case _: "】"
                }
            guard let close = rest[open...].firstIndex(of: closing) else { break }
            result += rest[..<open]
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func line(_ text: String) -> String {
        var line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let colon = line.firstIndex(of: ":"), isLabel(line[..<colon]) { line = String(line[line.index(after: colon)...]).trimmed }
        // What a removed bracket leaves before a sign.
        let signs = [",", ".", "!", "?", ";", ":"]
        let space = UInt8(ascii: " ")
        for sign in signs where zip(line.utf8, line.utf8.dropFirst()).contains(where: { $0 == space && $1 == sign.utf8.first }) {
            line = line.split(separator: " \(sign)", omittingEmptySubsequences: false).joined(separator: sign)
        }
        return line.contains { $0.isLetter || $0.isNumber } ? line : ""
    }

    private static let labels: Set<String> = [
        "narrator", "voiceover", "voice over", "voice-over", "vo", "v.o.", "speaker", "host", "creator", "hook", "cta", "call to action",
        "scene", "shot", "caption", "on screen", "sfx", "music",
    ]

    /// One of the usual words, maybe numbered, or a short one in capitals.
    private static func isLabel(_ words: Substring) -> Bool {
        let name = words.filter { !$0.isNumber }.split(separator: " ").joined(separator: " ")
        if labels.contains(name.lowercased()) { return true }
        return !name.isEmpty && name.count <= 24 && name.contains { $0.isLetter } && name == name.uppercased() && name != name.lowercased()
    }
}
