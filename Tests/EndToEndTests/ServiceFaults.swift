import Foundation
import Testing

/// The service may answer late, wrongly or never. Whatever it does, a task's page says what is known, and no brief is sent twice.
@Suite(.timeLimit(.minutes(4)))
struct ServiceFaults {
    /// A fault of one call, where the task ends, and what the sandbox has counted by then.
    struct Case: CustomTestStringConvertible {
        let fault: String
        let state: String
        let creates: Int
        /// What the page has to say.
        var words = ""

        var testDescription: String { "\(fault) → \(state)" }
    }

    static let createFaults = [
        Case(fault: #""kind":"code","code":40002,"message":"name: too long.""#, state: "failed", creates: 0, words: "name: too long."),
        Case(fault: #""kind":"code","code":40000"#, state: "failed", creates: 0, words: "40000"),
        Case(fault: #""kind":"code","code":40053"#, state: "failed", creates: 0, words: "40053"),
        Case(fault: #""kind":"code","code":12345,"message":"news""#, state: "failed", creates: 0, words: "12345"),
        Case(fault: #""kind":"code","code":40100"#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"code","code":40133"#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"code","code":40700"#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"code","code":60001"#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"code","code":61000"#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"code","code":40050"#, state: "unconfirmed", creates: 0, words: "took this for a repetition"),
        Case(fault: #""kind":"code","code":50000"#, state: "unconfirmed", creates: 0),
        Case(fault: #""kind":"code","code":51307,"done":true"#, state: "unconfirmed", creates: 1),
        Case(fault: #""kind":"status","status":500"#, state: "unconfirmed", creates: 0, words: "HTTP 500"),
        Case(fault: #""kind":"status","status":502,"done":true"#, state: "unconfirmed", creates: 1, words: "HTTP 502"),
        Case(fault: #""kind":"html","done":true"#, state: "unconfirmed", creates: 1, words: "not one of the service"),
        Case(fault: #""kind":"empty","done":true"#, state: "unconfirmed", creates: 1, words: "the answer was empty"),
        Case(fault: #""kind":"redirect","done":true"#, state: "unconfirmed", creates: 1, words: "redirect (HTTP 302)"),
        Case(fault: #""kind":"truncated""#, state: "unconfirmed", creates: 1),
        Case(fault: #""kind":"cut_body""#, state: "unconfirmed", creates: 1, words: "the connection failed"),
        Case(fault: #""kind":"cut_head","done":true"#, state: "unconfirmed", creates: 1),
        Case(fault: #""kind":"reset""#, state: "unconfirmed", creates: 0, words: "the connection failed"),
        Case(fault: #""kind":"reset","done":true"#, state: "unconfirmed", creates: 1, words: "the connection failed"),
        Case(fault: #""kind":"never","done":true"#, state: "unconfirmed", creates: 1, words: "no answer within 30 s"),
        Case(fault: #""kind":"data_as_array""#, state: "unconfirmed", creates: 1, words: "lacked its data"),
        Case(fault: #""kind":"late","milliseconds":3000"#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"code_as_text""#, state: "succeeded", creates: 1),
        Case(fault: #""kind":"numeric_ids""#, state: "succeeded", creates: 1),
    ]

    @Test(arguments: createFaults)
    func `a create that goes wrong leaves a task that tells the truth`(_ fault: Case) async throws {
        let pair = try await Pair(pace: 1)
        try await pair.sandbox.inject("{\"endpoint\":\"create\",\(fault.fault)}")
        let task = try await pair.app.client.askForScripts()
        let page = try await pair.app.client.wait(for: "succeeded", "failed", "unconfirmed", at: task, within: .seconds(90))
        #expect(page.state == fault.state)
        #expect(page.main?.mentions(fault.words) == true || fault.words.isEmpty)
        #expect(page.scripts.count == (fault.state == "succeeded" ? 3 : 0))
        #expect(try await pair.stats.creates == fault.creates)
        if fault.state == "unconfirmed" {
            // Only a person sends it again; and it can be looked for.
            _ = try page.form(action: "\(task)/resend", at: task)
            _ = try page.form(action: "\(task)/search", at: task)
        }
        #expect(pair.app.process.end() == nil)
    }

    static let pollFaults = [
        #""kind":"code","code":50000"#, #""kind":"code","code":40700"#, #""kind":"code","code":40002"#, #""kind":"code","code":40100"#,
        #""kind":"status","status":500"#, #""kind":"html""#, #""kind":"empty""#, #""kind":"redirect""#, #""kind":"truncated""#,
        #""kind":"cut_body""#, #""kind":"cut_head""#, #""kind":"reset""#, #""kind":"never""#, #""kind":"late","milliseconds":2000"#,
        #""kind":"code_as_text""#, #""kind":"numeric_ids""#, #""kind":"data_as_array""#, #""kind":"unknown_status""#,
        #""kind":"other_order""#, #""kind":"changed_script","after":1"#, #""kind":"missing_script","after":1"#,
    ]

    @Test(arguments: pollFaults)
    func `a poll that goes wrong delays the scripts and changes none`(_ fault: String) async throws {
        // Slow enough for some scripts to have come when the fault does.
        let pair = try await Pair(pace: 7)
        try await pair.sandbox.inject("{\"endpoint\":\"get\",\(fault)}")
        let task = try await pair.app.client.askForScripts()
        if fault.contains("40002") {
            try await pair.app.client.wait(for: "failed", at: task)
            return
        }
        let page = try await pair.app.client.wait(for: "succeeded", at: task, within: .seconds(90))
        #expect(page.scripts.count == 3)
        for script in page.scripts { #expect(try await !pair.app.client.get(script).text.contains("Other words.")) }
        #expect(try await pair.stats.creates == 1)
    }

    @Test func `a status that nobody knows counts as running, under its own name`() async throws {
        let pair = try await Pair(pace: 1)
        try await pair.sandbox.inject(#"{"endpoint":"get","kind":"unknown_status","times":2}"#)
        let task = try await pair.app.client.askForScripts()
        _ = try await eventually("the page says it") {
            let page = try await pair.app.client.get(task).page
            return page.main?.mentions("the service says POLISHING") == true && page.state == "running" ? true : nil
        }
        try await pair.app.client.wait(for: "succeeded", at: task)
    }

    @Test func `a task that fails after a partial success keeps what it brought and says so`() async throws {
        let pair = try await Pair(pace: 8)
        try await pair.sandbox.inject(#"{"endpoint":"get","kind":"failed_status","after":1}"#)
        let task = try await pair.app.client.askForScripts()
        _ = try await eventually("a first script is here") { try await pair.app.client.get(task).page.scripts.isEmpty ? nil : true }
        let page = try await pair.app.client.wait(for: "failed", at: task)
        #expect(!page.scripts.isEmpty)
        #expect(page.main?.mentions("The service gave up on the rest. \(page.scripts.count) of 3 scripts are here and stay.") == true)
    }

    @Test func `a task that the service does not know any more has failed`() async throws {
        let pair = try await Pair(pace: 1)
        try await pair.sandbox.inject(#"{"endpoint":"get","kind":"code","code":40007}"#)
        let task = try await pair.app.client.askForScripts()
        let page = try await pair.app.client.wait(for: "failed", at: task)
        #expect(page.main?.mentions("no longer knows this task") == true)
    }

    @Test(arguments: [
        ("long_scripts", " "), ("emoji", "👩‍👩‍👧‍👦🇩🇪"), ("right_to_left", "توقف عن المشي في الظلام"),
        ("markup", "<script>alert(1)</script><b>"),
    ])
    func `a script is shown whole, whatever it is made of`(kind: String, words: String) async throws {
        let pair = try await Pair(pace: 1)
        try await pair.sandbox.inject("{\"endpoint\":\"get\",\"kind\":\"\(kind)\",\"times\":1000}")
        let task = try await pair.app.client.askForScripts()
        let page = try await pair.app.client.wait(for: "succeeded", at: task)
        #expect(page.scripts.count == 3)
        for script in page.scripts {
            let shown = try await pair.app.client.get(script)
            #expect(shown.status == 200)
            // As text, for a browser would otherwise have made elements of it.
            #expect(shown.page.main?.text.contains(words) == true)
            #expect(!shown.text.contains("<script>alert"))
            if kind == "long_scripts" { #expect((shown.page.main?.text.utf16.count ?? 0) >= 20_000) }
        }
        #expect(try await pair.app.client.get("/scripts").status == 200)
        #expect(try await pair.app.client.get("/").status == 200)
    }

    @Test(arguments: [
        (#""kind":"reset","done":true,"times":2"#, "ready", 3), (#""kind":"html","done":true,"times":3"#, "failed", 3),
        (#""kind":"cut_head","done":true,"times":1"#, "ready", 2), (#""kind":"data_as_object""#, "ready", 1),
        (#""kind":"data_as_array""#, "ready", 1), (#""kind":"code_as_text""#, "ready", 1), (#""kind":"code","code":40904"#, "failed", 0),
        (#""kind":"code","code":50000,"times":2"#, "ready", 1), (#""kind":"code","code":40700"#, "ready", 1),
    ])
    func `an upload whose answer is lost is repeated, three times at most`(fault: String, state: String, uploads: Int) async throws {
        let pair = try await Pair(pace: 1)
        try await pair.sandbox.inject("{\"endpoint\":\"upload\",\(fault)}")
        var form = try await pair.app.client.form(at: "/videos/new")
        try form.fill("video_url", "https://cdn.example.com/run.mp4")
        try form.tick("notice_acknowledged")
        _ = try await pair.app.client.submit(form).destination
        _ = try await eventually("the video is \(state)") { try await pair.app.client.states(of: "run.mp4") == [state] ? true : nil }
        #expect(try await pair.stats.uploads == uploads)
    }

    @Test func `a list that goes wrong keeps nothing from being written`() async throws {
        let sandbox = try await Program(
            .sandbox(token: Pair.token, ["--pace", "1", "--fault", #"{"kind":"html","endpoint":"list","times":1000}"#]))
        let app = try await Program(Pair.app(base: sandbox.address))
        let task = try await app.client.askForScripts()
        try await app.client.wait(for: "succeeded", at: task)
    }
}
