import Domain
import HTTP
import Store
import Testing

@testable import Web

@Suite struct `A brief that is sent` {
    let test: TestSite
    let connection: Connection.ID
    let session: String
    let token: String

    init() async throws {
        test = try TestSite()
        connection = try await test.connect()
        session = try await test.signIn(test.addMember(.admin))
        token = try test.formToken(session: session)
    }

    private func send(_ changes: [(String, String)] = []) async -> Response {
        let fields = [
            ("csrf_token", token), ("submission_id", "a-form-that-was-opened"), ("script_source", "PRODUCT"),
            ("product_info.name", "Trail Lamp 300"), ("product_info.description", "A head lamp <for> night runs."),
            ("product_info.selling_points", "58 g light"), ("media_list.image_url_list", "https://cdn.example.com/lamp.jpg"),
            ("notice_acknowledged", "yes"), ("script_info.script_language", "en"), ("script_generation_count", "4"),
        ]
        return await test.send(.post("/tasks/new", fields + changes, session: session))
    }

    @Test func `leads to its task`() async {
        let response = await send()
        #expect(response.status == .seeOther && response.headers["Location"] == "/tasks/1")
    }

    @Test func `under an id that another brief had comes back as one of its own`() async {
        _ = await send()
        let response = await send([("product_info.brand", "Northbeam")])
        let page = Markup(Array(response.text.utf8))
        #expect(response.status == .unprocessableContent && page.text.contains("was sent before, with other words"))
        #expect(page.values("value").contains("Northbeam") && page.values("value").contains("Trail Lamp 300"))
        #expect(!page.values("value").contains("a-form-that-was-opened"))
    }

    @Test func `comes back with all that was typed when the database can be neither written nor read`() async throws {
        let upload = VideoSubmission(
            id: SubmissionID(random: "another-form-that-was-opened"), connection: connection,
            videos: [NewVideo(source: .url(try AssetURL("https://cdn.example.com/lamp.mp4")))],
            acknowledgement: try #require(Acknowledgement(checkbox: "yes", address: "::1")), member: Member.thisComputer.id)
        let now = test.clock.now
        guard case .new(let id) = try await test.write({ transaction throws(StoreError) in try transaction.submit(upload, now: now) })
        else {
            Issue.record("no video")
            return
        }
        try test.loseDatabase()
        let response = await send([("preset_name", "Our voice"), ("media_list.video_id_list", "\(id)")])
        let page = Markup(Array(response.text.utf8))
        #expect(response.status.code >= 500 && page.text.contains("it is kept here"))
        for typed in ["Trail Lamp 300", "a-form-that-was-opened"] { #expect(page.values("value").contains(typed)) }
        for typed in ["A head lamp &lt;for&gt; night runs.", "https://cdn.example.com/lamp.jpg", "Our voice"] {
            #expect(page.text.contains(typed))
        }
        let box = page.tags.first { $0.attributes["name"] == "media_list.video_id_list" && $0.attributes["value"] == "\(id)" }
        #expect(box?.attributes["checked"] != nil)
    }
}
