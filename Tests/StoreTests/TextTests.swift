import Domain
import Store
import Testing

/// Texts come back as they went in.
struct TextTests {
    static let texts = [
        "O'Reilly said \"it's 100% \\ free\"; DROP TABLE task; --",
        "before\u{0}after", "👩🏽‍🚀 e\u{301} ≠ é", "مصباح الرأس ‏للعدّائين", "שלום \u{202E}olleh", "一行\n二行\r\n\t三", "<script>alert(1)</script>",
        "",
        String(repeating: "長", count: 20_000), "\u{FFFD}\u{FFFE}\u{1F}\u{7F}",
    ]

    @Test(arguments: texts)
    func `of a script`(text: String) async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let poll = try #require(try await store.claimPoll())
        let remote = RemoteScript(id: "id " + text, title: text, text: text)
        try await store.record(poll, status: .other(text), scripts: [remote])
        let script = try #require(try store.scripts(of: task).first)
        #expect(Array(script.text.utf8) == Array(text.utf8))
        #expect(Array(script.title.utf8) == Array(text.utf8))
        #expect(Array(script.remoteID.utf8) == Array(remote.id.utf8))
        #expect(try store.task(task).state.remote?.status.word == text)
    }

    @Test(arguments: texts.filter { !$0.isEmpty && $0.utf16.count <= 500 })
    func `of a brief and its form`(text: String) async throws {
        let store = try await TestStore()
        let submitted = try await store.submit(form: 1) { form in
            (form.description, form.tone, form.sellingPoints) = (text, text, text)
        }
        guard case .new(let id) = submitted else { throw TestStore.NotNew() }
        let task = try store.task(id)
        #expect(Array(task.form.description.utf8) == Array(text.utf8))
        #expect(Array(task.form.sellingPoints.utf8) == Array(text.utf8))
        #expect(Array((task.brief.product?.description ?? "").utf8) == Array(text.utf8))
        guard
            case .repeated = try await store.submit(
                form: 1,
                { form in
                    (form.description, form.tone, form.sellingPoints) = (text, text, text)
                })
        else { throw TestStore.NotNew() }
    }

    @Test(arguments: texts)
    func `of an answer's message`(text: String) async throws {
        let store = try await TestStore()
        let task = try await store.newTask(form: 1)
        let create = try #require(try await store.claimCreate())
        let refusal = Refusal(code: 40002, message: text, requestID: text)
        try await store.record(create, .refused(refusal), event: .refused(refusal))
        #expect(try store.calls(of: task).map(\.result) == [.refused(refusal)])
        #expect(try store.task(task).state == .failed(.refused(refusal)))
    }
}
