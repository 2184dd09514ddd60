import Domain
import Testing

@Suite struct `A line of the log` {
    private let now = Timestamp(milliseconds: 1_795_528_929_007)

    @Test func `names the time, the level, the event and its values`() {
        let line = LogLine.text(at: now, level: "info", event: "create", fields: [("task", "42"), ("ms", "400")])
        #expect(line == "time=2026-11-24T14:02:09.007Z level=info event=create task=42 ms=400")
    }

    @Test func `is one line whatever it holds`() {
        let line = LogLine.text(
            at: now, level: "warning", event: "no answer\nlevel=info", fields: [("words", #"a "b" \ c"#), ("none", "")])
        #expect(line.hasSuffix(#"level=warning event="no answer\nlevel=info" words="a \"b\" \\ c" none="""#))
        #expect(!line.contains("\n"))
        #expect(LogLine.text(at: now, level: "info", event: "\u{1B}[31m", fields: []).hasSuffix(#"event="\u{1b}[31m""#))
    }
}
