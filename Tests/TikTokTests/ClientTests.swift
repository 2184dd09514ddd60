import Domain
import Synchronization
import Testing

@testable import TikTok

@Suite struct `The client` {
    @Test func `an upload posts the address and answers with the video's id`() async throws {
        let server = try StandIn { _ in .json(#"{"code":0,"message":"OK","request_id":"r","data":[{"video_id":"v1"}]}"#) }
        let (id, receipt) = try done(await client(server, path: "/open_api/v1.3/").upload(try AssetURL("https://a.example/a.mp4")))
        #expect(id == "v1")
        #expect(receipt.requestID == "r")
        let request = try #require(server.requests.first)
        #expect(request.line == "POST /open_api/v1.3/file/video/ad/upload/ HTTP/1.1")
        #expect(request.header("Access-Token") == Self.token)
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.body == UploadRequest.body(try AssetURL("https://a.example/a.mp4")))
    }

    @Test func `a create posts the body as it is written`() async throws {
        let server = try StandIn { _ in .json(#"{"code":0,"message":"OK","request_id":"r","data":{"task_id":"t1"}}"#) }
        #expect(try done(await client(server).create(try brief(), videoIDs: [])).0 == "t1")
        let request = try #require(server.requests.first)
        #expect(request.line == "POST /creative/aigc/script_generation/task/create/ HTTP/1.1")
        #expect(request.header("Access-Token") == Self.token)
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.body == CreateRequest.createBody(try brief(), videoIDs: []))
    }

    @Test func `a poll asks for one task, whatever its id is made of`() async throws {
        let server = try StandIn { _ in .json(#"{"code":0,"data":{"status":"NEW_WORD","list":[{"script_id":"s","script":"x"}]}}"#) }
        let snapshot = try done(await client(server).task("a&b=/?#% é+1")).0
        #expect(snapshot.status == .other("NEW_WORD"))
        #expect(snapshot.scripts == [RemoteScript(id: "s", title: "", text: "x")])
        let request = try #require(server.requests.first)
        #expect(request.line == "GET /creative/aigc/script/task/get/?task_id=a%26b%3D%2F%3F%23%25%20%C3%A9%2B1 HTTP/1.1")
        #expect(request.header("Access-Token") == Self.token)
    }

    @Test func `a list asks for a page`() async throws {
        let server = try StandIn { _ in
            .json(#"{"code":0,"data":{"list":[],"page_info":{"page":3,"page_size":100,"total_number":201,"total_page":3}}}"#)
        }
        let listing = try done(await client(server).scripts(page: 3, size: 100)).0
        #expect(listing == ScriptListing(scripts: [], page: 3, pageSize: 100, total: 201, pages: 3))
        #expect(server.requests.first?.line == "GET /creative/aigc/script/list/?page=3&page_size=100 HTTP/1.1")
    }

    @Test func `the scripts of another task are not taken for this one's`() async throws {
        let server = try StandIn { _ in .json(#"{"code":0,"data":{"task_id":"t2","status":"SUCCESS","list":[]}}"#) }
        _ = try unknown(await client(server).task("t1"))
        _ = try done(await client(server).task("t2"))
    }

    @Test func `a create leaves on a connection of its own, the others share one`() async throws {
        let server = try StandIn { request in
            .json(request.line.hasPrefix("GET") ? #"{"code":0,"data":{"status":"SUCCESS"}}"# : #"{"code":0,"data":{"task_id":"t"}}"#)
        }
        let client = try client(server)
        _ = await client.task("1")
        _ = await client.task("1")
        _ = await client.create(try brief(), videoIDs: [])
        _ = await client.create(try brief(), videoIDs: [])
        _ = await client.task("1")
        #expect(server.requests.map(\.connection) == [1, 1, 2, 3, 1])
    }

    @Test func `calls run at the same time and keep their answers apart`() async throws {
        let server = try StandIn { request in
            let id = request.line.split(separator: "=").last?.prefix { $0 != " " } ?? ""
            return .json(#"{"code":0,"data":{"task_id":"\#(id)","status":"\#(id)"}}"#)
        }
        let client = try client(server)
        await withTaskGroup(of: Bool.self) { group in
            for number in 1...20 {
                group.addTask { (try? done(await client.task("\(number)")).0.status) == .other("\(number)") }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test func `a cookie that an answer sets is not sent back`() async throws {
        let server = try StandIn { _ in .http("200 OK", headers: ["Set-Cookie: a=b; Path=/"], #"{"code":0,"data":{"status":"SUCCESS"}}"#) }
        let client = try client(server)
        _ = await client.task("1")
        _ = await client.task("1")
        #expect(server.requests.count == 2)
        #expect(server.requests.allSatisfy { $0.header("Cookie") == nil })
    }

    static let token = "0123456789abcdef-secret"

    private func client(_ server: StandIn, path: String = "") throws -> Client {
        try Client(base: server.address + path, token: Self.token)
    }
}

/// The smallest brief there is.
func brief() throws -> Brief {
    var form = BriefForm.fresh
    form.source = "CUSTOM"
    form.prompt = "A runner."
    return try Brief(form, offering: [])
}
